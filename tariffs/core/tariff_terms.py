"""Every term of a tariff in words: what it is called, how it stands, and what it means for a provider."""

from dataclasses import dataclass

from commissioning.core.figures import percent, pounds

from .programmes import Target, TargetRule, Tariff


@dataclass(frozen=True)
class Term:
    """One term, as a reader of the contract would ask for it."""

    name: str
    value: str
    meaning: str


def terms(tariff: Tariff, milestone_names: dict[str, str]) -> tuple[Term, ...]:
    """Say every term, those that are not used too, so that nobody has to guess what is missing."""
    return (
        Term("Payments arrive", _later(tariff.payment_lag_months), "Until then the provider lends the money."),
        Term(
            "Service fee",
            f"{pounds(tariff.service_fee_monthly)} a month" if tariff.service_fee_monthly else "none",
            "Paid whatever the outcomes.",
        ),
        Term(
            "Upfront payment",
            pounds(tariff.upfront_payment) if tariff.upfront_payment else "none",
            "Paid at the contract's start, whatever the outcomes.",
        ),
        Term(
            "Minimum service",
            f"{pounds(tariff.minimum_service)} a person" if tariff.minimum_service else "none",
            "The least that has to be spent on everyone referred.",
        ),
        Term("Most the contract pays", _limit(tariff.payment_cap), "Fees included; what goes beyond it is not paid."),
        Term("Most one person earns", _limit(tariff.person_cap), "What goes beyond it is not paid."),
        Term("Prices change a year", _change(tariff.annual_price_change), "Counted from the contract's start."),
        Term(
            "Volume guaranteed",
            f"{percent(tariff.volume_guarantee)} of the planned referrals" if tariff.volume_guarantee else "none",
            "Income is made up where fewer people are referred than this.",
        ),
        Term("Target", _target(tariff.target, milestone_names), _target_meaning(tariff.target)),
    )


def _later(months: int) -> str:
    if months == 0:
        return "at once"
    return f"{months} month{'' if months == 1 else 's'} later"


def _limit(value: float | None) -> str:
    return "no limit" if value is None else pounds(value)


def _change(share: float) -> str:
    if share == 0:
        return "not at all"
    return f"{'up' if share > 0 else 'down'} by {percent(abs(share))}"


def _target(target: Target, names: dict[str, str]) -> str:
    if target.rule is TargetRule.NONE:
        return "none"
    milestone = names.get(target.milestone, target.milestone)
    aim = f"{percent(target.rate)} of those referred reach {milestone}"
    return f"{aim}, counted over {target.window_months} months of referrals"


def _target_meaning(target: Target) -> str:
    if target.rule is TargetRule.NONE:
        return "Every outcome is paid."
    if target.rule is TargetRule.BINARY:
        return "All or nothing: below the target nothing is paid for this milestone."
    if target.rule is TargetRule.EXCESS:
        return "Only outcomes above the target are paid."
    return f"A rising share is paid from {percent(target.rate_from)}, all of it from the target on."
