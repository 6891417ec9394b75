"""Reads where an authority draws the lines of the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from commissioning.core.typed_numbers import write_share, write_with_separators
from commissioning.models import Organisation, User
from commissioning.permissions import Ability
from commissioning.queries import organisations
from tariffs.core import feasibility
from tariffs.core.feasibility import Rule, Threshold
from tariffs.models import OwnThreshold


@dataclass(frozen=True)
class Line:
    """One threshold as it counts for an authority: its own where it has drawn one."""

    threshold: Threshold
    own: OwnThreshold | None

    @property
    def is_own(self) -> bool:
        return self.own is not None and self.own.value is not None

    @property
    def words(self) -> str:
        """Write where the line is drawn."""
        value = self.own.value if self.own is not None else None
        return in_words(self.threshold, self.threshold.value if value is None else value)

    @property
    def default_words(self) -> str:
        """Write where the catalogue draws it."""
        return in_words(self.threshold, self.threshold.value)


@dataclass(frozen=True)
class RuleLines:
    """The thresholds of one rule."""

    rule: Rule
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Area:
    """The rules of one area that have thresholds."""

    key: str
    name: str
    rules: tuple[RuleLines, ...]


def in_words(threshold: Threshold, value: float) -> str:
    """Write a value with its unit."""
    if threshold.is_share:
        return f"{write_share(value)}% {threshold.unit.removeprefix('share ')}"
    number = write_with_separators(float(value))
    return f"{number} ({threshold.unit})" if " over " in threshold.unit else f"{number} {threshold.unit}"


def visible_to(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """Return the authorities whose lines a person may read: their own."""
    return organisations.visible_to(user).filter(kind=Organisation.Kind.AUTHORITY)


def drawn_by(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """Return the authorities for which a person may draw lines: where they approve."""
    return organisations.where(user, Ability.APPROVE).filter(kind=Organisation.Kind.AUTHORITY)


def own(organisation_id: UUID) -> dict[str, OwnThreshold]:
    """Give the thresholds that an authority has set, or set and taken back, by key, in one query."""
    rows = OwnThreshold.objects.filter(organisation=organisation_id).select_related("set_by")
    return {row.key: row for row in rows if row.key in feasibility.thresholds()}


def limit(organisation_id: UUID, key: str) -> float:
    """Give where one line stands for an authority, in one query."""
    row = OwnThreshold.objects.filter(organisation=organisation_id, key=key).exclude(value=None).first()
    return feasibility.thresholds()[key].value if row is None or row.value is None else row.value


def values(rows: Mapping[str, OwnThreshold]) -> tuple[tuple[str, float], ...]:
    """Give the values that count instead of the defaults."""
    return tuple(sorted((key, row.value) for key, row in rows.items() if row.value is not None))


def annotation() -> ArraySubquery:
    """Give the values that count instead of the defaults as a column of each programme, for `from_annotation`."""
    rows = OwnThreshold.objects.filter(organisation=OuterRef("organisation_id")).exclude(value=None).order_by("key")
    return ArraySubquery(rows.values(row=JSONObject(key="key", value="value")))


def from_annotation(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, float], ...]:
    """Read such a column."""
    return tuple(sorted((row["key"], row["value"]) for row in rows if row["key"] in feasibility.thresholds()))


def lines(rule: Rule, rows: Mapping[str, OwnThreshold]) -> tuple[Line, ...]:
    """Give the thresholds of a rule as they count."""
    return tuple(Line(threshold, rows.get(threshold.key)) for threshold in rule.thresholds)


def areas(organisation: Organisation) -> tuple[Area, ...]:
    """Give every threshold as it counts for an authority, by area and rule."""
    rows = own(organisation.pk)
    named = [rule for rule in feasibility.rules().values() if rule.thresholds]
    found = (
        Area(key, name, tuple(RuleLines(rule, lines(rule, rows)) for rule in named if rule.area == key))
        for key, name in feasibility.areas().items()
    )
    return tuple(area for area in found if area.rules)


def threshold(organisation: Organisation, key: str) -> OwnThreshold:
    """Give an authority's threshold; one without a value, not stored, where it has none."""
    stored = organisation.own_thresholds.select_related("set_by").filter(key=key).first()
    return stored or OwnThreshold(organisation=organisation, key=key)


def line(row: OwnThreshold) -> Line:
    """Say where a line is drawn."""
    return Line(feasibility.thresholds()[row.key], row)


def rule_of(key: str) -> Rule:
    """Give the rule that draws this line."""
    return next(
        rule for rule in feasibility.rules().values() if key in {threshold.key for threshold in rule.thresholds}
    )
