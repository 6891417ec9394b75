"""Reads what people said in a room and what became of it: for everyone as it was published, for its authority now."""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from commissioning.core import agreements
from commissioning.core.canonical import canonical_json
from commissioning.core.figures import plain_date
from commissioning.core.rooms import DECISIONS, KINDS, REASONS, SORTS, Decision, Kind, Reason, Sort
from commissioning.core.tables import Column, Table
from commissioning.models import Room, RoomPublication, Statement

from . import fates, room_figures
from .room_figures import Figures

FORMAT = "pbr-room/1"
Content = dict[str, Any]


def content(room: Room, *, is_public: bool) -> Content:
    """Write a room that is closed as its page shows it.

    In public only words with consent are quoted, and only themes with company are shown. The figures are the same.
    """
    shown = list(_statements(room, Statement.State.SHOWN).select_related("fate__measure"))
    on_statements = dict(zip(shown, room_figures.on_statements(room, shown), strict=True))
    on_cards = room_figures.on_cards(room)
    said = [_statement(each, on_statements[each], is_public) for each in shown]
    return {
        "format": FORMAT,
        "programme": room.programme.name,
        "authority": room.programme.organisation.name,
        "title": room.title,
        "about": room.about,
        "closed_on": plain_date(room.closed_at.date() if room.closed_at else room.closes_on),
        "least": room.least,
        "took_part": _took_part([*on_cards, *on_statements.values()]),
        "cards": _cards(room, on_cards),
        "statements": sorted(said, key=_forward),
        "hidden": [_hidden(each) for each in _statements(room, Statement.State.HIDDEN)],
        "themes": [_theme(each, is_public) for each in fates.themes(room) if each.is_enough or not is_public],
    }


def _statements(room: Room, state: str) -> Any:
    return Statement.objects.filter(room=room, state=state)


def _took_part(figures: list[Figures]) -> list[dict[str, Any]]:
    told = room_figures.told_by_kind(figures)
    return [{"who": KINDS[Kind(kind)], "about": count} for kind, count in told.items()]


def _cards(room: Room, figures: list[Figures]) -> list[dict[str, Any]]:
    by_card: dict[str, list[Figures]] = {}
    for each in figures:
        by_card.setdefault(each.key.split()[0], []).append(each)
    return [
        {
            "title": card.title,
            "question": card.question,
            "reactions": [_question(each) for each in by_card.get(str(card.pk), [])],
        }
        for card in room.cards.all()
    ]


def _question(figures: Figures) -> dict[str, Any]:
    counts = figures.agreement.counts
    parts = [{"who": KINDS[Kind(kind)], "cells": list(row.cells)} for kind, row in counts.parts.items() if kind]
    return {
        "ask": figures.question,
        "answers": list(figures.answers),
        "whole": list(counts.whole.cells),
        "parts": parts,
        "differs": room_figures.sentence(figures),
    }


def _statement(statement: Statement, figures: Figures, is_public: bool) -> dict[str, Any]:
    fate = getattr(statement, "fate", None)
    is_quoted = statement.may_be_quoted or not is_public
    return {
        **_question(figures),
        "ask": statement.text if is_quoted else "",
        "sort": SORTS[Sort(statement.sort)],
        "is_seed": statement.author_id is None,
        "fate": _fate(fate) if fate else None,
    }


def _fate(fate: Any) -> dict[str, Any]:
    return {
        "decision": fate.decision,
        "words": DECISIONS[Decision(fate.decision)],
        "because": fate.because,
        "measure": fate.measure.name if fate.measure else "",
    }


def _forward(said: dict[str, Any]) -> tuple[Any, ...]:
    """Put forward what a kind sees otherwise than the whole, then what has most agreement."""
    return not said["differs"], -(said["whole"][agreements.FOR] or 0), said["is_seed"], said["ask"]


def _hidden(statement: Statement) -> dict[str, str]:
    return {"sort": SORTS[Sort(statement.sort)], "because": REASONS[Reason(statement.reason)]}


def _theme(company: fates.Company, is_public: bool) -> dict[str, Any]:
    quoted = [each.text for each in company.statements if each.may_be_quoted or not is_public]
    return {"title": company.theme.title, "quotes": quoted, "is_enough": company.is_enough}


def draft(room: Room) -> str:
    """Write what would be published now, as JSON."""
    return canonical_json(content(room, is_public=True))


def read(text: str) -> Content:
    """Read a published text back."""
    found: Content = json.loads(text)
    return found


def card_rows(card: Content) -> list[dict[str, Any]]:
    """Give for each kind, everybody first, how many ticked each reaction to a card."""
    reactions = card["reactions"]
    whole = {"who": room_figures.EVERYBODY, "cells": [each["whole"][agreements.FOR] for each in reactions]}
    kinds = [part["who"] for part in reactions[0]["parts"]] if reactions else []
    return [
        whole,
        *(
            {"who": who, "cells": [each["parts"][place]["cells"][agreements.FOR] for each in reactions]}
            for place, who in enumerate(kinds)
        ),
    ]


def published(room_id: UUID) -> RoomPublication | None:
    """Give what was published of a room."""
    found = RoomPublication.objects.filter(room=room_id)
    return found.select_related("room__programme__organisation").first()


def newest() -> QuerySet[RoomPublication]:
    """Give all that is published of rooms, the newest first."""
    return RoomPublication.objects.select_related("room__programme__organisation").order_by("-published_at", "pk")


def as_table(found: Content) -> Table:
    """Write what a page shows as one table: a row for each question, kind and answer, and one for each fate."""
    rows: list[tuple[str, ...]] = []
    for card in found["cards"]:
        for each in card["reactions"]:
            rows += _rows(card["title"], each, "")
    for each in found["statements"]:
        fate = f"{each['fate']['words']}: {each['fate']['because']}" if each["fate"] else ""
        rows += _rows(each["sort"], each, fate)
    rows += [(each["sort"], f"hidden because {each['because']}", "", "", "", "") for each in found["hidden"]]
    names = ("What", "Question or words", "Who", "Answer", "People", "What became of it")
    return Table(caption=found["title"], columns=tuple(map(Column, names)), rows=tuple(rows))


def _rows(what: str, asked: dict[str, Any], fate: str) -> list[tuple[str, ...]]:
    parts = [*asked["parts"], {"who": room_figures.EVERYBODY, "cells": asked["whole"]}]
    words = asked["ask"] or "(not to be quoted)"
    return [
        (what, words, part["who"], answer, room_figures.shown(cell), fate)
        for part in parts
        for answer, cell in zip(asked["answers"], part["cells"], strict=True)
    ]
