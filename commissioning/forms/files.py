"""A field for one file of a kind that may be kept, told by what is in it and not by what it is called."""

from typing import Any

from django import forms

from commissioning.core import file_kinds

KINDS = "PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG, up to 10 MB"
REFUSED = (
    "The file must be a PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG file, named as such and without macros"
)


class KeptFileField(forms.FileField):
    """One file; what is chosen comes back with its `content`."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"empty": "The file you chose is empty", "invalid": "Choose the file again"}
        widget = forms.FileInput(attrs={"class": "govuk-file-upload"})
        super().__init__(widget=widget, error_messages=errors, **{"help_text": KINDS, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = super().clean(data, initial)
        if not chosen:
            return None
        if chosen.size > file_kinds.MOST_BYTES:
            raise forms.ValidationError("The file must be at most 10 MB")
        chosen.content = chosen.read()
        if file_kinds.find(chosen.name, chosen.content) is None:
            raise forms.ValidationError(REFUSED)
        return chosen
