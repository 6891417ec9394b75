"""Rules on whether the evidence, the targets and the pathway suit Payment by Results, worked out from the programme."""

import numpy as np

from commissioning.core.cases import Answer
from commissioning.core.figures import percent, plain
from commissioning.core.pathways import Evidence, Quality
from commissioning.core.units import Array, Share
from tariffs.core.incentives.pathways import responsiveness_of
from tariffs.core.luck import people_needed
from tariffs.core.programmes import TargetRule

from .answers import Check, answered
from .findings import Figures, Found, Missing, Severity, so_many
from .subject import NOBODY, PENNY, Subject


def moved(subject: Subject) -> tuple[Evidence, ...]:
    """Give the evidence on steps that support can move."""
    rows = (row for row in subject.programme.evidence if 0 < row.baseline < 1)
    return tuple(row for row in rows if responsiveness_of(row) > 0)


def baseline(subject: Subject) -> Found | Missing:
    """S3: the baselines are measured, on enough people, and bidders have seen them.

    Notes
    -----
    A baseline whose source is marked as an assumption is none. Enough people are those with whom the target, or else
    the observed rate, can be told from the baseline (rule I7); where neither is given, no number is asked for.
    """
    rows, shared = moved(subject), subject.answer("baseline")
    assumed = [row for row in rows if row.provenance.quality is Quality.ASSUMPTION]
    small = [row for row in rows if row.sample_size is not None and row.sample_size < _enough(subject, row)]
    unsized = [row for row in rows if row.sample_size is None and row not in assumed]
    figures: Figures = {
        "baselines": len(rows),
        "assumed": len(assumed),
        "too_small": len(small),
        "without_sample_size": len(unsized),
        "shared": str(shared),
    }
    words = f"Of {so_many(len(rows), 'baseline')} that support can move, {len(assumed)} {_are(len(assumed))} assumed"
    if small:
        words += f" and {len(small)} {_are(len(small))} from too few people"
    if len(assumed) == len(rows) or shared is Answer.NO:
        return Found(Severity.BLOCK, f"{words}. {_shared(shared)}", figures)
    if assumed or small or shared is Answer.PARTLY:
        return Found(Severity.WARN, f"{words}. {_shared(shared)}", figures)
    lacking = (*(("sample-size",) if unsized else ()), *(("case:baseline",) if shared is Answer.UNKNOWN else ()))
    return Missing(lacking, f"{words}.", figures) if lacking else Found(Severity.PASS, f"{words}.", figures)


def _enough(subject: Subject, row: Evidence) -> float:
    target = subject.programme.tariff.target
    rate = row.observed.rate if row.observed else None
    if target.rule is not TargetRule.NONE and target.milestone == row.milestone:
        rate = target.rate
    if rate is None:
        return 0.0
    return people_needed(row.baseline, rate, subject.limit("I7_alpha"), subject.limit("I7_beta"))


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _shared(answer: Answer) -> str:
    if answer is Answer.UNKNOWN:
        return "The case does not say whether bidders have seen the records."
    return f"The case answers “{answer}” to whether bidders have seen the records."


def target_in_evidence(subject: Subject) -> Found | Missing:
    """S4: the target's rate against the best that others reached.

    Notes
    -----
    Along the way to the target's milestone the rate reached at each step is its observed point, and the baseline where
    none is given; groups are pooled by referrals. At least one observed point is needed.
    """
    target = subject.programme.tariff.target
    if target.rule is TargetRule.NONE:
        return Found(Severity.PASS, "There is no target: every outcome is paid.")
    best = _best_reached(subject, target.milestone)
    if best is None:
        if subject.answer("realistic-targets") is Answer.UNKNOWN:
            return Missing(("observed", "case:realistic-targets"), f"The target is {percent(target.rate)}.")
        return answered(subject, "realistic-targets", Severity.BLOCK)
    rate, warn, block = target.rate or 0.0, subject.limit("S4_warn"), subject.limit("S4_block")
    ratio = rate / best
    severity = Severity.BLOCK if ratio > block else Severity.WARN if ratio > warn else Severity.PASS
    words = f"The target asks for {percent(rate)}, {plain(ratio, 2)} times the best reached, {percent(best)}."
    figures = {"target": rate, "best_reached": best, "ratio": ratio, "warn_above": warn, "block_above": block}
    return Found(severity, words, figures)


