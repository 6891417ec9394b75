"""Rules on prices: what an outcome is worth, and what it costs."""

import numpy as np

from commissioning.core.figures import percent, plain, short_pounds
from commissioning.core.units import Array

from .answers import Check
from .findings import Found, Missing, Severity
from .subject import NOBODY, PENNY, Contract, Subject


def _discounted(subject: Subject, yearly: float) -> Array:
    """Give what a pound at each step is worth at referral; axis step."""
    return (1.0 + yearly) ** (-subject.setting.steps.months / 12.0)


def _benefits(subject: Subject) -> Array:
    """Give the present value of the outcomes that a person's support adds under the providers' plans, £; axis group."""
    steps = subject.setting.steps
    value = np.array([group.social_value for group in subject.programme.groups])
    added = subject.reach - subject.setting.without_help().mean(-1)
    discount = _discounted(subject, subject.limit("P6_early"))
    return value * (1.0 - subject.limit("P1_optimism")) * (added @ (steps.final_share * discount))


def _valued(subject: Subject) -> list[int]:
    return [g for g, group in enumerate(subject.programme.groups) if group.social_value > 0]


def worth_its_price(subject: Subject) -> Found | Missing:
    """P1: what is paid a person against what support adds for society.

    Notes
    -----
    price <= B (1 - d / p) is asked of the whole pathway: all that is expected to be paid a person for milestones,
    against the final outcomes added. Both are discounted to referral at the Green Book's rate. Fees are left out, as in
    the rule: they may pay for a whole service, such as a prison, of which the outcome is only a part.
    """
    later = _discounted(subject, subject.limit("P6_early"))
    paid_later = (1.0 + subject.limit("P6_early")) ** (-subject.programme.tariff.payment_lag_months / 12.0)
    paid, benefit = (subject.income @ later) * paid_later, _benefits(subject)
    groups = _valued(subject)
    figures = {subject.programme.groups[g].id: _ratio(paid[g], benefit[g]) for g in groups}
    dear = [g for g in groups if paid[g] > subject.limit("P1_ratio") * benefit[g]]
    each = "; ".join(
        f"{subject.name(g)}: {short_pounds(paid[g])} for {short_pounds(benefit[g])}" for g in (dear or groups)
    )
    if dear:
        words = f"More is expected to be paid a person than the outcomes added are worth. {each}."
        return Found(Severity.BLOCK, words, {"ratio": figures})
    if len(groups) < len(subject.programme.groups):
        return Missing(("social-value",), f"{each}." if groups else "", {"ratio": figures})
    return Found(Severity.PASS, f"Paid a person, for outcomes worth: {each}.", {"ratio": figures})


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > PENNY else None


def _by_group(contract: Contract) -> tuple[Array, Array]:
    """Give income and cost a person at their present value, £, for the service that is asked for; axis group."""
    steps, service, provider = contract.setting.steps, contract.intended, contract.provider
    monthly = (1.0 + provider.cost_of_capital) ** (-1.0 / 12.0)
    lag = monthly**contract.setting.programme.tariff.payment_lag_months
    income = contract.income(service) @ monthly**steps.months * lag + contract.fees
    cost = provider.unit_cost * (service.spend @ monthly ** (steps.months - steps.delay)) + contract.overhead
    return income, cost


def covers_cost(subject: Subject) -> Found:
    """P2: income covers the cost of the service that is asked for.

    Notes
    -----
    c is what the commissioner intends to be spent on a person, and p what that support is expected to reach when it is
    spent on all alike; where nothing is intended, both are those of the provider's own plan, for support that follows
    income always pays for itself. k is charged for the months between spending and being paid.
    """
    rows, short = {}, []
    for contract in subject.contracts:
        income, cost = _by_group(contract)
        rows[contract.provider.id] = _ratio(float(income @ subject.people), float(cost @ subject.people))
        short += [g for g in range(len(cost)) if income[g] < subject.limit("P2_ratio") * cost[g] and g not in short]
    known = {name: ratio for name, ratio in rows.items() if ratio is not None}
    least = min(known.values(), default=None)
    words = "No support is asked for or planned."
    if least is not None:
        words = f"Expected income is {plain(100 * least, 1)}% of cost, at present value."
    if short:
        words += f" Income falls short of cost for: {', '.join(subject.name(g) for g in short)}."
    severity = Severity.WARN if short else Severity.PASS
    if least is not None and least < subject.limit("P2_ratio"):
        severity = Severity.BLOCK
    return Found(severity, words, {"income_over_cost": rows, "short": [subject.programme.groups[g].id for g in short]})


