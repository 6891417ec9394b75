"""The stress test of a measure card: what is missing, what is in doubt, what only people can judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .figures import percent, pounds
from .measure_questions import StressQuestion, stress_questions
from .measures import Card, Independence, Payment, Use, Verifier
from .pathway_drawings import months


class Verdict(StrEnum):
    """What the fields of a card say to a question."""

    MISSING = "missing"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    SAID = "said"
    CLEAR = "clear"


#: The question that is asked only where each person says what counts.
OWN = "own"
#: In which order answers are read: what is to be done comes first.
WORST_FIRST = (Verdict.MISSING, Verdict.DOUBTFUL, Verdict.UNKNOWN, Verdict.SAID, Verdict.CLEAR)
#: What a rule finds: its verdict, and the sentence that says why.
Found = tuple[Verdict, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question of the stress test, with what the card says to it."""

    question: StressQuestion
    verdict: Verdict
    found: str


def stress_test(card: Card, payment: Payment) -> tuple[Judgement, ...]:
    """Put every question to a card.

    Parameters
    ----------
    card : what is said so far.
    payment : what its milestone is paid, and where the lines are drawn.

    Notes
    -----
    A text can be missing, but whether it is any good only people can judge: it counts as said and never as clear.
    What is asked of outcomes that people define themselves is left out where they define none.
    """
    asked = {key: question for key, question in stress_questions().items() if key != OWN or card.own_outcomes}
    return tuple(Judgement(question, *_RULES[key](card, payment)) for key, question in asked.items())


