"""Reads how far people agree in a room: tables by kind in which nobody can be recognised, and which views differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from commissioning.core import agreements
from commissioning.core.rooms import CHOICES, KINDS, REACTIONS, Kind
from commissioning.models import Reaction, Room, Statement, Vote

YES_AND_NO = ("Yes", "Not ticked")
HIDDEN, EVERYBODY = "hidden", "Everybody"
Tally = dict[str, list[int]]


@dataclass(frozen=True)
class Figures:
    """What may be told of one question put to everybody."""

    key: str
    question: str
    about: str
    answers: tuple[str, ...]
    agreement: agreements.Agreement

    @property
    def differing(self) -> tuple[str, ...]:
        """Name the kinds of participant of which most differ from most of all."""
        return tuple(KINDS[Kind(kind)].lower() for kind in self.agreement.differing)


def is_told(room: Room) -> bool:
    """Tell whether figures are shown: once, when nothing can change any more, so that no two can be compared."""
    return room.state in (Room.State.CLOSED, Room.State.PUBLISHED)


def on_cards(room: Room) -> list[Figures]:
    """Give what may be told of each card, one question for each reaction, in two queries."""
    if not is_told(room):
        return []
    kinds = _kinds(room)
    counted = {name: Count("pk", filter=Q(**{name: True})) for name in REACTIONS}
    rows = Reaction.objects.filter(card__room=room).order_by().values("card", "participant__kind")
    tallies: dict[tuple[UUID, str], Tally] = {}
    row: dict[str, Any]
    for row in rows.annotate(all=Count("pk"), **counted):  # type: ignore[assignment]
        for name in REACTIONS:
            tally = tallies.setdefault((row["card"], name), {kind: [0, 0] for kind in kinds})
            tally[row["participant__kind"]] = [row[name], row["all"] - row[name]]
    return [
        _figures(room, (str(card.pk), name), (card.title, words), YES_AND_NO, tallies.get((card.pk, name), {}))
        for card in room.cards.all()
        for name, words in REACTIONS.items()
    ]


def _figures(
    room: Room, key: tuple[str, str], said: tuple[str, str], answers: tuple[str, ...], tally: Tally
) -> Figures:
    empty: Mapping[str, list[int]] = tally or {"": [0] * len(answers)}
    found = agreements.agreement(empty, room.least)
    return Figures(key=" ".join(key), about=said[0], question=said[1], answers=answers, agreement=found)


def on_statements(room: Room, statements: list[Statement] | None = None) -> list[Figures]:
    """Give what may be told of each statement that everyone sees, in three queries."""
    if not is_told(room):
        return []
    kinds, choices = _kinds(room), [choice.value for choice in CHOICES]
    tallies: dict[UUID, Tally] = {}
    votes = Vote.objects.filter(statement__room=room, statement__state=Statement.State.SHOWN).order_by()
    for row in votes.values("statement", "participant__kind", "choice").annotate(count=Count("pk")):
        tally = tallies.setdefault(row["statement"], {kind: [0] * len(choices) for kind in kinds})
        tally[row["participant__kind"]][choices.index(row["choice"])] = row["count"]
    shown = room.statements.filter(state=Statement.State.SHOWN) if statements is None else statements
    words = tuple(CHOICES.values())
    return [
        _figures(room, ("statement", str(each.pk)), ("", each.text), words, tallies.get(each.pk, {})) for each in shown
    ]


def _kinds(room: Room) -> list[str]:
    """Give the kinds that took part, in their order. A kind that did not protects nobody, so it stands in no table."""
    there = set(room.participants.order_by().values_list("kind", flat=True).distinct())
    return [kind.value for kind in Kind if kind.value in there]


def told_by_kind(figures: list[Figures]) -> dict[str, int]:
    """Say about how many of each kind took part: the most that one question tells, so that nothing new is told."""
    found: dict[str, int] = {}
    for each in figures:
        for kind, row in each.agreement.counts.parts.items():
            found[kind] = max(found.get(kind, 0), row.total)
    return {kind: found[kind] for kind in KINDS if kind in found}


def sentence(figures: Figures) -> str:
    """Say in words who differs from whom; nothing where nobody does.

    Not to tick a reaction is no view, so of a card only those who tick it differ.
    """
    kinds, side = figures.differing, figures.agreement.side
    is_card = figures.answers == YES_AND_NO
    if not kinds or (is_card and side == agreements.FOR):
        return ""
    who = " and ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)
    if is_card:
        return f"Most {who} ticked this; most of all people did not."
    mine, all_ = ("agree", "disagree") if side == agreements.AGAINST else ("disagree", "agree")
    return f"Most {who} {mine}; most of all people {all_}."


def shown(cell: int | None) -> str:
    """Write a count as it may be told."""
    return HIDDEN if cell is None else f"{cell:,}"
