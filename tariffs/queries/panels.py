"""Reads review panels: their cases, how far those who mark agree, and what their marks would have paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, QuerySet

from commissioning import queries as commissioning_queries
from commissioning.core.tables import Column, Table
from commissioning.models import Group, Programme, User
from tariffs.core import panel_reviews
from tariffs.core.panel_reviews import Case, Leaning, Shadow
from tariffs.core.parameters import PARAMETERS
from tariffs.models import Mark, MeasureBasis, PanelMember, PriceLine, ReviewCase, ReviewPanel


def visible_to(user: User | AnonymousUser) -> QuerySet[ReviewPanel]:
    """Give the panels of programmes that a person may read; `may_edit` says whether they may change them."""
    allowed = commissioning_queries.programmes
    mine = allowed.editable_by(user).filter(pk=OuterRef("programme"))
    return _whole(ReviewPanel.objects.filter(programme__in=allowed.visible_to(user)).annotate(may_edit=Exists(mine)))


def editable_by(user: User | AnonymousUser) -> QuerySet[ReviewPanel]:
    """Give the panels of programmes that a person may change."""
    return _whole(ReviewPanel.objects.filter(programme__in=commissioning_queries.programmes.editable_by(user)))


def members_editable_by(user: User | AnonymousUser) -> QuerySet[PanelMember]:
    """Give the seats on panels that a person may change."""
    return PanelMember.objects.filter(panel__in=editable_by(user)).select_related("panel__programme__organisation")


def cases_editable_by(user: User | AnonymousUser) -> QuerySet[ReviewCase]:
    """Give the cases of panels that a person may change."""
    found = ReviewCase.objects.filter(panel__in=editable_by(user))
    return found.select_related("panel__card", "panel__programme__organisation")


def _whole(panels: QuerySet[ReviewPanel]) -> QuerySet[ReviewPanel]:
    return panels.select_related("card", "programme__organisation")


def for_programme(programme: Programme) -> QuerySet[ReviewPanel]:
    """Give a programme's panels, each with the number of its seats and cases."""
    found = ReviewPanel.objects.filter(programme=programme).select_related("card")
    return found.annotate(
        seats=Count("members", distinct=True),
        case_count=Count("cases", distinct=True),
        has_service_user=Exists(PanelMember.objects.filter(panel=OuterRef("pk"), role=PanelMember.Role.SERVICE_USER)),
    ).order_by("created_at", "name")


def members(panel: ReviewPanel) -> tuple[PanelMember, ...]:
    """Give the seats of a panel."""
    return tuple(panel.members.all())


def groups(panel: ReviewPanel) -> tuple[Group, ...]:
    """Give the groups that a panel's cases may be of."""
    return tuple(Group.objects.filter(programme=panel.programme_id).order_by("place"))


def case_count(panel: ReviewPanel) -> int:
    """Count the cases of a panel."""
    return panel.cases.count()


@dataclass(frozen=True)
class Seat:
    """One member with how it leans; `is_told` is whether so many cases stand behind it that it may be said."""

    member: PanelMember
    leaning: Leaning

    @property
    def words(self) -> str:
        """Say which way the member leans."""
        steps = self.leaning.steps
        if steps is None:
            return f"Not told: fewer than {PARAMETERS.panel_least_of_a_seat} cases marked together with others"
        if abs(steps) < 0.05:
            return "As high as the others"
        return f"{abs(steps):.1f} of a step {'higher' if steps > 0 else 'lower'} than the others"


@dataclass(frozen=True)
class CaseLine:
    """One case as its page shows it: how many gave which mark, and how far they were apart."""

    case: ReviewCase
    marks: Mapping[str, int]
    spread: int
    price: float | None

    @property
    def in_words(self) -> str:
        """Say how many gave which mark, the best mark first."""
        said = (f"{number} {label.lower()}" for value, label in Mark.choices if (number := self.marks[value]))
        return ", ".join(said) or "Nobody yet"

    @property
    def apart(self) -> tuple[str, str]:
        """Say how far the members were apart, with its colour."""
        if sum(self.marks.values()) < 2:
            return "Fewer than two marks", "grey"
        return (("All alike", "green"), ("A step apart", "yellow"), ("Opposite marks", "red"))[self.spread]


