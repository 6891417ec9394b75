"""The terms in which two ways of letting may differ: where each stands in the programme file, and how people say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import isclose
from typing import Any

from commissioning.core.figures import percent, pounds
from commissioning.core.typed_numbers import write_with_separators

Lots = Sequence[Mapping[str, Any]]
#: Where the lots stand: a design that splits them has lots of its own.
LOTS = "market.lots"


class Kind(StrEnum):
    """How a term is typed and written."""

    NUMBER = "number"
    WHOLE = "whole number"
    POUNDS = "pounds"
    SHARE = "share"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Term:
    """One term; `path` leads to it in the programme file, `unit` follows its value: "weeks"."""

    path: str
    name: str
    ask: str
    kind: Kind
    unit: str = ""

    @property
    def part(self) -> str:
        """Name the part of the file, as its schema does."""
        return self.path.split(".", 1)[0]

    @property
    def key(self) -> str:
        """Give the way to it within that part."""
        return self.path.split(".", 1)[1]

    def written(self, value: Any) -> str:
        """Write a value as people say it."""
        if value is None:
            return "nothing"
        if self.kind is Kind.YES_NO:
            return "yes" if value else "no"
        if self.kind is Kind.SHARE:
            return percent(value)
        number = pounds(value) if self.kind is Kind.POUNDS else write_with_separators(float(value))
        return f"{number} {self.unit}".strip()


TERMS = (
    Term(
        "market.selection.turnover_multiple",
        "Turnover test",
        "How many times a lot's yearly value must a bidder's income be?",
        Kind.NUMBER,
        "times the lot",
    ),
    Term("market.selection.min_years", "Years registered", "For how many years must it be registered?", Kind.NUMBER),
    Term("market.selection.quality_weight", "Weight of quality", "How much does quality count, in 100?", Kind.SHARE),
    Term("market.selection.price_weight", "Weight of price", "How much does the price count, in 100?", Kind.SHARE),
    Term(
        "market.social_finance.weeks_to_bid",
        "Time to bid",
        "How many weeks are there from publication to the deadline?",
        Kind.NUMBER,
        "weeks",
    ),
    Term(
        "market.social_finance.gap_share",
        "Social finance",
        "How much of the capital that is missing can be borrowed, in 100?",
        Kind.SHARE,
    ),
    Term("market.supply_chain.share", "Passed to subcontractors", "How much is passed on, in 100?", Kind.SHARE),
    Term(
        "market.supply_chain.parcel_share",
        "Size of a subcontract",
        "How large is one subcontract, in 100 of the lot?",
        Kind.SHARE,
    ),
    Term(
        "market.supply_chain.risk_pass_through",
        "Risk passed on",
        "How much of a subcontractor's money is paid by results, in 100?",
        Kind.SHARE,
    ),
    Term(
        "market.supply_chain.grant_share",
        "Grants to subcontractors",
        "How much of a subcontract is paid as a grant at the start, in 100?",
        Kind.SHARE,
    ),
    Term("market.entry.innovation_grant", "Innovation grant", "Is there a grant for newcomers?", Kind.YES_NO),
    Term(
        "tariff.service_fee_monthly",
        "Service fee",
        "How much is paid each month, whatever happens?",
        Kind.POUNDS,
        "a month",
    ),
    Term("tariff.upfront_payment", "Upfront payment", "How much is paid at the start?", Kind.POUNDS),
    Term(
        "tariff.payment_lag_months",
        "Payments arrive",
        "How many months later does a payment arrive?",
        Kind.WHOLE,
        "months later",
    ),
    Term(
        "tariff.volume_guarantee",
        "Volume guarantee",
        "How many of the planned referrals are guaranteed, in 100?",
        Kind.SHARE,
    ),
)


@cache
def by_path() -> dict[str, Term]:
    """Give every term by its path."""
    return {term.path: term for term in TERMS}


def named(path: str) -> str:
    """Name what a path leads to; the path itself where no term is known for it."""
    if path == LOTS:
        return "Size of the lots"
    if path == "tariff":
        return "The whole tariff"
    return by_path()[path].name if path in by_path() else path


def said(path: str, value: Any) -> str:
    """Say a value that a design gives to a term."""
    if path in by_path():
        return by_path()[path].written(value)
    if path == LOTS and isinstance(value, list):
        count = sum(int(lot.get("count", 1)) for lot in value)
        whole = sum(int(lot.get("count", 1)) * float(lot["annual_value"]) for lot in value)
        return f"{count:,} contracts, {pounds(round(whole))} a year together"
    if path == "tariff" and isinstance(value, dict):
        return str(value.get("version") or "another")
    return write_with_separators(float(value)) if isinstance(value, int | float) else str(value)


def split(lots: Lots, into: int) -> list[dict[str, Any]]:
    """Cut every lot into so many, which together are worth what it is worth; to the penny, rounded down."""
    return [
        {**lot, "count": int(lot.get("count", 1)) * into, "annual_value": int(lot["annual_value"] * 100 / into) / 100}
        for lot in lots
    ]


def split_of(lots: Lots, own: Any) -> int | None:
    """Tell into how many a design cuts the lots; nothing where its own lots are no such cut."""
    if not isinstance(own, list) or len(own) != len(lots) or not lots:
        return None
    into = int(own[0].get("count", 1)) // max(1, int(lots[0].get("count", 1)))
    return into if into > 1 and _alike(split(lots, into), own) else None


def _alike(ours: Lots, theirs: Lots) -> bool:
    return all(
        isclose(a["annual_value"], b["annual_value"]) and {**a, "annual_value": 0} == {**b, "annual_value": 0}
        for a, b in zip(ours, theirs, strict=True)
    )