def bargaining_zone(subject: Subject) -> Found | Missing:
    """P3: for each group the least price that covers cost lies below the most that its outcomes are worth.

    Notes
    -----
    Both are prices of one final outcome at the service that is asked for: floor = (cost - fees) / p, ceiling =
    B (p - d) / p. Providers who need less set the floor.
    """
    steps = subject.setting.steps
    without = subject.setting.without_help().mean(-1) @ steps.final_share
    value = np.array([group.social_value for group in subject.programme.groups]) * (1.0 - subject.limit("P1_optimism"))
    floors, ceilings = [], []
    for contract in subject.contracts:
        reached = contract.intended.reach @ steps.final_share
        cost = _by_group(contract)[1] - contract.fees
        floors.append(np.divide(cost, reached, out=np.full_like(cost, np.inf), where=reached > NOBODY))
        ceilings.append(value * np.divide(reached - without, reached, out=np.zeros_like(cost), where=reached > NOBODY))
    floor, ceiling = np.min(floors, 0).clip(0.0), np.max(ceilings, 0)
    groups = _valued(subject)
    none_ = [g for g in groups if floor[g] > ceiling[g]]
    figures = {
        subject.programme.groups[g].id: {"floor": _finite(floor[g]), "ceiling": float(ceiling[g])} for g in groups
    }
    each = "; ".join(
        f"{subject.name(g)}: at least {_price(floor[g])}, worth {short_pounds(ceiling[g])}" for g in none_ or groups
    )
    if none_:
        return Found(Severity.BLOCK, f"No price of a final outcome suits both sides. {each}.", figures)
    if len(groups) < len(subject.programme.groups):
        return Missing(("social-value",), f"{each}." if groups else "", figures)
    return Found(Severity.PASS, f"Prices of a final outcome that suit both sides: {each}.", figures)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _price(value: float) -> str:
    return short_pounds(value) if np.isfinite(value) else "more than any price"


def headroom(subject: Subject) -> Found | Missing:
    """P4: by how much results may fall short before income no longer covers cost."""
    rows = {}
    for contract in subject.contracts:
        income, cost = (float(part @ subject.people) for part in _by_group(contract))
        results = income - contract.fees
        rows[contract.provider.id] = 1.0 - (cost - contract.fees) / results if results > PENNY else None
    known = [value for value in rows.values() if value is not None]
    if not known:
        return Missing(("prices",), "No payment for an outcome is expected.")
    least, limit = min(known), subject.limit("P4_headroom")
    severity = Severity.BLOCK if least < 0 else Severity.WARN if least < limit else Severity.PASS
    words = (
        f"Results may fall {percent(least)} short of what is expected before the contract loses money; "
        f"{percent(limit)} is aimed at."
    )
    if least < 0:
        words = f"Results would have to be {percent(-least)} better than expected for the contract to cover its cost."
    return Found(severity, words, {"headroom": rows, "threshold": limit})


def deadweight(subject: Subject) -> Found | Missing:
    """P5: how much of the payments for results would have been earned without help.

    Notes
    -----
    Payments for steps that everyone takes (attachment fees) are left out: they are not meant to buy a result.
    """
    results = np.where(subject.setting.chances.automatic, 0.0, subject.income).sum(-1)
    without = subject.mean([contract.unhelped_income for contract in subject.contracts])
    without = np.where(subject.setting.chances.automatic, 0.0, without).sum(-1)
    if results @ subject.people <= PENNY:
        return Missing(("prices",), "No payment for a result is expected.")
    share = float(without @ subject.people / (results @ subject.people))
    each = {subject.programme.groups[g].id: _ratio(without[g], results[g]) for g in range(len(results))}
    worst = max((g for g in range(len(results)) if results[g] > PENNY), key=lambda g: without[g] / results[g])
    people = subject.setting.referrals.sum() * subject.programme.referral_months * subject.shares
    spend = float(without @ subject.people * people)
    highest = float(without[worst] / results[worst])
    words = (
        f"{percent(share)} of the payments for results, about {short_pounds(spend)} over the contract, would be earned "
        f"without help; most for {subject.name(worst)}, {percent(highest)}."
    )
    severity = Severity.PASS
    if highest >= subject.limit("P5_block"):
        severity = Severity.BLOCK
    elif highest > subject.limit("P5_warn"):
        severity = Severity.WARN
    return Found(severity, words, {"share": share, "spend": spend, "by_group": each})


CHECKS: dict[str, Check] = {
    "P1": worth_its_price,
    "P2": covers_cost,
    "P3": bargaining_zone,
    "P4": headroom,
    "P5": deadweight,
}
