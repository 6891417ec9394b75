"""What a consultation's comments can be about: every line of a frozen draft, each by its permanent id."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from commissioning.core.figures import pounds
from commissioning.core.typed_numbers import write_with_separators

from . import tariff_terms
from .difference_words import after_months, in_100, number
from .snapshots import Snapshot

WHOLE_WORDS = "The draft as a whole"


class Kind(StrEnum):
    """What kind of thing a comment is about."""

    WHOLE = "whole"
    QUESTION = "question"
    PRICE = "price"
    TERM = "term"
    MILESTONE = "milestone"
    GROUP = "group"
    EVIDENCE = "evidence"


class Entry(StrEnum):
    """How a proposed value is typed and checked: as the line's own value is."""

    NONE = ""
    PRICE = "price"
    PAYMENT_LAG_MONTHS = "payment_lag_months"
    SERVICE_FEE_MONTHLY = "service_fee_monthly"
    UPFRONT_PAYMENT = "upfront_payment"
    MINIMUM_SERVICE = "minimum_service"
    PAYMENT_CAP = "payment_cap"
    PERSON_CAP = "person_cap"
    ANNUAL_PRICE_CHANGE = "annual_price_change"
    VOLUME_GUARANTEE = "volume_guarantee"
    TARGET_RATE = "target_rate"
    DELAY_MONTHS = "delay_months"
    REFERRALS_PER_MONTH = "referrals_per_month"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a comment can be about: who it is, what it is called, and what the draft says of it.

    `band` and `milestone` place a price; `also` says what else a reader should know.
    """

    id: UUID
    kind: Kind
    what: str
    value: str = ""
    also: str = ""
    entry: Entry = Entry.NONE
    band: str = ""
    milestone: UUID | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind."""

    kind: Kind
    title: str
    targets: tuple[Target, ...]


def sections(snapshot: Snapshot, whole: UUID) -> tuple[Section, ...]:
    """Give everything of a draft that a comment can be about.

    Parameters
    ----------
    snapshot : the frozen draft; of its tariffs only the proposed one counts.
    whole : the id by which a comment names the draft as a whole.

    Returns
    -------
    The sections in the order in which a page shows them; none is empty.
    """
    found = (
        Section(Kind.PRICE, "Prices", _prices(snapshot)),
        Section(Kind.TERM, "Terms", _terms(snapshot)),
        Section(Kind.MILESTONE, "Outcomes", _milestones(snapshot)),
        Section(Kind.GROUP, "Groups", _groups(snapshot)),
        Section(Kind.EVIDENCE, "Evidence", _evidence(snapshot)),
        Section(Kind.WHOLE, "Everything else", (Target(whole, Kind.WHOLE, WHOLE_WORDS),)),
    )
    return tuple(section for section in found if section.targets)


def by_id(found: tuple[Section, ...]) -> dict[UUID, Target]:
    """Look targets up by their permanent ids."""
    return {target.id: target for section in found for target in section.targets}


def write_proposed(entry: str, proposed: str) -> str:
    """Write a proposed value, kept as plain figures, as the draft writes its own."""
    if not proposed or entry not in PROPOSED:
        return ""
    before, after = PROPOSED[Entry(entry)]
    return f"{before}{write_with_separators(Decimal(proposed))}{after}"


PROPOSED: dict[Entry, tuple[str, str]] = {
    Entry.PRICE: ("£", ""),
    Entry.PAYMENT_LAG_MONTHS: ("", " months later"),
    Entry.SERVICE_FEE_MONTHLY: ("£", " a month"),
    Entry.UPFRONT_PAYMENT: ("£", ""),
    Entry.MINIMUM_SERVICE: ("£", " a person"),
    Entry.PAYMENT_CAP: ("£", ""),
    Entry.PERSON_CAP: ("£", ""),
    Entry.ANNUAL_PRICE_CHANGE: ("", " in 100 a year"),
    Entry.VOLUME_GUARANTEE: ("", " in 100 of the planned referrals"),
    Entry.TARGET_RATE: ("", " in 100"),
    Entry.DELAY_MONTHS: ("after ", " months"),
    Entry.REFERRALS_PER_MONTH: ("", " a month"),
    Entry.BASELINE: ("", " in 100"),
}


def _prices(snapshot: Snapshot) -> tuple[Target, ...]:
    whole = snapshot.programme
    names = {row.id: row.name or row.id for row in whole.milestones}
    known = {row.id: identity for row, identity in zip(whole.milestones, snapshot.identities.milestones, strict=True)}
    return tuple(
        Target(
            ids.id,
            Kind.PRICE,
            f"Price of {names[line.milestone]} for {line.price_band}",
            pounds(line.price),
            f"Paid {number(line.payments)} times" if line.payments and line.payments > 1 else "",
            Entry.PRICE,
            band=line.price_band,
            milestone=known[line.milestone],
        )
        for ids, line in zip(snapshot.identities.tariffs[0].lines, whole.tariff.prices, strict=True)
    )


def _terms(snapshot: Snapshot) -> tuple[Target, ...]:
    names = {row.id: row.name or row.id for row in snapshot.programme.milestones}
    return tuple(
        Target(
            term.id_in(snapshot.proposed),
            Kind.TERM,
            term.name,
            term.value,
            term.meaning,
            Entry.TARGET_RATE if term.kind == "target" else Entry(term.kind),
            term=term.kind,
        )
        for term in tariff_terms.terms(snapshot.programme.tariff, names)
    )


def _milestones(snapshot: Snapshot) -> tuple[Target, ...]:
    rows = snapshot.programme.milestones
    names = {row.id: row.name or row.id for row in rows}
    return tuple(
        Target(
            identity,
            Kind.MILESTONE,
            names[row.id],
            after_months(row.delay_months),
            f"{'The final outcome, ' if row.final else ''}comes after {names[row.after] if row.after else 'referral'}",
            Entry.DELAY_MONTHS,
        )
        for row, identity in zip(rows, snapshot.identities.milestones, strict=True)
    )


def _groups(snapshot: Snapshot) -> tuple[Target, ...]:
    return tuple(
        Target(
            identity,
            Kind.GROUP,
            row.name or row.id,
            f"{number(row.referrals_per_month)} referrals a month",
            f"Paid at the prices of band {row.price_band}",
            Entry.REFERRALS_PER_MONTH,
        )
        for row, identity in zip(snapshot.programme.groups, snapshot.identities.groups, strict=True)
    )


def _evidence(snapshot: Snapshot) -> tuple[Target, ...]:
    whole = snapshot.programme
    groups, milestones = ({row.id: row.name or row.id for row in rows} for rows in (whole.groups, whole.milestones))
    return tuple(
        Target(
            identity,
            Kind.EVIDENCE,
            f"{groups[row.group]} reaching {milestones[row.milestone]}",
            f"{in_100(row.baseline)} without help",
            f"Source: {row.provenance.source}" if row.provenance.source else "No source is given",
            Entry.BASELINE,
        )
        for row, identity in zip(whole.evidence, snapshot.identities.evidence, strict=True)
    )
