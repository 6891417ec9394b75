"""Works out of a programme's measure cards the figures that rules of good design ask for, or says what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commissioning.core.figures import percent
from commissioning.core.units import Pounds
from commissioning.models import MeasureCard
from tariffs.core import measure_figures
from tariffs.core import programmes as core
from tariffs.core.measure_figures import Expected

#: What a source line may take for the names of cards.
MOST_OF_LINE = 600
NOT_WHOLE = "Groups, kinds of provider and the final outcome: without them nothing can be expected"


@dataclass(frozen=True)
class Figure:
    """One figure: the question it answers, the rule that asks, its value, and how people say it."""

    question: str
    rule: str
    value: float
    words: str


@dataclass(frozen=True)
class Figures:
    """The figures, or what they lack; `cards` are those that they come from."""

    found: tuple[Figure, ...]
    lacking: tuple[str, ...]
    cards: tuple[MeasureCard, ...]

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
            "are those expected as planned, without luck and caps."
        )


def figures(whole: core.Programme, cards: Sequence[MeasureCard]) -> Figures:
    """Work the figures out of the cards that are not dropped; nothing is guessed for what a card does not say."""
    live = tuple(card for card in cards if card.state != MeasureCard.State.DROPPED)
    expected = measure_figures.expected_by_milestone(whole)
    lacking = tuple(_lacking(whole, live)) if expected is not None else (NOT_WHOLE,)
    found = () if lacking or expected is None else _found(expected, live)
    if not lacking and not found:
        lacking = ("A price: nothing is expected to be paid for any milestone",)
    return Figures(found, lacking, live)


def _lacking(whole: core.Programme, cards: Sequence[MeasureCard]) -> Iterable[str]:
    priced = measure_figures.priced_milestones(whole)
    tied = {card.milestone.key for card in cards if card.milestone}
    for milestone in whole.milestones:
        if milestone.id in priced and milestone.id not in tied:
            yield f"A measure for “{milestone.name or milestone.id}”, which has a price"
    for card in cards:
        if card.milestone and card.milestone.key in priced:
            if card.cost_of_claim is None:
                yield f"What one claim costs, on “{card}”"
            if not card.verifier:
                yield f"Who verifies it, on “{card}”"
        if not card.use:
            yield f"What it is for, on “{card}”"


def _found(expected: dict[str, Expected], cards: Sequence[MeasureCard]) -> tuple[Figure, ...]:
    costs: dict[str, Pounds] = dict.fromkeys(expected, 0.0)
    declared = set(expected)
    for card in cards:
        if card.milestone and card.milestone.key in expected:
            costs[card.milestone.key] += float(card.cost_of_claim or 0)
            if card.verifier != MeasureCard.Verifier.PROVIDER:
                declared.discard(card.milestone.key)
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
