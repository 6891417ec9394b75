"""What a survey asks providers, in bands, and how answers are counted so that nobody can be recognised."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .bands import APPETITES
from .registers import BANDS

#: With fewer answers than this nothing is shown, and no group of sizes that is shown apart is smaller.
LEAST = 5
#: While a survey is open, only so many steps of answers are told.
STEP = 5
MOST_WORDS = 500

Choices = dict[str, str]

SIZES: Choices = {
    "micro": "Under £10,000",
    "small": "£10,000 to £100,000",
    "medium": "£100,000 to £1 million",
    "large": "£1 million to £10 million",
    "major": "£10 million to £100 million",
    "super_major": "£100 million and over",
}
APPETITE: Choices = {f"band-{number}": words.capitalize() for number, words in enumerate(APPETITES, 1)}
WAIT: Choices = {
    "none": "We cannot wait: costs have to be paid as they arise",
    "1": "Up to one month",
    "3": "Up to three months",
    "6": "Up to six months",
    "12": "Up to a year",
    "more": "More than a year",
}
CONTRACT: Choices = {
    "100k": "Under £100,000 a year",
    "500k": "£100,000 to £500,000 a year",
    "1m": "£500,000 to £1 million a year",
    "5m": "£1 million to £5 million a year",
    "more": "Over £5 million a year",
}
WOULD_BID: Choices = {"yes": "Yes", "maybe": "Maybe", "no": "No"}
NEEDS: Choices = {
    "earlier": "Payments that arrive earlier",
    "upfront": "A part paid upfront or as a monthly fee",
    "smaller": "Smaller contracts",
    "referrals": "A number of referrals that is guaranteed",
    "prices": "Higher prices for the people who need most",
    "finance": "Social finance on fair terms",
    "partner": "A partner, or a prime who keeps the risk",
    "time": "More time to prepare a bid",
    "nothing": "Nothing: we do not work on payment by results",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one provider answered: keys of the choices above, and words of its own."""

    size: str
    appetite: str
    wait: str
    smallest: str
    largest: str
    would_bid: str
    needs: tuple[str, ...] = ()
    words: str = ""


#: Each question with one answer: field, what was asked, and its choices.
QUESTIONS: tuple[tuple[str, str, Choices], ...] = (
    ("would_bid", "Would you bid under these terms?", WOULD_BID),
    ("appetite", "What share of your free reserves would your trustees put at risk?", APPETITE),
    ("wait", "How long could you wait for a payment?", WAIT),
    ("smallest", "The smallest contract you would bid for", CONTRACT),
    ("largest", "The largest contract you would bid for", CONTRACT),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One question: a row for each choice, with a count for each group of sizes, and for all together at the end."""

    field: str
    question: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that a closed survey shows: how many answered, by size, question by question, and words."""

    answers: int
    sizes: tuple[tuple[str, int], ...]
    questions: tuple[Counted, ...]
    needs: tuple[tuple[str, int], ...]
    words: tuple[str, ...]


def told(answers: int) -> int:
    """Give how many answers may be told of while more can come: whole steps only, so that nobody's coming is seen."""
    return answers // STEP * STEP


def results(answers: Sequence[Answer]) -> Results | None:
    """Count the answers of a closed survey; nothing where there are too few.

    Words come in the order of the alphabet, which says nothing of who wrote them or when.
    """
    if len(answers) < LEAST:
        return None
    groups = _groups(Counter(answer.size for answer in answers))
    return Results(
        answers=len(answers),
        sizes=tuple((_range(sizes), sum(answer.size in sizes for answer in answers)) for sizes in groups),
        questions=tuple(_counted(answers, groups, *question) for question in QUESTIONS),
        needs=tuple((words, sum(key in answer.needs for answer in answers)) for key, words in NEEDS.items()),
        words=tuple(sorted(answer.words for answer in answers if answer.words)),
    )


def _groups(counts: Counter[str]) -> list[tuple[str, ...]]:
    """Put neighbouring sizes together until each group is large enough; the groups hold every answer.

    All of them are large enough, so none can be worked out from the others and the total.
    """
    groups: list[tuple[str, ...]] = []
    open_group: tuple[str, ...] = ()
    for size in SIZES:
        open_group += (size,)
        if sum(counts[each] for each in open_group) >= LEAST:
            groups, open_group = [*groups, open_group], ()
    return [*groups[:-1], groups[-1] + open_group]


def _range(sizes: Sequence[str]) -> str:
    """Say a group of neighbouring sizes: from the lower end of the first to the upper end of the last."""
    if len(sizes) == 1:
        return SIZES[sizes[0]]
    if len(sizes) == len(BANDS):
        return "All sizes"
    if sizes[0] == BANDS[0]:
        return f"Under {SIZES[sizes[-1]].split(' to ')[1]}"
    lower = SIZES[sizes[0]].split(" to ")[0]
    return f"{lower} and over" if sizes[-1] == BANDS[-1] else f"{lower} to {SIZES[sizes[-1]].split(' to ')[1]}"


def _counted(
    answers: Sequence[Answer], groups: Sequence[tuple[str, ...]], field: str, question: str, choices: Choices
) -> Counted:
    apart = Counter((getattr(answer, field), answer.size) for answer in answers)
    rows = []
    for key, words in choices.items():
        within = [sum(apart[key, size] for size in sizes) for sizes in groups]
        rows.append((words, (*within, sum(within)) if len(groups) > 1 else (sum(within),)))
    return Counted(field, question, tuple(rows))
