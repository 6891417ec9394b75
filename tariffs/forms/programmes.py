"""Bringing a programme in: a file to choose or text to paste, with the faults beside it and nothing lost."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from commissioning.forms.layouts import Field, helper
from commissioning.models import Organisation
from tariffs.sources.strict_json import MOST_BYTES

TOO_LARGE = f"The file must be at most {MOST_BYTES // 1_000_000} MB"
NOTHING = "Choose a programme file, or paste its text"


class ProgrammeImportForm(forms.Form):
    """A programme file, chosen or pasted, and the authority that it is for."""

    # The programme's id to be, so that a button pressed twice makes one programme.
    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation._default_manager.none(),
        label="Which authority is the programme for?",
        error_messages={
            "required": "Choose the authority that the programme is for",
            "invalid_choice": "Choose an authority in which you may change programmes",
        },
        empty_label=None,
    )
    file = forms.FileField(
        label="Choose a programme file",
        required=False,
        help_text="A JSON file that another authority or this workbench exported. At most 2 MB.",
        error_messages={"empty": "The file you chose is empty", "invalid": NOTHING},
    )
    text = forms.CharField(
        label="Or paste the text of a programme file",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        error_messages={"null_characters_not_allowed": "Remove the null characters"},
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
        if organisations.count() == 1:
            field.widget, field.initial = forms.HiddenInput(), organisations.get()
        self.helper = helper(
            "key", "organisation", Field("file"), Field.textarea("text", rows=10), submit="Import the programme"
        )

    def clean(self) -> dict[str, Any]:
        chosen, pasted = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if chosen and chosen.size > MOST_BYTES:
            self.add_error("file", TOO_LARGE)
        elif not chosen and not pasted.strip() and not self.errors:
            self.add_error("file", NOTHING)
        return self.cleaned_data

    def given(self) -> bytes:
        """Read what was given; a file counts before the text."""
        chosen = self.cleaned_data["file"]
        if chosen:
            chosen.seek(0)
            return bytes(chosen.read())
        return str(self.cleaned_data["text"]).encode("utf-8", "surrogatepass")

    def keep(self, text: bytes) -> None:
        """Put the text of a file that cannot be imported into the page, so that it can be mended there."""
        self.data = {**self.data.dict(), "text": text.decode("utf-8", "replace").replace("\x00", "�")}  # type: ignore[attr-defined]
