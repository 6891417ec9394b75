"""What each field of a programme is called where two programmes are compared, and how its values are written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commissioning.core.pathways import Evidence, Group, Milestone

from . import difference_words as words
from .difference_words import Writer
from .programmes import PriceLine, Programme, Provider

INSTEAD = "{Subject}: {field} {new} instead of {old}."
NOW = "The {field} is now {new} instead of {old}."
MOVED = "{Subject} {moved} from {old} to {new}{by}."


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its path in the dataclass, its words, how it is written, and the sentence that tells its change.

    `refers` names the kind of thing that a field names by its id; such a field differs where the thing does.
    """

    path: str
    words: str
    write: Writer
    sentence: str = INSTEAD
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing of which a programme has several: how it is named, found, told and counted."""

    key: str
    title: str
    nouns: tuple[str, str]
    rows: Callable[[Programme], tuple[Any, ...]]
    named_by: tuple[str, ...]
    what: str
    fields: tuple[Field, ...]
    digest: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of which a programme has one; every field of it counts as a thing of its own."""

    key: str
    title: str
    nouns: tuple[str, str]
    of: Callable[[Programme], Any]
    fields: tuple[Field, ...]


PROVENANCE = (
    Field("provenance.source", "source", words.text),
    Field("provenance.url", "address of the source", words.text),
    Field("provenance.date", "date of the source", words.text),
    Field("provenance.quality", "quality of the source", words.choice),
    Field("provenance.interval", "range from low to high", words.interval),
)
NAMES = (
    Field("id", "short name", words.text),
    Field("name", "name", words.text, "{Subject} is now called {new}."),
)


def _group(group: Group) -> str:
    return f"{words.number(group.referrals_per_month)} referrals a month, price band {group.price_band}"


def _milestone(milestone: Milestone) -> str:
    comes = words.after_months(milestone.delay_months)
    return f"the final outcome, {comes}" if milestone.final else f"a step that comes {comes}"


def _evidence(row: Evidence) -> str:
    with_help = f", {words.observed(row.observed)}" if row.observed else ""
    return f"without help {words.in_100(row.baseline)}{with_help}"


def _price(line: PriceLine) -> str:
    amount = words.money(line.price)
    return amount if line.payments == 1 else f"{amount}, paid up to {words.times(line.payments)}"


def _provider(provider: Provider) -> str:
    return f"{words.per_cent(provider.share)} of the referrals"


