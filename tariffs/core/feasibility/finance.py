"""Rules on money for providers and on who is left to bid, for each kind of provider."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from commissioning.core.figures import percent, plain
from commissioning.core.units import Pounds, Share

from .answers import Check
from .findings import Found, Missing, Severity, money
from .subject import NOBODY, PENNY, Subject


def _result_of(subject: Subject, provider: str) -> Mapping[str, Any] | None:
    """Give what a simulation says of a provider; nothing where there is none."""
    rows = [] if subject.inputs.result is None else subject.inputs.result["providers"]
    return next((row for row in rows if row["provider"] == provider), None)


def _troughs(subject: Subject) -> tuple[dict[str, Pounds], str]:
    """Give what each contract ties up at most, and how that is known."""
    drawn = {provider.id: _result_of(subject, provider.id) for provider in subject.programme.providers}
    known = {name: float(row["trough"]["p95"]) for name, row in drawn.items() if row is not None}
    if len(known) == len(drawn):
        return known, "in 95 of 100 draws at most"
    return {contract.provider.id: contract.flows.trough for contract in subject.contracts}, "expected, without bad luck"


def _named(subject: Subject, name: str) -> str:
    given = next(provider for provider in subject.programme.providers if provider.id == name)
    return given.name or given.id


def _listed(subject: Subject, words: Mapping[str, str]) -> str:
    return "; ".join(f"{_named(subject, name)}: {text}" for name, text in words.items())


def working_capital(subject: Subject) -> Found:
    """F1: what the contract ties up, against reserves."""
    troughs, how = _troughs(subject)
    warn, exclude = subject.limit("F1_warn"), subject.limit("F1_exclude")
    shares, said = {}, {}
    for provider in subject.programme.providers:
        tied = troughs[provider.id]
        share = tied / provider.reserves if provider.reserves > PENNY else math.inf if tied > 0 else 0.0
        shares[provider.id] = share
        said[provider.id] = f"{money(tied)} of {money(provider.reserves)} in reserves"
        said[provider.id] += f", {percent(share)}" if math.isfinite(share) else ""
        said[provider.id] += ", so that it is taken not to bid" if share > exclude else ""
    worst = max(shares.values())
    words = f"Tied up by the contract, {how}. {_listed(subject, said)}."
    figures = {"trough": troughs, "share": {name: _finite(share) for name, share in shares.items()}}
    excluded = [name for name, share in shares.items() if share > exclude]
    return Found(Severity.WARN if worst > warn else Severity.PASS, words, {**figures, "excluded": excluded})


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def liquidity(subject: Subject) -> Found:
    """F2: how long reserves last at the worst point.

    Notes
    -----
    Months are those of this contract's planned cost at its start; what else a provider spends is not known.
    """
    troughs, how = _troughs(subject)
    months = {}
    for contract in subject.contracts:
        provider = contract.provider
        support = contract.planned.support @ subject.setting.referrals
        monthly = provider.overhead_monthly + provider.unit_cost * float(support) * provider.share
        if monthly > PENNY:
            months[provider.id] = (provider.reserves - troughs[provider.id]) / monthly
    if not months:
        return Found(Severity.PASS, "No support is planned, so nothing is spent.")
    least, limit = min(months.values()), subject.limit("F2_months")
    said = {name: f"{plain(max(value, 0.0), 1)} months" for name, value in months.items()}
    words = f"Left at the worst point ({how}), in months of the contract's cost: {_listed(subject, said)}."
    return Found(Severity.WARN if least < limit else Severity.PASS, words, {"months": months, "threshold": limit})


def ruin(subject: Subject) -> Found | Missing:
    """F3: how often a provider runs out of money."""
    rows = {provider.id: _result_of(subject, provider.id) for provider in subject.programme.providers}
    chances = {name: float(row["failure_probability"]) for name, row in rows.items() if row is not None}
    if not chances:
        return Missing(("run",))
    limit = subject.limit("F3_ruin")
    said = {name: percent(value) for name, value in chances.items()}
    words = f"Chance of running out of money before the end: {_listed(subject, said)}."
    severity = Severity.BLOCK if max(chances.values()) > limit else Severity.PASS
    return Found(severity, words, {"failure": chances, "threshold": limit})


def size(subject: Subject) -> Found | Missing:
    """F4: the contract's yearly value against the provider's yearly income.

    Notes
    -----
    A kind of provider whose income is not known might be the one that is too small, so nothing passes without it.
    """
    years = subject.programme.contract_months / 12.0
    incomes = subject.facts.incomes
    shares = {
        contract.provider.id: contract.flows.income / years / incomes[contract.provider.id]
        for contract in subject.contracts
        if incomes.get(contract.provider.id, 0.0) > PENNY
    }
    holders = {contract.provider.id for contract in subject.contracts if contract.flows.income > PENNY}
    unknown = holders - shares.keys()
    worst = max(shares.values(), default=0.0)
    said = {
        name: percent(value) + (", so that it is taken not to bid" if value > subject.limit("F4_exclude") else "")
        for name, value in shares.items()
    }
    words = f"The contract's value a year, of the provider's income: {_listed(subject, said)}." if said else ""
    if worst > subject.limit("F4_warn"):
        return Found(Severity.WARN, words, {"share": shares})
    if unknown:
        return Missing(("incomes",), words, {"share": shares})
    return Found(Severity.PASS, words or "No kind of provider holds a contract.", {"share": shares})


def granularity(subject: Subject) -> Found | Missing:
    """F5: how far luck alone moves the payments for results."""
    steps, variation, said = subject.setting.steps, {}, {}
    for contract in subject.contracts:
        people = float(subject.setting.referrals.sum()) * contract.provider.share * subject.programme.referral_months
        rate = float(subject.people @ (contract.planned.reach @ steps.final_share))
        if people * rate > NOBODY:
            value = math.sqrt((1.0 - rate) / (people * rate))
            variation[contract.provider.id] = value
            said[contract.provider.id] = f"{plain(people)} people at {percent(rate)} give {plain(value, 2)}"
    if not variation:
        return Missing(("referrals",), "Nobody is expected to reach the final outcome.")
    limit = subject.limit("F5_variation")
    words = f"Standard deviation over mean of the final outcomes, by luck alone: {_listed(subject, said)}."
    severity = Severity.WARN if max(variation.values()) > limit else Severity.PASS
    return Found(severity, words, {"variation": variation, "threshold": limit})


def fewer_people(subject: Subject) -> Found:
    """F6: what is left where fewer people are referred.

    Notes
    -----
    To survive is not to make a loss over the contract; the volume guarantee counts.
    """
    falls = (subject.limit("F6_fall"), subject.limit("F6_deep"))
    margins = {
        contract.provider.id: [contract.flows_of(contract.planned, 1.0 - fall).margin for fall in falls]
        for contract in subject.contracts
    }
    return _left(subject, margins, falls, "fewer referrals")


def lower_bid(subject: Subject) -> Found:
    """F7: what is left at lower prices.

    Notes
    -----
    Support stays as planned at the full price, for that is what was promised; fees are not bid down.
    """
    cuts = (subject.limit("F7_discount"), subject.limit("F7_deep"))
    margins = {
        contract.provider.id: [contract.flows.margin - cut * float(contract.flows.results.sum()) for cut in cuts]
        for contract in subject.contracts
    }
    return _left(subject, margins, cuts, "off the price")


def _left(subject: Subject, margins: Mapping[str, list[Pounds]], falls: tuple[Share, Share], what: str) -> Found:
    planned = {contract.provider.id: contract.flows.margin for contract in subject.contracts}
    said = {
        name: f"{money(planned[name])} as planned, {money(first)} at {percent(falls[0])} {what}, {money(second)} at "
        f"{percent(falls[1])}"
        for name, (first, second) in margins.items()
    }
    lost = any(first < -PENNY for first, _ in margins.values())
    words = f"Left at the end of the contract. {_listed(subject, said)}."
    figures = {"planned": planned, "margin": dict(margins), "falls": list(falls)}
    return Found(Severity.WARN if lost else Severity.PASS, words, figures)


def variety(subject: Subject) -> Found:
    """F9: how many can bid, before and after these terms."""
    number, viable = subject.facts.bidders, subject.facts.viable
    figures: dict[str, Any] = {"bidders": number, "viable": list(viable) if viable else None}
    parts, severity = [], Severity.PASS
    if viable:
        fall = 1.0 - viable[1] / viable[0] if viable[0] > 0 else 0.0
        parts.append(
            f"the effective number of kinds of provider goes from {plain(viable[0], 1)} to "
            f"{plain(viable[1], 1)}{f', down by {percent(fall)}' if fall > 0 else ''}"
        )
        severity = Severity.WARN if fall > subject.limit("F9_fall") else severity
    if number is not None:
        parts.append(f"{plain(number)} could bid")
        severity = Severity.BLOCK if number < subject.limit("F9_bidders") else severity
    words = "; ".join(parts)
    return Found(severity, f"{words[0].upper()}{words[1:]}.", figures)


def replaceable(subject: Subject) -> Found:
    """F10: how many could step in."""
    number, limit = subject.facts.step_in or 0, subject.limit("F10_providers")
    words = f"{plain(number)} providers could step in within three months; at least {plain(limit)} are aimed at."
    return Found(Severity.WARN if number < limit else Severity.PASS, words, {"providers": number, "threshold": limit})


def lending(subject: Subject) -> Found | Missing:
    """F11: interest on what the contract ties up, over what it pays.

    Notes
    -----
    rate x peak need x time overstates it, because the peak is not owed all the time: interest is added up month by
    month on what is owed, at the provider's cost of capital, where nothing is left to luck.
    """
    shares, said = {}, {}
    for contract in subject.contracts:
        if contract.flows.income > PENNY:
            owed = float(np.maximum(0.0, -contract.flows.balance).sum())
            interest = owed * ((1.0 + contract.provider.cost_of_capital) ** (1.0 / 12.0) - 1.0)
            shares[contract.provider.id] = interest / contract.flows.income
            said[contract.provider.id] = f"{money(interest)}, {percent(shares[contract.provider.id])}"
    if not shares:
        return Missing(("prices",), "No payment is expected.")
    limit = subject.limit("F11_share")
    words = f"Interest on what is spent before it is paid, of the contract's value: {_listed(subject, said)}."
    severity = Severity.WARN if max(shares.values()) > limit else Severity.PASS
    return Found(severity, words, {"share": shares, "threshold": limit})


CHECKS: dict[str, Check] = {
    "F1": working_capital,
    "F2": liquidity,
    "F3": ruin,
    "F4": size,
    "F5": granularity,
    "F6": fewer_people,
    "F7": lower_bid,
    "F9": variety,
    "F10": replaceable,
    "F11": lending,
}
