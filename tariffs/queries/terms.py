"""Reads the terms of a tariff, each with its permanent id: for the price grid, the terms page and whoever comments."""

from dataclasses import dataclass
from uuid import UUID

from tariffs.core import tariff_terms
from tariffs.models import Tariff


@dataclass(frozen=True)
class TermLine:
    """One term of one tariff: who it is for good, what it is called, how it stands in words, what it means."""

    id: UUID
    kind: str
    name: str
    value: str
    meaning: str
    is_set: bool

    @property
    def anchor(self) -> str:
        """Give the name by which a link points at the term."""
        return f"term-{self.id}"


def of_tariff(tariff: Tariff) -> tuple[TermLine, ...]:
    """Give every term of the tariff, those that are not used too, in the order in which they are read."""
    target = tariff.target_milestone
    names = {target.key: str(target)} if target else {}
    return tuple(
        TermLine(term.id_in(tariff.pk), term.kind, term.name, term.value, term.meaning, term.is_set)
        for term in tariff_terms.terms(tariff.to_core(prices=()), names)
    )
