"""Answering a question of the case, bringing evidence, concluding, and taking back what was published."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import URLValidator

from commissioning.core import file_kinds
from commissioning.models import CaseAnswer, CaseConclusion, User
from commissioning.models.cases import LONGEST_TEXT
from commissioning.services.case_evidence import Brought

from .drafts import DraftForm
from .layouts import Button, Choice, DateField, Div, Field, Fluid, Helper, Size, helper
from .texts import line

ANSWER_HINTS = {
    CaseAnswer.Choice.YES: "This speaks for Payment by Results",
    CaseAnswer.Choice.PARTLY: "True for some, or not yet in full",
    CaseAnswer.Choice.NO: "This speaks against it",
    CaseAnswer.Choice.UNKNOWN: "Say below what is missing and who will find out",
}
INSTEAD_HINTS = {
    CaseConclusion.Instead.FEE: "Paid for what is done, whatever comes of it",
    CaseConclusion.Instead.BLOCK: "A fixed sum for a service over a time",
    CaseConclusion.Instead.GRANT: "Money towards a purpose that the provider shapes",
    CaseConclusion.Instead.HYBRID: "For example a fee with a small part for results",
}


def long_text(label: str, hint: str, *, required: str = "") -> forms.CharField:
    """Ask for some paragraphs."""
    return line(label, LONGEST_TEXT, hint, required=required, widget=forms.Textarea)


class AnswerForm(DraftForm):
    """One answer with its reasons, who answers for it, and by when."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[
            Choice(value, label, hint=ANSWER_HINTS[CaseAnswer.Choice(value)])
            for value, label in CaseAnswer.Choice.choices
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose an answer from the list"},
    )
    reasoning = long_text("Reasons", "What makes you say so? Councillors and auditors will read it.")
    owner = forms.ChoiceField(
        label="Who answers for it?",
        required=False,
        error_messages={"invalid_choice": "Choose a member of your organisation, or type a name below"},
    )
    owner_name = forms.CharField(
        label="Or the name of somebody without an account here",
        required=False,
        max_length=120,
        error_messages={"max_length": "Use at most 120 characters"},
    )
    due_on = DateField(
        label="When will it be settled?",
        help_text="Leave empty if it is settled. For example, 27 3 2027",
        required=False,
    )

    def __init__(self, *args: Any, members: Sequence[User], **kwargs: Any) -> None:
        self.members = members
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", "Nobody yet, or somebody else"), *((str(each.pk), str(each)) for each in members)]

    @staticmethod
    def shown(row: CaseAnswer) -> Mapping[str, str]:
        day = row.due_on
        return {
            "answer": row.answer,
            "reasoning": row.reasoning,
            "owner": str(row.owner_id or ""),
            "owner_name": row.owner_name,
            "due_on": f"{day.day} {day.month} {day.year}" if day else "",
        }

    def lay_out(self) -> Helper:
        made = helper(
            Field.radios("answer", legend_size=Size.MEDIUM),
            Field.textarea("reasoning", rows=6),
            Field.select("owner"),
            Field.text("owner_name", field_width=Fluid.TWO_THIRDS),
            Field("due_on"),
            submit="Save and next",
        )
        both = made.layout.fields.pop(), Button.secondary("evidence", "Save and add evidence")
        made.layout.fields.append(Div(*both, css_class="govuk-button-group"))
        return made

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("owner") and self.cleaned_data.get("owner_name"):
            self.add_error("owner_name", "Choose a member above or type a name, not both")
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        owner = self.cleaned_data["owner"]
        return {**super().values(), "owner": {"owner_id": UUID(owner) if owner else None}}

    def again(self) -> dict[str, Any]:
        return {"members": self.members}


