"""Reads a programme as the sheets of an export, the figures exactly as the database holds them."""

from calendar import month_name
from collections.abc import Iterable, Sequence
from typing import Any

from commissioning import queries as commissioning_queries
from commissioning.models import Evidence, Programme
from tariffs.core.sheets import Column, Sheet, Unit, Value
from tariffs.models import PriceLine, Tariff

from . import incentive_runs
from .export_columns import (
    EVIDENCE,
    GROUPS,
    HISTORY,
    MILESTONES,
    PRICES,
    PROGRAMME,
    PROVIDERS,
    RUNS,
    SOURCED,
    TERMS,
    UNCERTAINTY,
    Field,
)

# Whoever needs more asks for the audit log, or for the record of a run.
MOST_RUNS = MOST_EVENTS = 1000
_MONTHS = tuple(month_name)[1:]


def sheets(programme: Programme) -> tuple[Sheet, ...]:
    """Give every sheet, in a fixed number of queries."""
    tariff = programme.tariff
    evidence = Evidence.objects.filter(group__programme=programme).select_related("group", "milestone")
    prices = PriceLine.objects.filter(tariff=tariff).select_related("milestone")
    runs = incentive_runs.of_programme(programme)[:MOST_RUNS]
    history = commissioning_queries.programmes.history(programme, MOST_EVENTS)
    return (
        _named("programme", "What is bought, and for how long.", PROGRAMME, programme),
        _rows("groups", "The groups: service users of like need.", (*GROUPS, *SOURCED), programme.groups.all()),
        _rows(
            "milestones",
            "The milestones, and what each follows.",
            (*MILESTONES, *SOURCED),
            programme.milestones.select_related("after"),
        ),
        _rows("evidence", "What is known of each step of each group.", (*EVIDENCE, *SOURCED), evidence),
        _rows("prices", "What one person who reaches a milestone earns.", (*PRICES, *SOURCED), prices),
        _terms(tariff),
        _rows("providers", "The typical providers of the tests.", (*PROVIDERS, *SOURCED), programme.archetypes.all()),
        _uncertainty(programme),
        _rows("runs", f"The runs, newest first, {MOST_RUNS:,} at most.", RUNS, runs),
        _rows("history", f"Who did what, newest first, {MOST_EVENTS:,} at most.", HISTORY, history),
    )


def _rows(name: str, about: str, fields: Sequence[Field], found: Iterable[Any]) -> Sheet:
    columns = tuple(Column(field.name, field.unit, field.meaning) for field in fields)
    rows = tuple(tuple(_plain(_read(row, field.path)) for field in fields) for row in found)
    return Sheet(name, about, columns, rows)


_NAMED = (
    Column("name", Unit.TEXT, "the name of the figure in the programme file"),
    Column("value", Unit.NAMED, "how it stands"),
    Column("unit", Unit.TEXT, "what it is counted in"),
    Column("meaning", Unit.TEXT, "what it says"),
)


def _named(name: str, about: str, fields: Sequence[Field], one: Any) -> Sheet:
    """Lay one thing out with a row for each of its figures."""
    rows = tuple((field.name, _plain(_read(one, field.path)), str(field.unit), field.meaning) for field in fields)
    return Sheet(name, about, _NAMED, rows)


def _terms(tariff: Tariff) -> Sheet:
    return _named("terms", "The terms of the tariff.", TERMS, tariff)


def _uncertainty(programme: Programme) -> Sheet:
    uncertainty = programme.uncertainty
    plain = _named("uncertainty", "What no provider controls.", (*UNCERTAINTY, *SOURCED), uncertainty)
    season = tuple(
        (f"season_{month.lower()}", value, str(Unit.LOG_ODDS), f"season of {month}: one of the twelve of `season`")
        for month, value in zip(_MONTHS, uncertainty.season, strict=True)
    )
    return Sheet(plain.name, plain.about, plain.columns, plain.rows + season)


def _read(row: Any, path: str) -> Any:
    """Follow a path of attributes; nothing where something on the way is not set."""
    for part in path.split("."):
        row = getattr(row, part) if row is not None else None
    return row


def _plain(value: Any) -> Value:
    """Give a value as a file holds it: an address, a moment or a person as text."""
    if value is None or isinstance(value, Value):
        return value if value != "" else None
    if hasattr(value, "isoformat"):
        return str(value.isoformat(timespec="seconds"))
    return str(value)
