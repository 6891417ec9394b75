"""Every term of a tariff in words: what it is called, how it stands, and what it means for a provider."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from commissioning.core.figures import percent, pounds

from .programmes import Target, TargetRule, Tariff


@dataclass(frozen=True)
class Term:
    """One term, as a reader of the contract would ask for it. Its kind names it for good; its words may change."""

    kind: str
    name: str
    value: str
    meaning: str
    is_set: bool

    def id_in(self, tariff: UUID) -> UUID:
        """Give the permanent id of this term of a tariff.

        It is worked out from the tariff's own id and the kind of term alone (a name-based UUID, RFC 9562, 5.5), so
        that no edit can change it and a copy of the tariff, which has an id of its own, has terms of its own.
        """
        return uuid5(tariff, self.kind)


def terms(tariff: Tariff, milestone_names: dict[str, str]) -> tuple[Term, ...]:
    """Say every term, those that are not used too, so that nobody has to guess what is missing."""
    return (*_paid_anyway(tariff), *_least_and_most(tariff), *_with_time(tariff), _bet(tariff, milestone_names))


def _paid_anyway(tariff: Tariff) -> tuple[Term, ...]:
    """Say when payments arrive, and what is paid whatever is achieved."""
    return (
        Term(
            "payment_lag_months",
            "Payments arrive",
            _later(tariff.payment_lag_months),
            "Until then the provider lends the money.",
            tariff.payment_lag_months > 0,
        ),
        Term(
            "service_fee_monthly",
            "Service fee",
            f"{pounds(tariff.service_fee_monthly)} a month" if tariff.service_fee_monthly else "none",
            "Paid whatever the outcomes.",
            tariff.service_fee_monthly > 0,
        ),
        Term(
            "upfront_payment",
            "Upfront payment",
            pounds(tariff.upfront_payment) if tariff.upfront_payment else "none",
            "Paid at the contract's start, whatever the outcomes.",
            tariff.upfront_payment > 0,
        ),
    )


def _least_and_most(tariff: Tariff) -> tuple[Term, ...]:
    """Say what has to be spent at least, and what is paid at most."""
    return (
        Term(
            "minimum_service",
            "Minimum service",
            f"{pounds(tariff.minimum_service)} a person" if tariff.minimum_service else "none",
            "The least that has to be spent on everyone referred.",
            tariff.minimum_service > 0,
        ),
        Term(
            "payment_cap",
            "Most the contract pays",
            _limit(tariff.payment_cap),
            "Fees included; what goes beyond it is not paid.",
            tariff.payment_cap is not None,
        ),
        Term(
            "person_cap",
            "Most one person earns",
            _limit(tariff.person_cap),
            "What goes beyond it is not paid.",
            tariff.person_cap is not None,
        ),
    )


def _with_time(tariff: Tariff) -> tuple[Term, ...]:
    """Say how prices change, and how many referrals are sure to come."""
    return (
        Term(
            "annual_price_change",
            "Prices change a year",
            _change(tariff.annual_price_change),
            "Counted from the contract's start.",
            tariff.annual_price_change != 0,
        ),
        Term(
            "volume_guarantee",
            "Volume guaranteed",
            f"{percent(tariff.volume_guarantee)} of the planned referrals" if tariff.volume_guarantee else "none",
            "Income is made up where fewer people are referred than this.",
            tariff.volume_guarantee > 0,
        ),
    )


def _bet(tariff: Tariff, milestone_names: dict[str, str]) -> Term:
    """Say which rate of which milestone has to be reached."""
    return Term(
        "target",
        "Target",
        _target(tariff.target, milestone_names),
        _target_meaning(tariff.target),
        tariff.target.rule is not TargetRule.NONE,
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
