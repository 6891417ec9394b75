"""Rules on measuring: targets and luck, what is counted, and who counts it."""

import math

import numpy as np

from commissioning.core.figures import percent, plain
from tariffs.core.incentives.decisions import shock_deviation
from tariffs.core.luck import Bet, chance_against_sample, luck_test, people_needed
from tariffs.core.programmes import TargetRule

from .answers import Check
from .findings import Figures, Found, Missing, Severity, money
from .subject import NOBODY, Contract, Subject

NO_TARGET = "There is no target: every outcome is paid."


def bets(subject: Subject) -> dict[str, Bet]:
    """Give each provider's bet on the target, by provider id; none where nobody is referred to it in a window.

    Notes
    -----
    All groups are pooled. What one outcome pays is the average over those expected, with the payments that repeat it.
    """
    found = {contract.provider.id: _bet(subject, contract) for contract in subject.contracts}
    return {name: bet for name, bet in found.items() if bet is not None}


def _bet(subject: Subject, contract: Contract) -> Bet | None:
    setting, target = subject.setting, subject.programme.tariff.target
    people = round(float(setting.referrals.sum()) * contract.provider.share * target.window_months)
    first = int(np.argmax(setting.targeted))
    reach = contract.planned.reach
    outcomes = float(subject.people @ reach[:, first])
    value = float(subject.people @ (reach * setting.prices * setting.targeted).sum(-1))
    if people < 1 or outcomes <= NOBODY:
        return None
    baseline = float(subject.people @ setting.without_help().mean(-1)[:, first])
    return Bet(target, people, baseline, value / outcomes, shock_deviation(setting, target))


def cliff(subject: Subject) -> Found | Missing:
    """I6: what one outcome more pays at the target, and how much of the payment luck moves."""
    target = subject.programme.tariff.target
    if target.rule is TargetRule.NONE:
        return Found(Severity.PASS, NO_TARGET)
    given = bets(subject)
    if not given:
        return Missing(("referrals",))
    tests = {name: luck_test(bet) for name, bet in given.items()}
    worst = max(tests, key=lambda name: tests[name].moved)
    test, limit = tests[worst], subject.limit("I6_moved")
    words = (
        f"Where the true rate is the target, the chance of no payment is {percent(test.unpaid_at_target)}. One outcome "
        f"below it a window pays {money(test.below)}, at it {money(test.at)}; {percent(test.moved)} of the "
        "payment lies within one standard error of luck to either side."
    )
    figures = {
        name: {
            "unpaid_at_target": one.unpaid_at_target,
            "below": one.below,
            "at": one.at,
            "cliff": one.cliff,
            "moved": one.moved,
        }
        for name, one in tests.items()
    }
    steep = target.rule is TargetRule.BINARY or test.moved > limit
    return Found(Severity.WARN if steep else Severity.PASS, words, {**figures, "threshold": limit})


def power(subject: Subject) -> Found | Missing:
    """I7: a target seldom pays for nothing, and seldom leaves the effect it asks for unpaid.

    Notes
    -----
    Where all is paid from the target on, the chance of no payment at the target is near a half whatever the number of
    people: such a target always fails this rule, because it asks for the effect itself and not for proof of some
    effect. Only the people in the window are counted; where the baseline's sample is known, its error counts too.
    """
    target = subject.programme.tariff.target
    if target.rule is TargetRule.NONE:
        return Found(Severity.PASS, NO_TARGET)
    given = bets(subject)
    if not given:
        return Missing(("referrals",))
    name, bet = min(given.items(), key=lambda item: item[1].people)
    test = luck_test(bet)
    alpha, beta = subject.limit("I7_alpha"), subject.limit("I7_beta")
    needed = people_needed(bet.baseline, bet.aim, alpha, beta)
    false = max(test.paid_without_effect, _against_sample(subject, bet))
    words = (
        f"With {plain(bet.people)} people in a window the chance of payment for no effect is {percent(false)} (limit "
        f"{percent(alpha)}), that of none at the target {percent(test.unpaid_at_target)} (limit {percent(beta)}). "
        f"To tell {percent(bet.aim)} from {percent(bet.baseline)} takes {_people(needed)} in each of two arms."
    )
    figures: Figures = {
        "provider": name,
        "people": bet.people,
        "false_pay": false,
        "missed": test.unpaid_at_target,
        "needed_in_each_arm": math.ceil(needed) if math.isfinite(needed) else None,
    }
    fails = false > alpha or test.unpaid_at_target > beta
    return Found(Severity.BLOCK if fails else Severity.PASS, words, figures)


def _against_sample(subject: Subject, bet: Bet) -> float:
    """Give the chance of beating a measured baseline by the target's gap with no effect; 0 where no sample is known."""
    target = subject.programme.tariff.target
    sizes = [row.sample_size for row in subject.programme.evidence if row.milestone == target.milestone]
    known = sum(size for size in sizes if size is not None)
    gap = bet.aim - bet.baseline
    if not known or target.rule is not TargetRule.BINARY or not 0 < bet.baseline < 1:
        return 0.0
    return chance_against_sample(bet.baseline, bet.baseline, gap, (bet.people, known))


def _people(number: float) -> str:
    return f"{plain(math.ceil(number))} people" if math.isfinite(number) else "more people than there are"


def not_binary(subject: Subject) -> Found:
    """I8: more than one result can be earned for one person."""
    setting = subject.setting
    counted = ((setting.prices > 0) & ~setting.chances.automatic).sum(-1)
    alone = [subject.name(g) for g, number in enumerate(counted) if number == 1]
    least = int(counted.min())
    words = f"At least {plain(least)} payments for results can be earned for one person."
    if alone:
        words = f"Only one payment for a result can be earned for a person of {', '.join(alone)}."
    return Found(Severity.WARN if alone else Severity.PASS, words, {"payments_for_results": least})


def same_people(subject: Subject) -> Found:
    """I12: rates are those of the people referred."""
    words = (
        "Rates are those of the people referred in a target's window, so the same people are counted above and below."
    )
    return Found(Severity.PASS, words)


def independent(subject: Subject) -> Found:
    """I10: how much rests on the payee's own word."""
    share, limit = subject.facts.self_declared_share or 0.0, subject.limit("I10_share")
    words = f"{percent(share)} of the payments rest on the payee's own word; the limit is {percent(limit)}."
    return Found(Severity.WARN if share > limit else Severity.PASS, words, {"share": share, "threshold": limit})


def grading(subject: Subject) -> Found:
    """I11: who decides on a person's price band."""
    if subject.facts.payee_grades:
        return Found(Severity.WARN, "The payee decides to which price band a person belongs.")
    return Found(Severity.PASS, "The payee does not decide to which price band a person belongs.")


def unpriced(subject: Subject) -> Found:
    """I13: valued outcomes that nothing protects."""
    number = subject.facts.unprotected or 0
    words = f"{plain(number)} valued outcomes are neither paid for nor protected."
    return Found(Severity.WARN if number else Severity.PASS, words, {"unprotected": number})


CHECKS: dict[str, Check] = {
    "I6": cliff,
    "I7": power,
    "I8": not_binary,
    "I10": independent,
    "I11": grading,
    "I12": same_people,
    "I13": unpriced,
}