GROUPS = Kind(
    key="group",
    title="Groups",
    nouns=("group", "groups"),
    rows=lambda programme: programme.groups,
    named_by=("id",),
    what="Group {0}",
    fields=(
        *NAMES,
        Field("price_band", "price band", words.text),
        Field("referrals_per_month", "referrals a month", words.number),
        Field("need_spread", "spread of need", words.number),
        Field("social_value", "worth of one final outcome to society", words.money),
        Field("intended_support", "support planned a person", words.money),
        *PROVENANCE,
    ),
    digest=_group,
)
MILESTONES = Kind(
    key="milestone",
    title="Milestones",
    nouns=("milestone", "milestones"),
    rows=lambda programme: programme.milestones,
    named_by=("id",),
    what="Milestone {0}",
    fields=(
        *NAMES,
        Field("after", "comes after", words.text, "{Subject} now comes after {new} instead of {old}.", "milestone"),
        Field("delay_months", "delay", words.after_months, "{Subject} is now reached {new} instead of {old}."),
        Field("final", "final outcome", words.final, "{Subject} is now {new}."),
        Field(
            "repeats", "times it can be reached", words.times, "{Subject} can now be reached {new} instead of {old}."
        ),
        Field("repeat_every_months", "time between repeats", words.months),
        *PROVENANCE,
    ),
    digest=_milestone,
)
EVIDENCE = Kind(
    key="evidence",
    title="Evidence",
    nouns=("piece of evidence", "pieces of evidence"),
    rows=lambda programme: programme.evidence,
    named_by=("group", "milestone"),
    what="Evidence for {0} at {1}",
    fields=(
        Field("group", "group", words.text, refers="group"),
        Field("milestone", "milestone", words.text, refers="milestone"),
        Field("baseline", "without help", words.in_100),
        Field("responsiveness", "responsiveness to support", words.number),
        Field("observed", "seen with help:", words.observed),
        Field("response_scale", "spending at which support begins to tell", words.money),
        Field("sample_size", "people it comes from:", words.number),
        *PROVENANCE,
    ),
    digest=_evidence,
)
PRICES = Kind(
    key="price",
    title="Prices",
    nouns=("price", "prices"),
    rows=lambda programme: programme.tariff.prices,
    named_by=("price_band", "milestone"),
    what="Price of {1} for {0}",
    fields=(
        Field("price_band", "price band", words.text),
        Field("milestone", "milestone", words.text, refers="milestone"),
        Field("price", "price", words.money, MOVED),
        Field("payments", "times it is paid", words.times, "{Subject} is now paid {new} instead of {old}."),
        *PROVENANCE,
    ),
    digest=_price,
)
PROVIDERS = Kind(
    key="provider",
    title="Providers",
    nouns=("provider", "providers"),
    rows=lambda programme: programme.providers,
    named_by=("id",),
    what="Provider {0}",
    fields=(
        *NAMES,
        Field("legal_form", "legal form", words.text),
        Field("share", "share of the referrals", words.per_cent),
        Field("spending_rule", "rule of spending", words.choice),
        Field("income_share", "share of income spent", words.per_cent),
        Field("budget_scope", "purse", words.choice),
        Field("mission_weight", "weight of its mission", words.number),
        Field("unit_cost", "cost of a pound's worth of support", words.money),
        Field("risk_discount", "discount for risk", words.per_cent),
        Field("cost_of_capital", "cost of capital a year", words.per_cent),
        Field("overhead_monthly", "overhead a month", words.money),
        Field("reserves", "reserves", words.money),
        Field("reserve_floor_months", "costs it keeps in reserve for", words.months),
        Field("overdraft", "overdraft", words.money),
        *PROVENANCE,
    ),
    digest=_provider,
)
ABOUT = Part(
    key="about",
    title="About the programme",
    nouns=("fact about the programme", "facts about the programme"),
    of=lambda programme: programme,
    fields=(
        Field("name", "name of the programme", words.text, "The programme is now called {new} instead of {old}."),
        Field("commissioner", "commissioner", words.text, NOW),
        Field("summary", "summary", words.text, "The summary was rewritten."),
        Field("start", "first month", words.first_month, NOW),
        Field("referral_months", "time for referrals", words.months, "Referrals now come for {new} instead of {old}."),
        Field("contract_months", "contract", words.months, "The contract now lasts {new} instead of {old}."),
        Field("budget", "budget", words.money, NOW),
    ),
)
TERMS = Part(
    key="term",
    title="Terms",
    nouns=("term", "terms"),
    of=lambda programme: programme.tariff,
    fields=(
        Field("version", "name of the tariff", words.text, "The tariff is now called {new} instead of {old}."),
        Field("service_fee_monthly", "service fee a month", words.money, NOW),
        Field("upfront_payment", "upfront payment", words.money, NOW),
        Field("payment_lag_months", "payments", words.after_months, "Payments now arrive {new} instead of {old}."),
        Field("minimum_service", "minimum service a person", words.money, NOW),
        Field("payment_cap", "most that the contract pays", words.money, NOW),
        Field("person_cap", "most that one person earns", words.money, NOW),
        Field("annual_price_change", "change of prices a year", words.per_cent, NOW),
        Field("volume_guarantee", "share of planned referrals guaranteed", words.per_cent, NOW),
        Field("target.milestone", "target's milestone", words.text, NOW, refers="milestone"),
        Field("target.rule", "target's rule", words.choice, NOW),
        Field("target.rate", "target's rate", words.in_100, NOW),
        Field("target.rate_from", "rate from which a rising share is paid", words.in_100, NOW),
        Field("target.window_months", "target's window", words.months, NOW),
    ),
)
UNCERTAINTY = Part(
    key="uncertainty",
    title="Uncertainty",
    nouns=("figure of uncertainty", "figures of uncertainty"),
    of=lambda programme: programme.uncertainty,
    fields=(
        Field("outcome_shock", "spread of outcomes between contracts", words.number, NOW),
        Field("outcome_shock_monthly", "spread of outcomes between months", words.number, NOW),
        Field("season", "season from January", words.season, NOW),
        Field("volume_spread", "spread of volumes", words.number, NOW),
        Field("volume_trend", "trend of volumes a year", words.per_cent, NOW),
        Field("replacement_months", "time to replace a failed provider", words.months, NOW),
        *(Field(field.path, f"{field.words} of the uncertainty", field.write, NOW) for field in PROVENANCE),
    ),
)
#: In the order in which a page shows them.
SECTIONS: tuple[Part | Kind, ...] = (ABOUT, GROUPS, MILESTONES, EVIDENCE, PRICES, TERMS, PROVIDERS, UNCERTAINTY)
