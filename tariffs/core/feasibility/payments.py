"""Rules on payments: forecasts, the budget, caps, and who else pays or gains."""

import numpy as np

from commissioning.core.figures import percent, pounds, short_pounds
from commissioning.core.pathways import Quality

from .answers import Check
from .findings import Found, Severity, money, so_many
from .flows import present_value
from .subject import PENNY, Subject
from .suitability import moved


def discounting(subject: Subject) -> Found:
    """P6: what the expected payments are worth today."""
    rate = subject.limit("P6_early")
    paid = sum(contract.flows.income for contract in subject.contracts)
    today = sum(present_value(flows.results + flows.fees, rate) for flows in (c.flows for c in subject.contracts))
    words = f"{short_pounds(paid)} is expected to be paid over the contract, worth {short_pounds(today)} at its start."
    words += f" The Green Book's rate, {percent(rate)} a year, is under review."
    return Found(Severity.INFO, words, {"expected": paid, "present_value": today, "rate": rate})


def optimism(subject: Subject) -> Found:
    """P7: forecasts carry their uncertainty, and what that may mean for payments.

    Notes
    -----
    A programme has no field for a correction. A forecast counts as corrected where all evidence that support can move
    is better than weak and has a range.
    """
    rows = moved(subject)
    poor = [row for row in rows if row.provenance.quality in (None, Quality.WEAK, Quality.ASSUMPTION)]
    bare = [row for row in rows if row.provenance.interval is None]
    paid = sum(contract.flows.income for contract in subject.contracts)
    middle, low = paid * subject.limit("P7_median"), paid * subject.limit("P7_low")
    words = (
        f"Of {so_many(len(rows), 'figure')} that support can move, {len(poor)} are weak, assumed or not judged and "
        f"{len(bare)} have no range. Of {short_pounds(paid)} expected, other projects' experience would leave "
        f"{short_pounds(middle)} in the middle case and {short_pounds(low)} in one of ten."
    )
    figures = {"poor": len(poor), "without_range": len(bare), "expected": paid, "median": middle, "p10": low}
    return Found(Severity.WARN if poor or bare else Severity.PASS, words, figures)


def affordable(subject: Subject) -> Found:
    """P8: payments in a dear year against the budget.

    Notes
    -----
    Without a run only the expectation is known: above the budget it blocks, below it proves nothing yet.
    """
    budget, result = subject.programme.budget, subject.inputs.result
    if result is not None:
        high = float(result["commissioner"]["spend"]["p95"])
        words = f"In 95 of 100 draws no more than {short_pounds(high)} is paid{_against(high, budget)}."
        severity = Severity.PASS if high <= budget else Severity.BLOCK
        return Found(severity, words, {"p95": high, "budget": budget, "draws": result["draws"]})
    paid = sum(contract.flows.income for contract in subject.contracts)
    words = f"{short_pounds(paid)} is expected to be paid{_against(paid, budget)}."
    if paid > budget:
        return Found(Severity.BLOCK, words, {"expected": paid, "budget": budget})
    words += " Whether a dear year fits too needs a simulation."
    return Found(Severity.INFO, words, {"expected": paid, "budget": budget})


def _against(paid: float, budget: float) -> str:
    gap = f"{money(abs(paid - budget))} {'more' if paid > budget else 'less'} than"
    return f", {gap} the budget of {pounds(budget)}"


def contract_cap(subject: Subject) -> Found:
    """P9: expected payments without the cap, over the cap, and when it is reached."""
    cap = subject.programme.tariff.payment_cap
    if cap is None:
        return Found(Severity.PASS, "The contract has no cap.")
    by_month = np.sum([contract.flows.uncapped for contract in subject.contracts], 0)
    limit, whole = cap * subject.shares, float(by_month.sum())
    ratio = whole / limit if limit > PENNY else None
    reached = np.flatnonzero(np.cumsum(by_month) >= limit * (1.0 - 1e-12))
    month = int(reached[0]) + 1 if len(reached) else None
    words = f"Without the cap {short_pounds(whole)} would be expected, against a cap of {short_pounds(limit)}"
    words += f", reached in month {month}." if month is not None else "."
    severity = Severity.WARN if whole > subject.limit("P9_ratio") * limit else Severity.PASS
    return Found(severity, words, {"ratio": ratio, "month": month})


def person_cap(subject: Subject) -> Found:
    """P10: how many of the group furthest from the outcome reach a step whose price the cap cuts.

    Notes
    -----
    Where the cap cuts several branches, the one that most people reach is counted.
    """
    if subject.programme.tariff.person_cap is None:
        return Found(Severity.PASS, "There is no cap on what one person earns.")
    whole = subject.uncapped_prices
    cut = whole > subject.setting.prices + 1e-9
    without = subject.setting.without_help().mean(-1) @ subject.setting.steps.final_share
    hardest, limit = int(np.argmin(without)), subject.limit("P10_share")
    share = float(np.where(cut[hardest], subject.reach[hardest], 0.0).max(initial=0.0))
    words = f"{percent(share)} of {subject.name(hardest)} are expected to reach a step whose price the cap cuts"
    if cut[hardest].any():
        words += f", first at {subject.milestone(int(np.argmax(cut[hardest])))}"
    severity = Severity.WARN if share > limit else Severity.PASS
    return Found(severity, f"{words}.", {"share": share, "threshold": limit})


def overlap(subject: Subject) -> Found:
    """P11: people for whom another programme pays too."""
    share = subject.facts.overlap_share or 0.0
    words = f"Another programme pays too for {percent(share)} of people."
    return Found(Severity.WARN if share > 0 else Severity.PASS, words, {"share": share})


def payer_benefits(subject: Subject) -> Found:
    """P12: the payer's part of the benefit."""
    share, limit = subject.facts.payer_share or 0.0, subject.limit("P12_share")
    words = f"{percent(share)} of the benefit falls to the body that pays."
    return Found(Severity.INFO if share < limit else Severity.PASS, words, {"share": share, "threshold": limit})


CHECKS: dict[str, Check] = {
    "P6": discounting,
    "P7": optimism,
    "P8": affordable,
    "P9": contract_cap,
    "P10": person_cap,
    "P11": overlap,
    "P12": payer_benefits,
}