class EvidenceForm(DraftForm):
    """One piece of evidence: a title and some text, a web address or a file."""

    # The evidence's id to be, so that a button pressed twice brings it once.
    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    title = forms.CharField(
        label="What is it?",
        help_text="A few words, such as “Board paper 7 of March 2026, options appraisal”",
        max_length=200,
        error_messages={"required": "Say in a few words what it is", "max_length": "Use at most 200 characters"},
    )
    url = forms.URLField(
        label="Its web address",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        assume_scheme="https",
        validators=[
            URLValidator(schemes=["http", "https"], message="Enter a web address, like https://www.example.org/report")
        ],
        error_messages={"invalid": "Enter a web address, like https://www.example.org/report"},
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        help_text="PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG, up to 10 MB, without names of service users",
        error_messages={"empty": "The file you chose is empty", "invalid": "Choose the file again"},
    )
    text = long_text("Or the words themselves", "For example a quotation, or what somebody said and when")

    def lay_out(self) -> Helper:
        return helper(
            "key",
            Field.text("title"),
            Field.text("url"),
            Field("file"),
            Field.textarea("text", rows=5),
            submit="Add this evidence",
        )

    def clean_file(self) -> Any:
        """Look into the file: its name and its content must agree on a kind that may be kept."""
        chosen = self.cleaned_data["file"]
        if not chosen:
            return None
        if chosen.size > file_kinds.MOST_BYTES:
            raise forms.ValidationError("The file must be at most 10 MB")
        self.content: bytes = chosen.read()
        if file_kinds.find(chosen.name, self.content) is None:
            raise forms.ValidationError(
                "The file must be a PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG file, named as such and "
                "without macros"
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        things = ("url", "file", "text")
        given = [name for name in things if self.cleaned_data.get(name)]
        if not given and not set(things) & set(self.errors):
            self.add_error("url", "Give a web address, a file or some text")
        elif len(given) > 1:
            self.add_error(given[1], "Give one thing at a time: a web address, a file or some text")
        return self.cleaned_data

    def brought(self) -> Brought:
        """Give the evidence for the service."""
        found = self.cleaned_data
        brought = Brought(found["title"], text=found["text"], url=found["url"], key=found["key"] or uuid4())
        chosen = found["file"]
        return replace(brought, file_name=chosen.name, content=self.content) if chosen else brought


class ConclusionForm(DraftForm):
    """What is concluded from the case, why, and what is done instead."""

    decision = forms.ChoiceField(
        label="What do you conclude?",
        choices=[Choice(*each) for each in CaseConclusion.Decision.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you conclude", "invalid_choice": "Choose from the list"},
    )
    reasons = long_text(
        "Reasons",
        "Start with what speaks against your decision, and say why it weighs less",
        required="Give your reasons",
    )
    instead = forms.ChoiceField(
        label="What will you use instead?",
        help_text="For the whole, or for the part that is not paid by results",
        choices=[
            Choice("", "Nothing instead"),
            *(
                Choice(value, label, hint=INSTEAD_HINTS.get(CaseConclusion.Instead(value), ""))
                for value, label in CaseConclusion.Instead.choices
            ),
        ],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    instead_how = long_text("How will that work?", "In a few sentences, for those who would have bid")

    @staticmethod
    def shown(row: CaseConclusion) -> Mapping[str, str]:
        return {
            "decision": row.decision,
            "reasons": row.reasons,
            "instead": row.instead,
            "instead_how": row.instead_how,
        }

    def lay_out(self) -> Helper:
        return helper(
            Field.radios("decision", legend_size=Size.MEDIUM),
            Field.textarea("reasons", rows=8),
            Field.radios("instead", legend_size=Size.MEDIUM),
            Field.textarea("instead_how", rows=4),
            submit="Save the conclusion",
        )

    def clean(self) -> dict[str, Any]:
        refused = self.cleaned_data.get("decision") == CaseConclusion.Decision.REFUSE
        if refused and not self.cleaned_data.get("instead"):
            self.add_error("instead", "Choose what you will use instead")
        return self.cleaned_data


class PublicationForm(forms.Form):
    """The hash of what the approver reads, so that nothing else is published."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("seen", submit="Publish")


class WithdrawalForm(forms.Form):
    """Why what was published is taken back."""

    reason = long_text("Why?", "This stands on the public page", required="Say why it is withdrawn")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.textarea("reason", rows=4), submit="Withdraw", warning=True)
