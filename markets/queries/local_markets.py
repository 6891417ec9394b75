"""Reads where a programme looks for providers, and how many of which size and form work there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from commissioning.models import Programme
from markets.core.registers import BANDS, FORMS
from markets.models import ListedProvider, Provider
from markets.models.providers import BAND_WORDS, FORM_WORDS

from . import registers


@dataclass(frozen=True)
class Size:
    """One row of a count: what it counts, how many there are, and of how many the reserves are known."""

    words: str
    count: int
    known: int


@dataclass(frozen=True)
class LocalMarketPicture:
    """Who works where a programme looks."""

    total: int
    unknown_income: int
    listed: int
    bands: list[Size]
    forms: list[Size]
    everyone: list[str]
    made_up: int = 0


def picture(programme: Programme) -> LocalMarketPicture:
    """Count the providers of a programme's local market by size and form, in a fixed number of queries."""
    areas, served = registers.sought(programme)
    everyone = [key for key, codes in served.items() if not codes]
    rows = registers.fitting(areas, () if everyone else [code for codes in served.values() for code in codes])
    counts = (
        rows.values("size_band", "legal_form")
        .annotate(
            of_all=Count("pk"),
            known=Count("reserves"),
            made_up=Count("pk", filter=Q(register=Provider.Register.MADE_UP)),
        )
        .order_by()
    )
    found = list(counts)
    named = dict(programme.groups.values_list("key", "name"))
    return LocalMarketPicture(
        total=sum(row["of_all"] for row in found),
        unknown_income=sum(row["of_all"] for row in found if not row["size_band"]),
        listed=ListedProvider.objects.filter(organisation=programme.organisation_id).count(),
        bands=[_size(found, "size_band", band.value, BAND_WORDS[band]) for band in BANDS],
        forms=[_size(found, "legal_form", form.value, FORM_WORDS[form]) for form in FORMS],
        everyone=[named.get(key) or key for key in everyone],
        made_up=sum(row["made_up"] for row in found),
    )


def _size(found: Sequence[Mapping[str, Any]], name: str, value: str, words: str) -> Size:
    mine = [row for row in found if row[name] == value]
    return Size(words, sum(row["of_all"] for row in mine), sum(row["known"] for row in mine))
