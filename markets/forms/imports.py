"""Handing over a file, and saying which of its columns is which."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from commissioning.core.file_kinds import MOST_BYTES
from commissioning.forms.layouts import HTML, Choice, Field, Size, helper
from commissioning.models import Organisation
from markets.models import Import
from markets.services.imports import OWN_SOURCES
from markets.sources.own_lists import COLUMNS, Preview

_ENDINGS = {
    Import.Source.OWN_LIST: ("csv", "xlsx"),
    Import.Source.CONTRACTS: ("json", "jsonl", "zip"),
    Import.Source.GRANTS: ("json", "csv", "xlsx", "zip"),
}
_HINTS = {
    Import.Source.OWN_LIST: "A table, CSV or XLSX, with a row for each provider. It takes the place of the list before",
    Import.Source.CONTRACTS: "JSON or zip, as their OCDS search gives it out: who won what",
    Import.Source.GRANTS: "JSON, CSV, XLSX or zip: who was given what by whom",
}


class ImportForm(forms.Form):
    """A file, and what it is."""

    source = forms.ChoiceField(
        label="What do you want to bring in?",
        widget=forms.RadioSelect,
        choices=[Choice(source, source.label, hint=_HINTS[source]) for source in OWN_SOURCES],
        error_messages={"required": "Choose what to bring in", "invalid_choice": "Choose from the list"},
    )
    organisation = forms.ModelChoiceField(
        label="For which authority?",
        queryset=Organisation._default_manager.none(),
        empty_label=None,
        error_messages={"required": "Choose an authority", "invalid_choice": "Choose from the list"},
    )
    file = forms.FileField(
        label="The file",
        help_text=f"At most {MOST_BYTES // 1024**2} MB. Larger ones are brought in by whoever runs this copy",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "missing": "Choose a file",
            "invalid": "Choose a file",
        },
    )

    def __init__(self, *args: Any, authorities: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = authorities
        self.helper = helper(
            Field.radios("source", legend_size=Size.SMALL),
            Field.select("organisation"),
            Field("file"),
            submit="Bring it in",
        )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file must be smaller than {MOST_BYTES // 1024**2} MB")
        source = self.cleaned_data.get("source")
        endings = _ENDINGS.get(Import.Source(source), ()) if source else ()
        if endings and file.name.rpartition(".")[2].lower() not in endings:
            raise ValidationError(f"The file must be one of {', '.join(ending.upper() for ending in endings)}")
        return file

    def handed_over(self) -> dict[str, Any]:
        """Give what the service takes."""
        file = self.cleaned_data["file"]
        return {
            "organisation": self.cleaned_data["organisation"],
            "source": self.cleaned_data["source"],
            "file_name": file.name,
            "content": file.read(),
        }


class ColumnsForm(forms.Form):
    """Which column of an own list is which of ours."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(place), heading or f"Column {place + 1}") for place, heading in enumerate(preview.headings)]
        for ours, (words, _) in COLUMNS.items():
            self.fields[ours] = forms.TypedChoiceField(
                label=words,
                choices=[("", "Not in this file"), *choices],
                coerce=int,
                empty_value=None,
                required=ours == "name",
                initial=preview.guess.get(ours, ""),
                error_messages={
                    "required": "Choose the column that holds the name",
                    "invalid_choice": "Choose a column of your file",
                },
            )
        self.helper = helper(
            HTML('<div class="app-filter">'),
            *(Field.select(ours) for ours in COLUMNS),
            HTML("</div>"),
            submit="Bring the list in",
        )

    def matched(self) -> dict[str, int]:
        """Give the place in the file of each column that is in it."""
        return {ours: place for ours, place in self.cleaned_data.items() if place is not None}