def _best_reached(subject: Subject, milestone: str) -> Share | None:
    """Pool the rate that others reached at a milestone; nothing where no step of the way has an observed point."""
    rows = {(row.group, row.milestone): row for row in subject.programme.evidence}
    parents = {item.id: item.after for item in subject.programme.milestones}
    rates, observed = [], False
    for group in subject.programme.groups:
        rate, at = 1.0, milestone
        while at:
            row = rows.get((group.id, at))
            if row is not None:
                rate *= row.observed.rate if row.observed else row.baseline
                observed = observed or row.observed is not None
            at = parents[at] or ""
        rates.append(rate)
    pooled = float(np.array(rates) @ subject.people)
    return pooled if observed and pooled > NOBODY else None


def results_in_time(subject: Subject) -> Found | Missing:
    """S6: months from referral to the first payment, and until half of what a person earns has arrived.

    Notes
    -----
    "Main payment" is taken as the month by which half of a person's expected payments for outcomes has arrived, because
    the largest single payment may be a small part of the whole. An upfront payment or a service fee comes at once.
    """
    tariff, steps = subject.programme.tariff, subject.setting.steps
    income = (subject.income * subject.people[:, None]).sum(0)
    if income.sum() <= PENNY:
        return Missing(("prices",), "No payment for an outcome is expected.")
    arrive = steps.months + tariff.payment_lag_months
    first = 0 if tariff.upfront_payment or tariff.service_fee_monthly else int(arrive[income > 0].min())
    order = np.argsort(arrive, kind="stable")
    half = int(arrive[order][np.searchsorted(np.cumsum(income[order]), 0.5 * income.sum())])
    aims = subject.limit("S6_first_months"), subject.limit("S6_main_months")
    words = (
        f"The first payment arrives {so_many(first, 'month')} after referral (aim: {plain(aims[0])}); half of what a "
        f"person earns has arrived after {so_many(half, 'month')} (aim: {plain(aims[1])})."
    )
    late = first > aims[0] or half > aims[1]
    return Found(Severity.WARN if late else Severity.PASS, words, {"first_months": first, "half_months": half})


def few_metrics(subject: Subject) -> Found:
    """S9: how many milestones are paid for, and how many of them are rarely reached."""
    chances = _paid_for(subject)
    limit, rarely, most = (subject.limit(key) for key in ("S9_metrics", "S9_rarely", "S9_rare_share"))
    rare = [name for name, chance in chances if chance < rarely]
    share = len(rare) / len(chances) if chances else 0.0
    words = f"{so_many(len(chances), 'outcome')} {_are(len(chances))} paid for"
    if rare:
        words += f"; fewer than {percent(rarely)} of people are expected to reach {', '.join(rare)}"
    many = len(chances) > limit or share > most
    figures = {"outcomes": len(chances), "rarely_earned": len(rare), "rare_share": share, "rare": rare}
    return Found(Severity.WARN if many else Severity.PASS, f"{words}.", figures)


def _paid_for(subject: Subject) -> list[tuple[str, Share]]:
    """Name each milestone that earns something, with the chance of reaching it, leaving out being taken on."""
    steps, setting = subject.setting.steps, subject.setting
    reach: Array = subject.people @ subject.reach
    earns = ((setting.prices > 0) & ~setting.chances.automatic).any(0)
    return [(subject.milestone(int(s)), float(reach[s])) for s in np.flatnonzero(earns & (steps.repeat == 1))]


CHECKS: dict[str, Check] = {
    "S3": baseline,
    "S4": target_in_evidence,
    "S6": results_in_time,
    "S9": few_metrics,
}
