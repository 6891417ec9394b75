"""Works out of a programme's measure cards the figures that rules of good design ask for, or says what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commissioning.core.figures import percent
from commissioning.core.units import Pounds
from commissioning.models import MeasureCard
from commissioning.queries.room_standings import RoomStanding
from tariffs.core import measure_figures
from tariffs.core import programmes as core
from tariffs.core.measure_figures import Expected

from . import rule_inputs
from .rule_inputs import RULES, CardsAt, Input

#: What a source line may take for the names of cards.
MOST_OF_LINE = 600
#: Rules that need what is expected to be claimed and paid, with the facts that come of it.
SHARED = {"S1": ("verification-share",), "I10": ("verifier",), "I13": ("unpriced",)}
NOT_WHOLE = "Groups, kinds of provider and the final outcome: without them nothing can be expected"


@dataclass(frozen=True)
class Figure:
    """One figure: the question it answers, the rule that asks, its value, and how people say it."""

    question: str
    rule: str
    value: float
    words: str


@dataclass(frozen=True)
class Row:
    """One rule on the page: what is known for it, why more is not; `waits` for what the payments' figures lack."""

    rule: str
    title: str
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    waits: bool
    fact: str


@dataclass(frozen=True)
class Figures:
    """The figures, or what they lack; `cards` are those that they come from."""

    found: tuple[Figure, ...]
    lacking: tuple[str, ...]
    cards: tuple[MeasureCard, ...]
    inputs: tuple[Input, ...] = ()

    @property
    def by_rule(self) -> tuple[Row, ...]:
        """Give every rule that gets something from here, with what is known for it and what is not."""
        given = {each.rule: each for each in self.inputs}
        return tuple(self._row(rule, title, given.get(rule)) for rule, (_, title) in RULES.items())

    def _row(self, rule: str, title: str, given: Input | None) -> Row:
        known = [each.words for each in self.found if each.rule == rule]
        shared = rule in SHARED and not any(each.question in SHARED[rule] for each in self.found)
        why = [given.words] if given and given.value is None else []
        return Row(rule, title, tuple(known), tuple(why), shared, RULES[rule][0])

    @property
    def seen(self) -> str:
        """Write the figures so that a form can say which ones its reader saw."""
        return " ".join(f"{each.question}={each.value!r}" for each in self.found)

    def source(self, day: str) -> str:
        """Write where the figures come from: the cards by name, how many are agreed, and the day."""
        agreed = sum(card.state == MeasureCard.State.AGREED for card in self.cards)
        number = f"{len(self.cards)} measure card{'' if len(self.cards) == 1 else 's'}"
        return (
            f"Worked out on {day} from {number}, of which {agreed} agreed: {_named(self.cards)}. Claims and payments "
            "are those expected as planned, without luck and caps. What service users shaped is from the outcomes room."
        )


def figures(
    whole: core.Programme,
    cards: Sequence[MeasureCard],
    ties: Iterable[tuple[object, str]] = (),
    room: RoomStanding | None = None,
) -> Figures:
    """Work the figures out of the cards that are not dropped; nothing is guessed for what a card does not say.

    `ties` name beside a card's own step the milestones that were made of it, as its id and their keys.
    """
    live = tuple(card for card in cards if card.state != MeasureCard.State.DROPPED)
    at = rule_inputs.cards_at(live, ties)
    expected = measure_figures.expected_by_milestone(whole)
    lacking = tuple(_lacking(whole, live, at)) if expected is not None else (NOT_WHOLE,)
    found = () if lacking or expected is None else _found(expected, live, at)
    if not lacking and not found:
        lacking = ("A price: nothing is expected to be paid for any milestone",)
    more = tuple(rule_inputs.inputs(whole, live, at, room))
    known = (Figure(each.question, each.rule, each.value, each.words) for each in more if each.value is not None)
    return Figures((*found, *known), lacking, live, more)


def _lacking(whole: core.Programme, cards: Sequence[MeasureCard], at: CardsAt) -> Iterable[str]:
    priced = measure_figures.priced_milestones(whole)
    paid = {card.pk for key, there in at.items() if key in priced for card in there}
    for milestone in whole.milestones:
        if milestone.id in priced and not at.get(milestone.id):
            yield f"A measure for “{milestone.name or milestone.id}”, which has a price"
    for card in cards:
        if card.pk in paid:
            if card.cost_of_claim is None:
                yield f"What one claim costs, on “{card}”"
            if not card.verifier:
                yield f"Who verifies it, on “{card}”"
        if not card.use:
            yield f"What it is for, on “{card}”"


def _found(expected: dict[str, Expected], cards: Sequence[MeasureCard], at: CardsAt) -> tuple[Figure, ...]:
    costs: dict[str, Pounds] = {key: sum(float(card.cost_of_claim or 0) for card in at[key]) for key in expected}
    own_word_only = MeasureCard.Verifier.PROVIDER
    declared = {key for key in expected if all(card.verifier == own_word_only for card in at[key])}
    checking = measure_figures.verification_share(expected, costs)
    own_word = measure_figures.self_declared_share(expected, declared)
    if checking is None or own_word is None:
        return ()
    valued = sum(card.use == MeasureCard.Use.VALUED for card in cards)
    return (
        Figure("verification-share", "S1", checking, f"Checking costs {percent(checking)} of what is paid"),
        Figure("verifier", "I10", own_word, f"{percent(own_word)} of the payments rests on the provider's own word"),
        Figure("unpriced", "I13", float(valued), f"{valued} valued, but neither paid for nor protected"),
    )


def _named(cards: Sequence[MeasureCard]) -> str:
    """Name as many cards as fit, and say how many more there are."""
    names: list[str] = []
    for card in cards:
        if sum(map(len, names)) + len(card.name) > MOST_OF_LINE:
            return f"{', '.join(names)} and {len(cards) - len(names)} more"
        names.append(card.name)
    return ", ".join(names)