def sorted_worst_first(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Put what is missing first, then what is in doubt."""
    return tuple(sorted(judgements, key=lambda each: WORST_FIRST.index(each.verdict)))


def count(judgements: Sequence[Judgement]) -> Mapping[Verdict, int]:
    """Count the verdicts."""
    return {verdict: sum(each.verdict is verdict for each in judgements) for verdict in WORST_FIRST}


def in_words(judgements: Sequence[Judgement]) -> str:
    """Say in short what the stress test found."""
    number = count(judgements)
    return (
        f"{number[Verdict.MISSING]} missing, {number[Verdict.DOUBTFUL]} doubtful, "
        f"{number[Verdict.UNKNOWN]} that cannot be judged from the card"
    )


def _definition(card: Card, _payment: Payment) -> Found:
    if not card.definition:
        return Verdict.MISSING, "There is no definition."
    if not card.unit:
        return Verdict.MISSING, "It is not said in which unit it is counted."
    return Verdict.SAID, "There is a definition and a unit. Whether two readers would agree, only readers can tell."


def _own(card: Card, payment: Payment) -> Found:
    if not card.own_agreement:
        return Verdict.MISSING, "It is not said who agrees with the person what counts, and by when."
    if not card.own_record:
        return Verdict.MISSING, "It is not said where the person's own words are kept."
    if payment.lowest and card.verifier in (Verifier.PROVIDER, Verifier.PERSON):
        return Verdict.DOUBTFUL, "It is paid for, and nobody but the provider or the person says that it was reached."
    return Verdict.SAID, "It is said who agrees it and where it is kept. Whether people choose freely, they can tell."


def _people(card: Card, _payment: Payment) -> Found:
    if not card.for_whom:
        return Verdict.MISSING, "It is not said for whom it is."
    return Verdict.CLEAR, f"It is for {card.for_whom}."


def _verifier(card: Card, _payment: Payment) -> Found:
    if card.verifier is None:
        return Verdict.MISSING, "It is not said who verifies it."
    if card.verifier is Verifier.PROVIDER:
        return Verdict.DOUBTFUL, "Nobody verifies it but the provider."
    if card.independence is None:
        return Verdict.MISSING, "It is not said what whoever verifies gains or loses by it."
    if card.independence is not Independence.FULL:
        stake = "gains or loses" if card.independence is Independence.NONE else "may gain or lose"
        return Verdict.DOUBTFUL, f"Whoever verifies it {stake} by what they say."
    if card.verifier is Verifier.PERSON and card.use is Use.PAID:
        return Verdict.DOUBTFUL, "The word of the person concerned is paid for, so they may be pressed to give it."
    return Verdict.CLEAR, "Somebody without a stake verifies it."


def _evidence(card: Card, _payment: Payment) -> Found:
    if not card.data_source:
        return Verdict.MISSING, "It is not said what evidence is needed and where it comes from."
    if not card.validation_method:
        return Verdict.MISSING, "It is not said how a claim is checked."
    return Verdict.SAID, "Evidence and check are named. Whether they can be had, those who keep the records can tell."


def _burden(card: Card, payment: Payment) -> Found:
    if card.cost_of_claim is None:
        return Verdict.MISSING, "It is not said what one claim costs."
    cost = pounds(card.cost_of_claim)
    if not payment.lowest:
        lacks = "The milestone has no price" if card.milestone else "The card is tied to no milestone"
        return Verdict.UNKNOWN, f"A claim costs {cost}. {lacks}, so there is nothing to set that against."
    share = card.cost_of_claim / payment.lowest
    words = f"A claim costs {cost}, {percent(share)} of the {pounds(payment.lowest)} that the lowest price pays"
    if share > payment.most_of_price:
        return Verdict.DOUBTFUL, f"{words}; the line is at {percent(payment.most_of_price)}."
    return Verdict.CLEAR, f"{words}."


def _baseline(card: Card, _payment: Payment) -> Found:
    if not card.baseline:
        return Verdict.MISSING, "There is no baseline."
    if not card.baseline_source:
        return Verdict.DOUBTFUL, "The baseline has no source."
    if not card.baseline_date:
        return Verdict.DOUBTFUL, "It is not said of which time the baseline is."
    return Verdict.SAID, "There is a baseline with its source. Whether it is of people like these, you have to judge."


def _change(card: Card, _payment: Payment) -> Found:
    if not card.minimum_change:
        return Verdict.MISSING, "It is not said how big a change counts."
    return Verdict.SAID, "The least change is named. Whether it matters to the person, they can tell."


def _time(card: Card, payment: Payment) -> Found:
    if card.lag_months is None:
        return Verdict.MISSING, "It is not said how long after the work it is known."
    if card.lag_months > payment.latest:
        return Verdict.DOUBTFUL, f"It is known {_late(card.lag_months)}; the line is at {months(payment.latest)}."
    return Verdict.CLEAR, f"It is known {_late(card.lag_months)}."


def _late(number: int) -> str:
    return f"{months(number)} after the work" if number else "at once"


def _relapse(card: Card, _payment: Payment) -> Found:
    if not card.relapse_rule:
        return Verdict.MISSING, "It is not said what happens if it is lost again."
    return Verdict.SAID, "There is a rule. Whether help goes on after the measurement, those who help can tell."


def _control(card: Card, _payment: Payment) -> Found:
    if not card.depends_on:
        return Verdict.MISSING, "It is not said what it depends on outside the provider's control."
    return Verdict.SAID, "It is named. Whether that is all, providers can tell."


def _gaming(card: Card, _payment: Payment) -> Found:
    if not card.gaming:
        return Verdict.MISSING, "It is not said who could game it, and how."
    if not card.gaming_guard:
        return Verdict.DOUBTFUL, "A way to game it is known, and nothing guards against it."
    return Verdict.SAID, "A way to game it and a guard are named. Whether the guard holds, frontline workers can tell."


def _protection(card: Card, payment: Payment) -> Found:
    if card.use is None:
        return Verdict.MISSING, "It is not said whether it is paid for, protected or valued only."
    if card.use is Use.VALUED:
        return Verdict.DOUBTFUL, "It is valued, but neither paid for nor protected."
    if card.use is Use.PROTECTED:
        return Verdict.SAID, "A minimum standard is to protect it. Whether the terms hold one, you have to judge."
    if not payment.lowest:
        lacks = "its milestone has no price" if card.milestone else "it is tied to no milestone"
        return Verdict.DOUBTFUL, f"It is to be paid for, but {lacks}."
    return Verdict.CLEAR, "It is paid for."


def _conscience(_card: Card, _payment: Payment) -> Found:
    return Verdict.UNKNOWN, "No field of the card can show it."


_RULES: Mapping[str, Callable[[Card, Payment], Found]] = {
    "definition": _definition,
    "own": _own,
    "people": _people,
    "verifier": _verifier,
    "evidence": _evidence,
    "burden": _burden,
    "baseline": _baseline,
    "change": _change,
    "time": _time,
    "relapse": _relapse,
    "control": _control,
    "gaming": _gaming,
    "protection": _protection,
    "conscience": _conscience,
}
