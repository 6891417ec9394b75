"""Rules on whom the money leads to: groups, people within a group, steps, and those who come later."""

import numpy as np

from commissioning.core.figures import percent, plain
from commissioning.core.units import Array
from tariffs.core.incentives import GroupReport
from tariffs.core.incentives.pathways import REFERRAL, Bools

from .answers import Check
from .findings import Found, Missing, Severity, money
from .flows import arrivals_of_cohorts
from .subject import NOBODY, PENNY, Subject

#: Beyond this a ratio of chances says no more.
_MANY_TIMES = 1000


def _weighed(value: float, warn: float, block: float) -> Severity:
    """Weigh a value that is worse the higher it is."""
    return Severity.BLOCK if value > block else Severity.WARN if value > warn else Severity.PASS


def _by_group(subject: Subject) -> list[list[GroupReport]]:
    """Give the reports of all contracts on each group."""
    return [list(rows) for rows in zip(*(contract.reports for contract in subject.contracts), strict=True)]


def _mean(subject: Subject, values: list[float | None]) -> float:
    """Average what is known of all contracts, by share."""
    return float(np.dot(subject.weights, [value or 0.0 for value in values]))


def parity(subject: Subject) -> Found | Missing:
    """I1: income per pound of support needed, each group against the best-paid one.

    Notes
    -----
    Support needed is what the commissioner intends, or else what society would choose. It is the same parity that
    the price grid shows. The rule compares income at equal effort, which asks less of the prices: that is the least
    income a head over the most, beside it.
    """
    rows = {g: [row.parity for row in rows] for g, rows in enumerate(_by_group(subject))}
    known = {g: _mean(subject, values) for g, values in rows.items() if None not in values}
    if not known:
        return Missing(("social-value",), "No group has support that is intended or worth its cost.")
    least = min(known, key=lambda g: known[g])
    figures = {subject.programme.groups[g].id: value for g, value in known.items()}
    a_head = subject.income.sum(-1)
    ratio = float(a_head.min() / a_head.max()) if a_head.max() > 0 else None
    warn, block = subject.limit("I1_warn"), subject.limit("I1_block")
    severity = Severity.PASS
    if known[least] < warn:
        severity = Severity.BLOCK if known[least] < block else Severity.WARN
    best = max(known, key=lambda g: known[g])
    words = "There is one group only, so nobody is paid less than others."
    if len(known) > 1:
        words = f"For each pound of support needed, {subject.name(least)} earns {percent(known[least])} of what "
        words += f"{subject.name(best)} earns."
    return Found(severity, words, {"parity": figures, "income_a_head_least_over_most": ratio})


def parking(subject: Subject) -> Found:
    """I2: people who are parked, in the group where most are.

    Notes
    -----
    The worst group decides, because a small group that is parked whole would vanish in an average over all.
    """
    shares = [float(np.dot(subject.weights, [row.parked_share for row in rows])) for rows in _by_group(subject)]
    worst = int(np.argmax(shares))
    whole = float(np.dot(subject.people, shares))
    words = f"{percent(whole)} of all people would be parked, most of {subject.name(worst)}: {percent(shares[worst])}."
    if shares[worst] == 0:
        words = "Nobody would be parked."
    figures = {
        "all": whole,
        "by_group": dict(zip([group.id for group in subject.programme.groups], shares, strict=True)),
    }
    return Found(_weighed(shares[worst], subject.limit("I2_warn"), subject.limit("I2_block")), words, figures)


def alike(subject: Subject) -> Found:
    """I3: how unlike the people of one group are.

    Notes
    -----
    Without records of persons, the spread of need that the programme gives each group stands for them: the chance of
    the final outcome without help at nine tenths of the twenty parts of a group over that at one tenth. The smallest
    chance that counts is one in a million.
    """
    chances = np.einsum("gsj,s->gj", subject.setting.without_help(), subject.setting.steps.final_share)
    ratios = np.quantile(chances, 0.9, axis=-1) / np.maximum(np.quantile(chances, 0.1, axis=-1), 1e-6)
    worst = int(np.argmax(ratios))
    ratio = subject.facts.need_ratio or float(ratios[worst])
    means = chances.mean(-1)
    between = float(subject.people @ (means - subject.people @ means) ** 2)
    within = float(subject.people @ chances.var(-1))
    share = subject.facts.between_share
    if share is None and len(means) > 1 and between + within > NOBODY:
        share = between / (between + within)
    words = (
        f"In {subject.name(worst)} the chance without help is {_times(ratio)} times as high for the person at nine "
        "tenths as for the one at one tenth"
    )
    words += (
        f"; {percent(share)} of the differences between people lie between the groups." if share is not None else "."
    )
    unlike = ratio > subject.limit("I3_ratio") or (share is not None and share < subject.limit("I3_between"))
    return Found(Severity.WARN if unlike else Severity.PASS, words, {"ratio": ratio, "between_share": share})


def _times(ratio: float) -> str:
    return plain(ratio, 1) if ratio <= _MANY_TIMES else f"more than {plain(_MANY_TIMES)}"


def on_results(subject: Subject) -> Found | Missing:
    """I4: how much is earned before the final outcome, and how much with it or after it.

    Notes
    -----
    Fees are left out. A milestone on another branch than the final one counts neither as early nor as final.
    """
    income = subject.people @ subject.income
    if income.sum() <= PENNY:
        return Missing(("prices",), "No payment for an outcome is expected.")
    before, after = _around_final(subject)
    automatic = subject.setting.chances.automatic.all(0)
    early = float(income[(before | automatic) & ~after].sum() / income.sum())
    final = float(income[after].sum() / income.sum())
    words = (
        f"{percent(early)} of the income expected from outcomes comes from being taken on or from steps before the "
        f"final outcome, {percent(final)} from the final outcome or what follows it."
    )
    bad = early > subject.limit("I4_early") or final < subject.limit("I4_final")
    return Found(Severity.WARN if bad else Severity.PASS, words, {"early_share": early, "final_share": final})


