"""Searching the directory of market position statements."""

from datetime import date
from typing import Any

from django import forms

from commissioning.core import typed_months
from commissioning.core.typed_numbers import UnreadableError


class DirectoryForm(forms.Form):
    """What to look for: words, an area, and since when. Everything may be left open."""

    q = forms.CharField(
        label="Service, authority or title",
        required=False,
        max_length=200,
        error_messages={
            "max_length": "Use at most 200 characters",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )
    area = forms.ChoiceField(
        label="Area", required=False, error_messages={"invalid_choice": "Choose an area from the list"}
    )
    since = forms.CharField(label="Published since", required=False, max_length=30)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "All areas"), *areas]  # type: ignore[attr-defined]
        self.fields["area"].widget.attrs["class"] = "govuk-select"
        for name in ("q", "since"):
            self.fields[name].widget.attrs |= {"class": "govuk-input", "autocomplete": "off"}

    def clean_since(self) -> date | None:
        text = str(self.cleaned_data["since"]).strip()
        if not text:
            return None
        try:
            year, month = typed_months.read(text).split("-")
        except UnreadableError:
            raise forms.ValidationError("Enter a month and a year, like April 2026") from None
        return date(int(year), int(month), 1)

    def wanted(self) -> dict[str, Any]:
        """Give what is looked for; what could not be read is left out, and its error says so."""
        self.is_valid()
        found = self.cleaned_data
        return {"words": found.get("q") or "", "area": found.get("area") or "", "since": found.get("since")}
