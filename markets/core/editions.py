"""An edition of a market position statement as it is frozen: a text in one form, whose hash anyone can check.

Nothing personal stands in it: no name of a member, no address of a person. Who approved and published is kept beside.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from commissioning.core.canonical import canonical_json, sha256

FORMAT = "pbr-statement/1"
#: What readers call a kind of run.
RUN_WORDS = {
    "capacity": "look at capacity",
    "diversity": "comparison of ways of letting",
    "incentives": "simulation of the tariff",
}


@dataclass(frozen=True, slots=True)
class Record:
    """The run that a figure comes from: enough to find it, and to repeat it to the same figure."""

    run: str
    kind: str
    engine: str
    inputs_sha256: str
    result_sha256: str
    seed: int
    draws: int
    made_on: str

    @property
    def name(self) -> str:
        """Say in words what kind of run it is."""
        return RUN_WORDS.get(self.kind, "run")

    @property
    def day(self) -> date:
        """Give the day on which the run ended."""
        return date.fromisoformat(self.made_on)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or chart as it was when it was put in: said in words, as a table, and as a picture where it has one.

    `picture` is a plotly dictionary or nothing; cells of the table are words as they are shown. `source` is said where
    no run stands behind it.
    """

    key: str
    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    picture: Mapping[str, Any] | None = None
    source: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One of the statement's sections; its text is safe Markdown, in which {{figure:key}} puts a figure on a line."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One date to keep: of the procurement, of engagement, of the next review. `on` is a day, or empty if not set."""

    key: str
    what: str
    on: str

    @property
    def day(self) -> date | None:
        """Give the day."""
        return date.fromisoformat(self.on) if self.on else None


@dataclass(frozen=True, slots=True)
class Field:
    """One structured answer: its question and what is answered, in words."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Area:
    """A place that the statement is about, by its official code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that an edition says."""

    statement: str
    number: int
    title: str
    authority: str
    service: str
    change_note: str
    published_on: str
    areas: tuple[Area, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    fields: tuple[Field, ...] = ()
    events: tuple[Event, ...] = ()
    contacts: str = ""
    procurement: Mapping[str, Any] | None = None


def write(edition: Edition) -> str:
    """Write an edition in the one form that is hashed."""
    return canonical_json({"format": FORMAT, **asdict(edition)})


def fingerprint(text: str) -> str:
    """Give the hash of an edition's text."""
    return sha256(text)


def read(text: str) -> Edition:
    """Read an edition back.

    Raises
    ------
    ValueError
        If the text is of another format.
    """
    given = json.loads(text)
    if given.pop("format", None) != FORMAT:
        raise ValueError("This is no edition of a market position statement")
    return Edition(
        **{
            **given,
            "areas": tuple(Area(**row) for row in given["areas"]),
            "sections": tuple(Section(**row) for row in given["sections"]),
            "figures": tuple(map(_figure, given["figures"])),
            "fields": tuple(Field(**row) for row in given["fields"]),
            "events": tuple(Event(**row) for row in given["events"]),
        }
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    rows = tuple(tuple(cells) for cells in row["rows"])
    record = Record(**row["record"]) if row["record"] else None
    return Figure(**{**row, "columns": tuple(row["columns"]), "rows": rows, "record": record})
