"""Freezing a draft with a note, and choosing two to compare."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from commissioning.core.merges import plain
from commissioning.forms.layouts import Field, helper
from tariffs.models.versions import LONGEST_NOTE

NOT_THERE = "Choose the draft or a version from the list"


class NoteField(forms.CharField):
    """Some lines, however a browser ends them."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


class FreezeForm(forms.Form):
    """Why the draft is frozen as it stands."""

    note = NoteField(
        label="What changed, and why?",
        help_text="Councillors, auditors and whoever comes after you will read it beside the version.",
        widget=forms.Textarea,
        validators=[MaxLengthValidator(LONGEST_NOTE, f"Use at most {LONGEST_NOTE:,} characters")],
        error_messages={
            "required": "Say what changed and why",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = Field.textarea("note", rows=4, max_characters=LONGEST_NOTE)
        self.helper = helper(note, submit="Freeze the draft as a version")


class CompareForm(forms.Form):
    """Which two to compare: the draft as it is, or any versions."""

    first = forms.ChoiceField(label="Compare", error_messages={"invalid_choice": NOT_THERE, "required": NOT_THERE})
    second = forms.ChoiceField(label="With", error_messages={"invalid_choice": NOT_THERE, "required": NOT_THERE})

    def __init__(self, *args: Any, choices: list[tuple[str, str]], action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.helper = helper(Field.select("first"), Field.select("second"), submit="Compare")
        self.helper.form_method, self.helper.form_action = "get", action
