"""Reads which prices rest on a measure that says something else than when the price was made or last looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from commissioning import queries as commissioning_queries
from commissioning.core.measure_wordings import Difference, differences, fingerprint
from commissioning.models import MeasureCard, Milestone, Programme, User
from tariffs.models import MeasureBasis, PriceLine, PriceLook


def bases_editable_by(user: User | AnonymousUser) -> QuerySet[MeasureBasis]:
    """Give what prices rest on in the programmes that a person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    return MeasureBasis.objects.filter(programme__in=mine).select_related("programme__organisation", "card__group")


@dataclass(frozen=True)
class Mark:
    """One price whose measure changed `since` it was made or last looked at."""

    basis: MeasureBasis
    line: UUID
    tariff: UUID
    is_proposed: bool
    price_band: str
    milestone: str
    price: float
    since: datetime
    differences: tuple[Difference, ...]
    seen: str

    @property
    def what(self) -> str:
        """Name what changed: definition, unit."""
        return ", ".join(each.label for each in self.differences)

    @property
    def anchor(self) -> str:
        """Give the name by which a link points at the mark."""
        return f"mark-{self.basis.pk}-{self.line}"


@dataclass(frozen=True)
class Basis:
    """What one milestone rests on, with every price of it."""

    row: MeasureBasis
    lines: Sequence[Mapping[str, Any]]
    looks: Sequence[Mapping[str, Any]]

    @property
    def name(self) -> str:
        """Name the milestone."""
        return self.row.step_name or self.row.step_key or ""  # type: ignore[attr-defined]

    @property
    def is_there(self) -> bool:
        """Tell whether the milestone is in the draft as it is now."""
        return self.row.step_key is not None  # type: ignore[attr-defined]

    def marks(self) -> tuple[Mark, ...]:
        """Give the prices whose measure has changed."""
        now = self.row.card.wording() if self.row.card else {}
        found = (self._mark(line, now) for line in self.lines)
        return tuple(mark for mark in found if mark.differences)

    def _mark(self, line: Mapping[str, Any], now: Mapping[str, str]) -> Mark:
        looks = [each for each in self.looks if each["line"] == line["id"]]
        before, since = self.row.wording, self.row.made_at
        if looks:
            before, since = looks[-1]["wording"], datetime.fromisoformat(looks[-1]["at"])
        return Mark(
            basis=self.row,
            line=UUID(line["id"]),
            tariff=UUID(line["tariff"]),
            is_proposed=line["main_of"] is not None,
            price_band=line["price_band"],
            milestone=line["milestone"] or line["key"],
            price=float(line["price"]),
            since=since,
            differences=differences(before, now),
            seen=fingerprint(now),
        )


def of_programme(programme: Programme) -> tuple[Basis, ...]:
    """Give everything that prices of a programme rest on, in one query."""
    lines = PriceLine.objects.filter(milestone=OuterRef("step"), tariff__programme=OuterRef("programme")).values(
        one=JSONObject(
            id="id",
            tariff="tariff_id",
            main_of="tariff__main_of",
            price_band="price_band",
            price="price",
            milestone="milestone__name",
            key="milestone__key",
        )
    )
    looks = PriceLook.objects.filter(basis=OuterRef("pk")).values(
        one=JSONObject(line="line", wording="wording", at="looked_at")
    )
    found = MeasureBasis.objects.filter(programme=programme).select_related("card__group", "made_by")
    step = Milestone.objects.filter(pk=OuterRef("step"), programme=OuterRef("programme"))
    rows = found.annotate(
        step_name=Subquery(step.values("name")),
        step_key=Subquery(step.values("key")),
        of_lines=ArraySubquery(lines.order_by("tariff__made_at", "place")),
        of_looks=ArraySubquery(looks.order_by("looked_at")),
    )
    return tuple(Basis(row, row.of_lines, row.of_looks) for row in rows)


def own_steps(programme: Programme, bases: Sequence[Basis]) -> frozenset[UUID]:
    """Give the milestones whose outcome each person defines, in one query."""
    cards = MeasureCard.objects.filter(programme=programme, own_outcomes__gt=0, milestone__isnull=False)
    tied = cards.exclude(state=MeasureCard.State.DROPPED).values_list("milestone", flat=True)
    return frozenset(tied) | {basis.row.step for basis in bases if basis.row.own_number}


def marks(programme: Programme) -> tuple[Mark, ...]:
    """Give every marked price of a programme, the proposed tariff's first, in one query."""
    found = [mark for basis in of_programme(programme) for mark in basis.marks()]
    return tuple(sorted(found, key=lambda mark: not mark.is_proposed))


def ties(programme: Programme) -> tuple[tuple[UUID, str], ...]:
    """Name the milestones that were made of cards: the card's id and the milestone's key, in one query."""
    rests = MeasureBasis.objects.filter(step=OuterRef("pk"), card__isnull=False).values("card")
    there = Milestone.objects.filter(programme=programme).annotate(cards=ArraySubquery(rests))
    return tuple((card, key) for key, cards in there.values_list("key", "cards") for card in cards)


@dataclass(frozen=True)
class InTariff:
    """How a card stands in the tariff: the milestones that rest on it, their marked prices, and what may be done."""

    card: MeasureCard
    bases: tuple[Basis, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for basis in self.bases for mark in basis.marks())

    @property
    def is_agreed(self) -> bool:
        return self.card.state == MeasureCard.State.AGREED

    @property
    def may_be_made(self) -> bool:
        """Tell whether a milestone can be made of it."""
        return self.is_agreed and not self.bases and self.card.milestone_id is None

    @property
    def may_rest(self) -> bool:
        """Tell whether the prices of the step at which it stands could rest on it."""
        steps = {basis.row.step for basis in self.bases}
        return self.is_agreed and self.card.milestone_id is not None and self.card.milestone_id not in steps


def of_card(card: MeasureCard) -> InTariff:
    """Say how a card stands in the tariff, in one query."""
    found = of_programme(card.programme)
    return InTariff(card, tuple(each for each in found if each.row.card_id == card.pk and each.is_there))


def looks(programme: Programme) -> QuerySet[PriceLook]:
    """Give every look at a price of a programme, newest first, with who looked."""
    found = PriceLook.objects.filter(basis__programme=programme)
    return found.select_related("looked_by", "basis__card").order_by("-looked_at")
