"""Gives the rules on outcomes what measure cards and the outcomes room say, one row a rule; nothing is guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commissioning.models import MeasureCard
from commissioning.queries.room_standings import RoomStanding
from tariffs.core import measure_figures
from tariffs.core import programmes as core

from .programmes import counted

#: How somebody writes that a result depends on nothing outside the provider's control.
NOTHING = ("nothing", "none", "no", "nothing.", "none.")
#: The rules that get something from here, with the fact that each reads; none where it reads the draft itself.
RULES: Mapping[str, tuple[str, str]] = {
    "S1": ("undefined", "Are outcomes that are paid for defined, and is checking worth its cost?"),
    "S2": ("unrelieved", "Are results in the provider's hands, or is the provider relieved?"),
    "I8": ("", "Does progress count, and not one yes or no alone?"),
    "I10": ("verifier", "Who measures the results?"),
    "I11": ("assessor", "Who grades need?"),
    "I13": ("unpriced", "Is protected what is valued but not paid for?"),
    "E1": ("users-shaped", "Did service users shape the outcomes?"),
}
CardsAt = Mapping[str, Sequence[MeasureCard]]


@dataclass(frozen=True)
class Input:
    """What is known here for one rule: a value with the reason for it, or why there is none."""

    rule: str
    question: str
    value: float | None
    words: str


def cards_at(cards: Iterable[MeasureCard], ties: Iterable[tuple[object, str]]) -> dict[str, list[MeasureCard]]:
    """Give for each milestone by its key the cards that stand at it or that it was made of."""
    live = [card for card in cards if card.state != MeasureCard.State.DROPPED]
    tied = set(ties)
    keys = {card.milestone.key for card in live if card.milestone} | {key for _, key in tied}
    return {
        key: [
            card
            for card in live
            if (card.pk, key) in tied or (card.milestone is not None and card.milestone.key == key)
        ]
        for key in keys
    }


def inputs(whole: core.Programme, cards: Sequence[MeasureCard], at: CardsAt, room: RoomStanding | None) -> list[Input]:
    """Say what is known for the rules that ask neither what is expected to be claimed nor what is valued."""
    priced = measure_figures.priced_milestones(whole)
    paid = {row.id: row.name or row.id for row in whole.milestones if row.id in priced}
    return [_defined(paid, cards, at), _relieved(paid, at), _steps(paid), _graded(), _shaped(room)]


def _defined(paid: Mapping[str, str], cards: Sequence[MeasureCard], at: CardsAt) -> Input:
    if not paid:
        return Input("S1", "undefined", None, "Nothing has a price yet.")
    if not cards:
        return Input("S1", "undefined", None, "There is no measure card yet.")
    short = [name for key, name in paid.items() if not any(map(_says_enough, at.get(key, ())))]
    words = f"Of {counted(len(paid), 'outcome')} paid for each has a definition, a verifier and evidence."
    if short:
        words = f"A definition, a verifier or evidence is lacking for {', '.join(short)}."
    return Input("S1", "undefined", float(len(short)), words)


def _says_enough(card: MeasureCard) -> bool:
    return all(
        (
            card.definition,
            card.unit,
            card.verifier,
            card.data_source_for_outcome_validation,
            card.outcome_validation_method,
        )
    )


def _relieved(paid: Mapping[str, str], at: CardsAt) -> Input:
    if not paid:
        return Input("S2", "unrelieved", None, "Nothing has a price yet.")
    unsaid = [name for key, name in paid.items() if not any(card.depends_on for card in at.get(key, ()))]
    if unsaid:
        words = f"No card says what it depends on outside the provider's control: {', '.join(unsaid)}."
        return Input("S2", "unrelieved", None, words)
    bare = [name for key, name in paid.items() if any(map(_is_unrelieved, at[key]))]
    words = "Whatever results depend on is promised or relieved, or there is nothing."
    if bare:
        words = f"Nothing relieves the provider where what it depends on fails: {', '.join(bare)}."
    return Input("S2", "unrelieved", float(len(bare)), words)


def _is_unrelieved(card: MeasureCard) -> bool:
    return bool(card.depends_on) and card.depends_on.strip().lower() not in NOTHING and not card.relief


def _steps(paid: Mapping[str, str]) -> Input:
    words = f"{counted(len(paid), 'step')} of the way {'has' if len(paid) == 1 else 'have'} a price."
    return Input("I8", "", None, f"{words} The finding reads steps and prices themselves.")


def _graded() -> Input:
    return Input("I11", "assessor", None, "No card says who decides on a person's price band. Say it yourselves.")


def _shaped(room: RoomStanding | None) -> Input:
    if room is None:
        return Input("E1", "users-shaped", None, "There is no outcomes room.")
    if not room.service_users:
        words = "The outcomes room is not closed yet, or too few service users took part for it to be told."
        return Input("E1", "users-shaped", None, words)
    took = f"About {room.service_users} service users took part"
    if room.has_adopted:
        return Input("E1", "users-shaped", 1.0, f"{took}, and an outcome in their words was adopted.{_owed(room)}")
    if room.without_fate:
        return Input("E1", "users-shaped", None, f"{took}, and none of their outcomes is adopted so far.{_owed(room)}")
    return Input("E1", "users-shaped", 0.0, f"{took}, and no outcome in their words was adopted.")


def _owed(room: RoomStanding) -> str:
    return f" {counted(room.without_fate, 'statement')} still to be answered." if room.without_fate else ""
