"""Forms of an authority's consultations: opening one, giving more time, naming providers, telling everybody."""

from typing import Any
from uuid import uuid4

from django import forms

from commissioning.forms.cases import long_text
from commissioning.forms.files import KINDS, KeptFileField
from commissioning.forms.layouts import Choice, Field, Fieldset, Size, helper
from commissioning.models import Organisation
from tariffs.models import Consultation, LogEntry, Version
from tariffs.models.consultations import LONGEST_QUESTION
from tariffs.services.consultation_logs import Telling
from tariffs.services.consultations import MOST_QUESTIONS, Plan

from . import moments
from .versions import NoteField

AUDIENCES = [
    Choice(
        "named",
        "Providers that you name",
        hint="Only they can read it. None of them learns who else is asked, or who takes part.",
    ),
    Choice(
        "public",
        "The public",
        hint="Anybody can read it without an account. Providers with an account here can comment.",
    ),
]


class ConsultationForm(forms.Form):
    """On which version, whom, what, and from when until when."""

    version: "forms.ModelChoiceField[Version]" = forms.ModelChoiceField(
        queryset=None,
        label="Which version do you ask about?",
        help_text="A version never changes, so everybody comments on the same words",
        empty_label=None,
        error_messages={"required": "Choose a version", "invalid_choice": "Choose a version from the list"},
    )
    audience = forms.ChoiceField(
        label="Whom do you ask?",
        choices=AUDIENCES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom you ask", "invalid_choice": "Choose from the list"},
    )
    introduction = long_text("What do you ask, and why?", "Plain words; those who are asked read it first")
    questions = NoteField(
        label="Questions that you want answered",
        help_text=f"One a line, at most {MOST_QUESTIONS}. Leave it empty if you only want comments on the lines.",
        required=False,
        widget=forms.Textarea,
    )

    override = long_text(
        "Why can it not wait for the answers that are missing?",
        "Needed only where you ask about a later version. It goes into the audit log.",
    )

    def __init__(self, *args: Any, versions: Any, fixed: bool = False, missing: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["override"]
        self.fields |= moments.fields("opens", what="opening", required=False)
        self.fields |= moments.fields("closes", what="closing", default="5pm")
        if fixed:
            del self.fields["version"]
        else:
            self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.helper = helper(
            *([] if fixed else [Field.select("version")]),
            Field.radios("audience", legend_size=Size.MEDIUM),
            Field.textarea("introduction", rows=6),
            Field.textarea("questions", rows=5),
            moments.fieldset("opens", "When does it open? Leave both empty to open it now"),
            moments.fieldset("closes", "When does it close?"),
            *([Field.textarea("override", rows=3)] if missing else []),
            submit="Save the consultation" if fixed else "Open the consultation",
        )

    def clean_questions(self) -> tuple[str, ...]:
        asked = tuple(line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip())
        if len(asked) > MOST_QUESTIONS:
            raise forms.ValidationError(f"Ask at most {MOST_QUESTIONS} questions")
        if any(len(text) > LONGEST_QUESTION for text in asked):
            raise forms.ValidationError(f"Each question must be {LONGEST_QUESTION} characters or fewer")
        return asked

    def clean(self) -> dict[str, Any]:
        for name in ("opens", "closes"):
            self.cleaned_data[name] = moments.clean(self, name)
        return self.cleaned_data

    def plan(self) -> Plan:
        """Give what is planned, for the service."""
        found = self.cleaned_data
        return Plan(
            audience=found["audience"],
            introduction=found["introduction"],
            opens_at=found["opens"],
            closes_at=found["closes"],
            questions=found["questions"],
            override=found.get("override", ""),
        )

    @staticmethod
    def shown(row: Consultation) -> dict[str, Any]:
        """Write a consultation as the form shows it."""
        return {
            "audience": row.audience,
            "introduction": row.introduction,
            "questions": "\n".join(row.questions.order_by("place").values_list("text", flat=True)),
            **moments.initial("opens", row.opens_at),
            **moments.initial("closes", row.closes_at),
        }


class ExtensionForm(forms.Form):
    """Until when, and why."""

    reason = long_text(
        "Why do you give more time?",
        "Everybody who is asked reads this in the log",
        required="Say why you give more time",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= moments.fields("closes", what="the new closing")
        self.helper = helper(
            moments.fieldset("closes", "When does it close now?"),
            Field.textarea("reason", rows=4),
            submit="Give more time, and tell everybody",
        )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["closes"] = moments.clean(self, "closes")
        return self.cleaned_data


class ProviderSearchForm(forms.Form):
    """Words of a provider's name."""

    words = forms.CharField(
        label="Find a provider by its name",
        required=False,
        max_length=200,
        help_text="Providers with an account here",
        error_messages={"null_characters_not_allowed": "Remove the null characters"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.text("words"), submit="Find")
        self.helper.form_method = "get"


class ReleaseForm(forms.Form):
    """When everybody is told: now, or at a moment to come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= moments.fields("released", what="telling", required=False)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["released"] = moments.clean(self, "released")
        return self.cleaned_data

    @staticmethod
    def release() -> Fieldset:
        """Lay out the question."""
        return moments.fieldset("released", "When is everybody told? Leave both empty to tell everybody now")


class TellingForm(ReleaseForm):
    """A briefing, a date or a document for everybody."""

    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[
            Choice(LogEntry.Kind.BRIEFING, "A briefing", hint="Something that everybody should know"),
            Choice(LogEntry.Kind.DATE, "A date", hint="A meeting, a visit, a day on which something is decided"),
            Choice(LogEntry.Kind.FILE, "A document", hint="Choose its file below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose from the list"},
    )
    text = long_text(
        "What is everybody told?",
        "For a document say in a sentence what it is. Once told, it cannot be changed.",
        required="Write what everybody is told",
    )
    file = KeptFileField(label="File of the document", required=False, help_text=KINDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "key",
            Field.radios("kind", legend_size=Size.MEDIUM),
            Field.textarea("text", rows=5),
            Field("file"),
            self.release(),
            submit="Put it into the log",
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind, chosen = self.cleaned_data.get("kind"), self.cleaned_data.get("file")
        if kind == LogEntry.Kind.FILE and not chosen and "file" not in self.errors:
            self.add_error("file", "Choose the file of the document")
        if kind and kind != LogEntry.Kind.FILE and chosen:
            self.add_error("kind", "Choose “A document” for something with a file")
        return self.cleaned_data

    def telling(self) -> Telling:
        """Give what everybody is told, for the service."""
        found = self.cleaned_data
        chosen = found["file"]
        return Telling(
            key=found["key"] or uuid4(),
            kind=found["kind"],
            text=found["text"],
            released_at=found["released"],
            file_name=chosen.name if chosen else "",
            content=chosen.content if chosen else b"",
        )


class QuestionAnswerForm(ReleaseForm):
    """The answer to a provider's question, and the question as everybody will read it."""

    question = long_text(
        "The question, as everybody will read it",
        "Take out whatever gives away who asked",
        required="Write the question",
    )
    text = long_text("Your answer", "It comes to everybody together with the question", required="Write your answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.textarea("question", rows=4),
            Field.textarea("text", rows=5),
            self.release(),
            submit="Answer it for everybody",
        )


class AskForm(forms.Form):
    """A provider's question."""

    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    question = long_text(
        "What do you want to know?",
        "Everybody will read your question with its answer, and nobody who asked. Leave out whatever gives you away.",
        required="Write your question",
    )

    def __init__(self, *args: Any, voices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = ["key", Field.textarea("question", rows=5)]
        if len(voices) > 1:
            self.fields["organisation"] = voice_field(voices)
            items.insert(1, Field.select("organisation"))
        self.helper = helper(*items, submit="Ask")


def voice_field(voices: Any) -> "forms.ModelChoiceField[Organisation]":
    """Make the field that says for which provider somebody of several speaks."""
    return forms.ModelChoiceField(
        queryset=voices,
        label="For which provider do you speak?",
        empty_label="Choose",
        error_messages={"required": "Choose the provider", "invalid_choice": "Choose from the list"},
    )
