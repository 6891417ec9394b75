"""Searching the public registers."""

from typing import Any

from django import forms

from commissioning.forms.layouts import Div, Field, helper
from markets.core.areas import atlas
from markets.core.registers import BANDS, FORMS
from markets.core.served import WHO
from markets.models.providers import BAND_WORDS, FORM_WORDS
from markets.queries.providers import Wanted

NAME, INCOME = "name", "income"
_ANY = ("", "Any")
_WRONG = {"invalid_choice": "Choose from the list"}


def area_choices() -> list[tuple[str, str]]:
    """Give the areas by name, the wholes first."""
    known = atlas()
    wholes = [(code, name) for code, name in known.wholes.items() if not code.startswith("E12")]
    regions = [(code, f"{name} (region)") for code, name in known.wholes.items() if code.startswith("E12")]
    areas = [(area.code, area.name) for area in sorted(known.areas, key=lambda area: area.name)]
    return [*areas, *sorted(regions, key=lambda each: each[1]), *sorted(wholes, key=lambda each: each[1])]


class SearchForm(forms.Form):
    """What to look for; everything may be left open."""

    q = forms.CharField(
        label="Name or official number",
        required=False,
        max_length=200,
        error_messages={"max_length": "A name has at most 200 characters"},
    )
    area = forms.ChoiceField(label="Works in", required=False, error_messages=_WRONG)
    who = forms.ChoiceField(
        label="Helps",
        required=False,
        choices=[_ANY, *((str(code), words) for code, words in WHO.items())],
        error_messages=_WRONG,
    )
    band = forms.ChoiceField(
        label="Income a year",
        required=False,
        choices=[_ANY, *((band.value, BAND_WORDS[band]) for band in BANDS)],
        error_messages=_WRONG,
    )
    form = forms.ChoiceField(
        label="Legal form",
        required=False,
        choices=[_ANY, *((form.value, FORM_WORDS[form]) for form in FORMS)],
        error_messages=_WRONG,
    )
    order = forms.ChoiceField(
        label="In order of",
        required=False,
        choices=[(NAME, "Name"), (INCOME, "Income, largest first")],
        error_messages=_WRONG,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Anywhere"), *area_choices()]  # type: ignore[attr-defined]
        fields = (Field.text("q"), *(Field.select(name) for name in ("area", "who", "band", "form", "order")))
        self.helper = helper(Div(*fields, css_class="app-filter"), submit="Search")
        self.helper.form_method = "get"

    def wanted(self) -> Wanted:
        """Give what is asked; what is wrong is not asked, and is said beside its field."""
        asked = self.cleaned_data if self.is_bound and self.errors is not None else {}
        return Wanted(
            words=asked.get("q", ""),
            area=asked.get("area", ""),
            who=int(asked["who"]) if asked.get("who") else None,
            size_band=asked.get("band", ""),
            legal_form=asked.get("form", ""),
            by_income=asked.get("order") == INCOME,
        )
