"""Reads what is known beside the draft and the case, and what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from commissioning.core.figures import pounds
from commissioning.core.typed_numbers import write_share, write_with_separators
from commissioning.models import Programme
from tariffs.core.feasibility import FactQuestion, Kind, fact_questions, gather
from tariffs.core.feasibility.subject import Facts
from tariffs.models import Archetype, Fact

#: What is known, hashable: question, kind of provider, value.
Known = tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Line:
    """One question as it stands; `archetype` is the kind of provider that it is asked of, if any."""

    question: FactQuestion
    archetype: Archetype | None
    fact: Fact

    @property
    def title(self) -> str:
        """Name the question, and of whom it is asked."""
        return f"{self.question.title}: {self.archetype}" if self.archetype else self.question.title

    @property
    def address(self) -> str:
        """Give the address of where it is answered."""
        if self.archetype:
            return reverse("provider-fact-edit", args=[self.fact.programme_id, self.question.key, self.archetype.pk])
        return reverse("fact-edit", args=[self.fact.programme_id, self.question.key])

    @property
    def is_known(self) -> bool:
        return self.fact.value is not None

    @property
    def answer(self) -> str:
        """Write the answer as people say it."""
        return in_words(self.question, self.fact.value)


def in_words(question: FactQuestion, value: Decimal | None) -> str:
    """Write an answer as people say it."""
    if value is None:
        return "Not known"
    if question.kind is Kind.YES_NO:
        return "Yes" if value else "No"
    if question.kind is Kind.SHARE:
        return f"{write_share(float(value))}%"
    return pounds(value) if question.kind is Kind.POUNDS else write_with_separators(value)


def known(programme: Programme) -> Known:
    """Give all that is known, in one query."""
    rows = Fact.objects.filter(programme=programme).exclude(value=None)
    return _still_asked(rows.values_list("question", "part", "value").order_by("question", "part"))


def _still_asked(rows: Iterable[tuple[str, str, Any]]) -> Known:
    return tuple((question, part, float(value)) for question, part, value in rows if question in fact_questions())


def annotation() -> ArraySubquery:
    """Give all that is known as a column of each programme, which `from_annotation` reads."""
    rows = Fact.objects.filter(programme=OuterRef("pk")).exclude(value=None).order_by("question", "part")
    return ArraySubquery(rows.values(row=JSONObject(question="question", part="part", value="value")))


def from_annotation(rows: Iterable[Mapping[str, Any]]) -> Known:
    """Read such a column."""
    return _still_asked((row["question"], row["part"], row["value"]) for row in rows)


def facts(found: Known) -> Facts:
    """Make of what is known what the rules read."""
    return gather({(question, part): value for question, part, value in found})


def lines(programme: Programme) -> tuple[Line, ...]:
    """Give every question as it stands, in two queries."""
    rows = {(row.question, row.part): row for row in programme.facts.select_related("noted_by")}
    archetypes = list(programme.archetypes.all())
    return tuple(
        Line(question, archetype, _row(rows, programme, question, archetype))
        for question in fact_questions().values()
        for archetype in (archetypes if question.each else [None])
    )


def _row(
    rows: dict[tuple[str, str], Fact], programme: Programme, question: FactQuestion, archetype: Archetype | None
) -> Fact:
    part = archetype.key if archetype else ""
    return rows.get((question.key, part)) or Fact(programme=programme, question=question.key, part=part)


def fact(programme: Programme, question: FactQuestion, archetype: Archetype | None) -> Fact:
    """Give the answer to a question; one without a value, not stored, where there is none."""
    part = archetype.key if archetype else ""
    stored = programme.facts.select_related("noted_by").filter(question=question.key, part=part).first()
    return stored or Fact(programme=programme, question=question.key, part=part)
