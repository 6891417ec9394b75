"""Copying a programme: what the copy is called, for which authority it is, and what is copied."""

from typing import Any

from django import forms

from commissioning.forms.layouts import Field, Helper, helper

from .details import StartForm
from .versions import NOT_THERE


class CopyForm(StartForm):
    """A name and an authority for the copy, and the draft or version that it is of."""

    version = forms.ChoiceField(
        label="What should be copied?", error_messages={"invalid_choice": NOT_THERE, "required": NOT_THERE}
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of the copy"
        self.fields["name"].help_text = "A name that tells it apart from the programme that you copy"
        version = self.fields["version"]
        assert isinstance(version, forms.ChoiceField)
        version.choices = choices

    def lay_out(self) -> Helper:
        return helper("key", "organisation", Field.text("name"), Field.select("version"), submit="Copy the programme")
