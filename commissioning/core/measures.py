"""Measure cards: how one outcome would be known, who says so, and what could go wrong with it."""

from dataclasses import dataclass
from enum import StrEnum

from .units import Months, Pounds, Share


class Verifier(StrEnum):
    """Who confirms that an outcome was reached."""

    PROVIDER = "provider"
    PERSON = "person"
    COMMISSIONER = "commissioner"
    BODY = "body"
    RECORDS = "records"


class Independence(StrEnum):
    """What whoever verifies gains or loses by what they say."""

    FULL = "full"
    PARTLY = "partly"
    NONE = "none"


class Use(StrEnum):
    """What an outcome is to a programme."""

    PAID = "paid"
    PROTECTED = "protected"
    VALUED = "valued"


class State(StrEnum):
    """How far the talks about a card are."""

    IDEA = "idea"
    DISCUSSION = "discussion"
    AGREED = "agreed"
    DROPPED = "dropped"


#: More than two outcomes of their own nobody can work towards at once (NCVO 2014, case study 5).
MOST_OWN_OUTCOMES = 2


@dataclass(frozen=True, slots=True)
class Card:
    """What a measure card says. An empty text, and None, is not said.

    `own_outcomes` is how many outcomes each person may define under it: none, one or two.
    """

    definition: str = ""
    unit: str = ""
    for_whom: str = ""
    verifier: Verifier | None = None
    independence: Independence | None = None
    validation_method: str = ""
    data_source: str = ""
    cost_of_claim: Pounds | None = None
    baseline: str = ""
    baseline_source: str = ""
    baseline_date: str = ""
    lag_months: Months | None = None
    depends_on: str = ""
    gaming: str = ""
    gaming_guard: str = ""
    minimum_change: str = ""
    relapse_rule: str = ""
    use: Use | None = None
    milestone: str = ""
    own_outcomes: int = 0
    own_agreement: str = ""
    own_record: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """What the programme pays for a card's milestone, and where its lines are drawn.

    `lowest` is the lowest price of the milestone in any band, nothing where it has none; `most_of_price` the part of it
    that a claim may cost; `latest` the months by which an outcome should be known.
    """

    lowest: Pounds | None
    most_of_price: Share
    latest: Months
