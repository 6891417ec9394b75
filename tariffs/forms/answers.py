"""Forms of the answers to comments: one answer, its link to a change, the next version, moderation, standing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from commissioning.forms.cases import long_text
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Choice, Field, Helper, Size, helper
from tariffs.models import Answer, CommentModeration, CommentStanding, Version
from tariffs.queries.answers import Heard
from tariffs.services.answers import Draft

HINTS = {
    "accepted": "The next version changes as they ask",
    "partly": "The next version changes, but not as far",
    "declined": "It stays as it is",
    "noted": "There was nothing to change",
    "outside": "It is not for this consultation to decide",
}
NO_CHANGE = "Not linked to a change yet"


def decision_field() -> forms.ChoiceField:
    """Ask for the decision."""
    return forms.ChoiceField(
        label="What did you decide?",
        choices=[Choice(value, label, hint=HINTS[str(value)]) for value, label in Answer.Decision.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decided", "invalid_choice": "Choose from the list"},
    )


def reason_field() -> forms.CharField:
    """Ask for the reason."""
    return long_text(
        "What did you do, and why?",
        "Its authors read it word for word, and it is published beside comments that are public",
        required="Say what you did, and why",
    )


def change_field(changes: Mapping[str, str]) -> forms.ChoiceField:
    """Ask which entry of the difference it led to."""
    return forms.ChoiceField(
        label="Which change did it lead to?",
        help_text="What differs between the version that was consulted on and the one after it, or the draft as it is",
        required=False,
        choices=[("", NO_CHANGE), *((key, _brief(words)) for key, words in changes.items())],
        error_messages={"invalid_choice": "Choose a change from the list; the draft may have changed meanwhile"},
    )


def _brief(words: str) -> str:
    return words if len(words) <= 140 else f"{words[:139]}\N{HORIZONTAL ELLIPSIS}"


class AnswerForm(forms.Form):
    """One answer, to one comment and to others alike."""

    decision = decision_field()
    reason = reason_field()

    def __init__(self, *args: Any, alike: Iterable[Heard], changes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: list[Any] = [Field.radios("decision", legend_size=Size.MEDIUM), Field.textarea("reason", rows=6)]
        if rows := list(alike):
            self.fields["alike"] = forms.MultipleChoiceField(
                label="Does the same answer fit these comments on the same line?",
                required=False,
                choices=[
                    Choice(str(row.id), f"{row.about}, {row.weight}, {row.who}", hint=_brief(row.reason))
                    for row in rows
                ],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Somebody has answered one of these meanwhile. Choose again."},
            )
            items.append(Field.checkboxes("alike", legend_size=Size.SMALL))
        if changes:
            self.fields["change_key"] = change_field(changes)
            items.append(Field.select("change_key"))
        self.helper = helper(*items, submit="Save the draft answer")

    def draft(self) -> Draft:
        """Give the answer, for the service."""
        found = self.cleaned_data
        return Draft(found["decision"], found["reason"], found.get("change_key", ""))


class AnswerEditForm(DraftForm):
    """A draft answer that several colleagues may edit."""

    decision = decision_field()
    reason = reason_field()

    def lay_out(self) -> Helper:
        return helper(
            Field.radios("decision", legend_size=Size.MEDIUM),
            Field.textarea("reason", rows=6),
            submit="Save the draft answer",
        )


class LinkForm(forms.Form):
    """To which change an answer led."""

    def __init__(self, *args: Any, changes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["change_key"] = change_field(changes)
        self.helper = helper(Field.select("change_key"), submit="Save the link")


class FilterForm(forms.Form):
    """Which comments are shown."""

    state = forms.ChoiceField(
        label="Answer",
        required=False,
        choices=[("", "All"), ("open", "Without an answer"), ("drafted", "Drafted"), ("released", "Released")],
    )
    about = forms.ChoiceField(label="About", required=False)
    weight = forms.ChoiceField(
        label="Weight", required=False, choices=[("", "All"), ("must", "Must"), ("should", "Should")]
    )

    def __init__(self, *args: Any, abouts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", "All"), *abouts]  # type: ignore[attr-defined]
        self.helper = helper(*(Field.select(name) for name in self.fields), submit="Show")
        self.helper.form_method = "get"
        self.helper.form_class = "app-filters"

    def chosen(self) -> dict[str, str]:
        """Give the filters that make sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class NextVersionForm(forms.Form):
    """Which version came of it; a reason where it cannot wait for the answers that are missing."""

    version: "forms.ModelChoiceField[Version]" = forms.ModelChoiceField(
        queryset=None,
        label="Which version came of the consultation?",
        empty_label=None,
        error_messages={"required": "Choose a version", "invalid_choice": "Choose a version from the list"},
    )
    override = long_text("Why can it not wait for them?", "It goes into the audit log")

    def __init__(self, *args: Any, versions: Any, missing: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        if not missing:
            del self.fields["override"]
        items = [Field.select("version"), *([Field.textarea("override", rows=4)] if missing else [])]
        self.helper = helper(*items, submit="Show it to everybody who was asked")


class ModerationForm(forms.Form):
    """Why a comment's words are not published."""

    code = forms.ChoiceField(
        label="Why can its words not be published?",
        choices=[Choice(*each) for each in CommentModeration.Code.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why", "invalid_choice": "Choose from the list"},
    )
    words = long_text(
        "What do you tell its author?",
        "Only the author reads this; everybody reads the reason chosen above",
        required="Say it to the author in your own words",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.radios("code", legend_size=Size.MEDIUM),
            Field.textarea("words", rows=4),
            submit="Leave its words out",
            warning=True,
        )


class StandingForm(forms.Form):
    """Whether a comment still stands."""

    reply = forms.ChoiceField(
        label="Does your comment still stand?",
        choices=[Choice(*each) for each in CommentStanding.Reply.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it still stands", "invalid_choice": "Choose from the list"},
    )
    words = long_text("In your own words", "Needed only if you see it differently now")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.radios("reply", legend_size=Size.MEDIUM), Field.textarea("words", rows=4), submit="Send"
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reply") == CommentStanding.Reply.CHANGED and not self.cleaned_data.get("words"):
            self.add_error("words", "Say how you see it now")
        return self.cleaned_data


class ReportForm(forms.Form):
    """What was learned, told to everybody with the report."""

    learned = long_text(
        "What did you learn?",
        "What you heard, what you changed, and what you would do otherwise next time. Everybody reads it.",
        required="Say what you learned",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.textarea("learned", rows=6), submit="Publish the report")