@dataclass(frozen=True)
class Review:
    """Everything about one panel's marks."""

    panel: ReviewPanel
    members: tuple[PanelMember, ...]
    lines: tuple[CaseLine, ...]
    agreeing: float | None
    alpha: float | None
    compared: int
    seats: tuple[Seat, ...]
    shadow: Shadow | None
    unpriced: int

    @property
    def has_service_user(self) -> bool:
        return any(member.role == PanelMember.Role.SERVICE_USER for member in self.members)

    @property
    def is_thin(self) -> bool:
        """Tell whether too few cases stand behind the figures."""
        return self.compared < PARAMETERS.panel_least_cases

    @property
    def left_out(self) -> int:
        """Count the cases that the sums on payment leave out."""
        return len(self.lines) - self.shadow.counted if self.shadow else 0

    @property
    def least(self) -> int:
        """Give from how many cases on figures tell something."""
        return PARAMETERS.panel_least_cases

    @property
    def reliable(self) -> str:
        """Say how far the marks can be relied on."""
        if self.alpha is None:
            return "It cannot be worked out: all marks are alike, or no case has two."
        if self.alpha >= PARAMETERS.panel_reliable:
            return "Marks that agree so far can be relied on."
        if self.alpha >= PARAMETERS.panel_tentative:
            return "Marks that agree so far allow tentative conclusions only."
        return "Marks that agree no further than this are no ground for payment."

    @cached_property
    def dividing(self) -> tuple[CaseLine, ...]:
        """Give the cases whose marks lie apart, the furthest first."""
        apart = (line for line in self.lines if line.spread)
        return tuple(sorted(apart, key=lambda line: -line.spread))

    def table(self) -> Table:
        """Give the cases for a CSV. It counts marks and does not say whose they are."""
        head = ("Code", "Own outcome", "Group", "Price", "By the measure", *(label for _, label in Mark.choices))
        columns = tuple(Column(name) for name in (*head, "Agreed mark", "Why"))
        return Table(f"Cases of {self.panel}", columns, tuple(self._row(line) for line in self.lines))

    def _row(self, line: CaseLine) -> tuple[object, ...]:
        case = line.case
        return (
            case.code,
            case.own_number or None,
            str(case.group or ""),
            line.price,
            case.get_measured_display(),
            *(line.marks[value] for value, _ in Mark.choices),
            case.get_agreed_display(),
            case.reason,
        )


def review(panel: ReviewPanel) -> Review:
    """Read a panel with all its cases and work out what they say, in six queries."""
    seats = members(panel)
    cases = list(panel.cases.select_related("group").prefetch_related("marks"))
    prices = _Prices(panel)
    given = [{mark.member_id: panel_reviews.Mark(mark.mark) for mark in case.marks.all()} for case in cases]
    array = panel_reviews.as_array([[row.get(member.pk) for member in seats] for row in given])
    lines = tuple(
        CaseLine(case, _count(row), spread, prices.of(case))
        for case, row, spread in zip(cases, given, panel_reviews.spreads(array), strict=True)
    )
    leanings = panel_reviews.leanings(array) if len(array) else [Leaning(0, None) for _ in seats]
    share = panel.partly_share
    return Review(
        panel=panel,
        members=seats,
        lines=lines,
        agreeing=panel_reviews.agreeing_pairs(array),
        alpha=panel_reviews.alpha(array),
        compared=len(panel_reviews.counts(array, len(panel_reviews.LEVELS))),
        seats=tuple(Seat(member, leaning) for member, leaning in zip(seats, leanings, strict=True)),
        shadow=None if share is None else panel_reviews.shadow([_known(line) for line in lines], share),
        unpriced=sum(line.price is None for line in lines),
    )


def _count(row: Mapping[UUID, panel_reviews.Mark]) -> dict[str, int]:
    return {value: sum(mark.value == value for mark in row.values()) for value, _ in Mark.choices}


def _known(line: CaseLine) -> Case:
    case = line.case
    measured = {"yes": True, "no": False}.get(case.measured)
    return Case(line.price, measured, panel_reviews.Mark(case.agreed) if case.agreed else None)


class _Prices:
    """The prices of a panel's measure on the tariff proposed."""

    def __init__(self, panel: ReviewPanel) -> None:
        found = MeasureBasis.objects.filter(card=panel.card_id).values_list("own_number", "step")
        self.steps = {0: panel.card.milestone_id} | dict(found)
        lines = PriceLine.objects.filter(tariff__main_of=panel.programme_id, milestone__in=set(self.steps.values()))
        self.lines = {(line.price_band, line.milestone_id): float(line.price) for line in lines}

    def of(self, case: ReviewCase) -> float | None:
        """Give what the outcome of a case is paid; nothing where its group or its price is not known."""
        step = self.steps.get(case.own_number) or self.steps[0]
        return self.lines.get((case.group.price_band, step)) if case.group and step else None
