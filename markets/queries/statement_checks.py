"""Reads what the checks of a statement need, and says where each section stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from markets.core import statement_checks as core
from markets.core import statement_texts
from markets.core.statement_checks import Checks, Draft, Planned, PutIn, Text
from markets.core.statement_sections import Section, sections
from markets.models import PositionStatement
from tariffs import queries as tariff_queries

from .editions import Block, blocks
from .statement_drafts import DATES, Whole, figure_of, stale_runs

MADE_UP = "made up"


def check(found: Whole) -> Checks:
    """Check a statement as it stands today."""
    return core.check(draft(found, timezone.localdate()))


def draft(found: Whole, today: date) -> Draft:
    """Give all of a statement that is checked."""
    statement, plan = found.statement, found.plan
    waiting = _waiting(statement)
    return Draft(
        today=today,
        number=found.next_number,
        service=statement.service,
        areas=tuple(statement.areas),
        texts=tuple(Text(section, found.texts[key]) for key, section in sections().items()),
        figures=_figures(found),
        plan={name: str(getattr(plan, name)) for name in core.PLAN_WORDS},
        tools=tuple(plan.tools),
        upfront_known=plan.upfront_share is not None,
        contacts=plan.contacts,
        dates=tuple(Planned(what, found.dates[name]) for name, what in DATES.items()),
        review_on=plan.review_on,
        open_comments=waiting.get("open", 0),
        owed=waiting.get("owed", 0),
        change_note=statement.change_note,
    )


def _waiting(statement: PositionStatement) -> dict[str, int]:
    """Count colleagues' comments and those of the programme's consultations that lack an answer, in one query."""
    found = _counted(statement.comments.filter(answered_at=None), "open")
    if statement.programme:
        found = found.union(_counted(tariff_queries.answers.held(statement.programme), "owed"), all=True)
    return dict(found)


def _counted(rows: QuerySet[Any], name: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().values(name=Value(name)).annotate(count=Count("pk"))
    return found.values_list("name", "count")


def _figures(found: Whole) -> tuple[PutIn, ...]:
    stale = stale_runs({row.run_id for row in found.figures if row.run_id})
    return tuple(
        PutIn(
            key=row.key,
            title=row.title,
            section=row.section,
            source=row.source,
            has_run=row.run_id is not None,
            is_stale=row.run_id in stale,
            is_made_up=MADE_UP in row.source.lower(),
        )
        for row in found.figures
    )


@dataclass(frozen=True)
class SectionLine:
    """Where one section stands, for the list of all."""

    section: Section
    status: str
    colour: str
    hint: str
    comments: int


def lines(found: Whole) -> list[SectionLine]:
    """Say where each section stands, in one query."""
    open_comments = found.statement.comments.filter(answered_at=None).values_list("section", flat=True)
    waiting = list(open_comments)
    return [_line(found, section, waiting.count(key)) for key, section in sections().items()]


def _line(found: Whole, section: Section, comments: int) -> SectionLine:
    words = len(statement_texts.words(found.texts[section.key]).split())
    figures = len(found.of_section(section.key))
    said = [f"{words} word{'' if words == 1 else 's'}"] if words else []
    said += [f"{figures} figure{'' if figures == 1 else 's'}"] if figures else []
    said += [f"{comments} comment{'' if comments == 1 else 's'} to answer"] if comments else []
    status, colour = ("Written", "") if found.texts[section.key].strip() else ("To do", "yellow")
    return SectionLine(
        section, status, "red" if comments and not colour else colour, ", ".join(said) or section.ask, comments
    )


def on_whole(statement: PositionStatement) -> int:
    """Count the open comments that are about no single section."""
    return statement.comments.filter(answered_at=None, section="").count()


def preview(statement: PositionStatement, text: str) -> tuple[Block, ...]:
    """Lay a text out as readers will see it, with the statement's figures."""
    figures = tuple(map(figure_of, statement.figures.all()))
    return tuple(blocks(text, {figure.key: figure for figure in figures}))