def _around_final(subject: Subject) -> tuple[Bools, Bools]:
    """Mark the steps on the way to the final outcome, and those from it on."""
    steps = subject.setting.steps
    before, after = np.zeros(len(steps), dtype=bool), steps.final_share > 0
    for s, parent in enumerate(steps.parent):
        after[s] = after[s] or (parent != REFERRAL and after[parent])
    at = int(steps.parent[int(np.argmax(steps.final_share > 0))])
    while at != REFERRAL:
        before[at], at = True, int(steps.parent[at])
    return before, after


def no_stop(subject: Subject) -> Found:
    """I5: going on at each later step brings more than it costs.

    Notes
    -----
    P(next | this) x R_next >= cost is asked of each step that follows another: R_next is its price and what is expected
    to follow, cost what providers plan to spend on a person standing before it. Where they plan to spend nothing on a
    step that support could move, there is no going on.
    """
    setting = subject.setting
    spend = subject.mean([contract.planned.spend for contract in subject.contracts])
    stops, least = [], None
    for g, s in zip(*np.nonzero(setting.chances.responsiveness > 0), strict=True):
        if not _follows_another(subject, int(g), int(s)):
            continue
        worth = float(_ahead(subject, int(s)) @ subject.income[g])
        ratio = worth / float(spend[g, s]) if spend[g, s] > PENNY else 0.0
        least = ratio if least is None else min(least, ratio)
        if ratio < subject.limit("I5_ratio"):
            stops.append(f"{subject.milestone(int(s))} ({subject.name(int(g))})")
    if least is None:
        return Found(Severity.PASS, "No later step needs support.")
    words = "Going on brings more than it costs at every later step."
    if stops:
        words = f"It pays to stop before: {'; '.join(dict.fromkeys(stops))}."
    return Found(Severity.WARN if stops else Severity.PASS, words, {"least_worth_over_cost": least, "stops": stops})


def _follows_another(subject: Subject, group: int, step: int) -> bool:
    """Tell whether a step comes after another that support can move."""
    parents = subject.setting.steps.parent
    at = int(parents[step])
    while at != REFERRAL:
        if subject.setting.chances.responsiveness[group, at] > 0:
            return True
        at = int(parents[at])
    return False


def _ahead(subject: Subject, step: int) -> Array:
    """Mark a step and all that follow it."""
    marked = np.zeros(len(subject.setting.steps))
    marked[step] = 1.0
    for s, parent in enumerate(subject.setting.steps.parent):
        if parent != REFERRAL and marked[parent]:
            marked[s] = 1.0
    return marked


def entry(subject: Subject) -> Found | Missing:
    """I9: nobody is worth turning away, and the payee may not choose.

    Notes
    -----
    Whom a provider would turn away follows from the prices; whether it may, the programme file does not say.
    """
    values = [float(np.dot(subject.weights, [row.head_value for row in rows])) for rows in _by_group(subject)]
    figures = {"head_value": dict(zip([group.id for group in subject.programme.groups], values, strict=True))}
    declined = [subject.name(g) for g, value in enumerate(values) if value < 0]
    if declined:
        words = f"A provider earns more by turning people away from: {', '.join(declined)}."
        return Found(Severity.PASS if subject.facts.provider_selects is False else Severity.WARN, words, figures)
    if subject.facts.provider_selects is None:
        words = "No group is worth turning away as a whole; within a group some people may be."
        return Missing(("entry",), words, figures)
    if subject.facts.provider_selects:
        return Found(Severity.WARN, "The provider may choose whom it takes.", figures)
    return Found(Severity.PASS, "The provider does not choose whom it takes.", figures)


def later_people(subject: Subject) -> Found | Missing:
    """I14: what a person is worth by the year of referral, against the best year.

    Notes
    -----
    The rule speaks of fees that taper. Two terms do that here: the yearly change of prices, and the contract's end,
    which cuts off payments that fall due later. Both count.
    """
    by_year = np.stack([arrivals_of_cohorts(subject.setting, income) for income in subject.income])
    if not (by_year > PENNY).any():
        return Missing(("prices",), "No payment for an outcome is expected.")
    best = by_year.max(-1)
    falls = np.array([1.0 - row.min() / high if high > 0 else 0.0 for row, high in zip(by_year, best, strict=True)])
    worst, limit = int(np.argmax(falls)), subject.limit("I14_fall")
    words = (
        f"Income expected for a person of {subject.name(worst)} falls from {money(best[worst])} in the best year of "
        f"referral to {money(by_year[worst].min())} in the worst, by {percent(falls[worst])}."
    )
    if falls[worst] < 1e-9:
        words = "A person is worth the same in every year of referral."
    by_group = {group.id: [float(value) for value in by_year[g]] for g, group in enumerate(subject.programme.groups)}
    severity = Severity.WARN if falls[worst] > limit else Severity.PASS
    return Found(severity, words, {"fall": float(falls[worst]), "income_by_year": by_group, "threshold": limit})


CHECKS: dict[str, Check] = {
    "I1": parity,
    "I2": parking,
    "I3": alike,
    "I4": on_results,
    "I5": no_stop,
    "I9": entry,
    "I14": later_people,
}
