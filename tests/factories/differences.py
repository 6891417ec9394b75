"""A programme with something of everything, and what another one differs from it in."""

from dataclasses import replace
from typing import Any

from commissioning.core.pathways import Evidence, Group, Milestone, Observed, Provenance, Quality
from tariffs.core.differences import Differences, Row, Same, compare
from tariffs.core.programmes import PriceLine, Programme, Provider, Target, TargetRule, Tariff, Uncertainty

SOURCE = Provenance("A report", "https://example.org", "2014", Quality.WEAK, (0.1, 0.2))
BASE = Programme(
    name="Back to work",
    referral_months=12,
    contract_months=24,
    groups=(
        Group("young", "Young people", "A", 40.0, intended_support=500.0, provenance=SOURCE),
        Group("old", "Older people", "B", 10.0),
    ),
    milestones=(
        Milestone("job", "Job outcome", "start", 3, final=True, provenance=SOURCE),
        Milestone("start", "Start"),
        Milestone("stay", "Still in work", "job", 1, repeats=3),
    ),
    evidence=(
        Evidence("young", "job", 0.04, observed=Observed(1000.0, 0.06), sample_size=50.0, provenance=SOURCE),
    ),
    tariff=Tariff(
        version="First",
        prices=(PriceLine("A", "job", 3500.0, provenance=SOURCE),),
        payment_lag_months=1,
        payment_cap=9e6,
        person_cap=4000.0,
        target=Target("job", TargetRule.SLIDING, 0.3, 0.2),
    ),
    providers=(Provider("prime", "Prime", "company", 1.0, provenance=SOURCE),),
    uncertainty=Uncertainty(provenance=SOURCE),
    commissioner="Anytown",
    start="2014-04",
    market={"rounds": 5},
)  # fmt: skip


def rows(differences: Differences) -> list[Row]:
    return [row for section in differences.sections for row in section.rows]


def sentences(new: Programme, old: Programme = BASE, same: Same | None = None) -> tuple[str, ...]:
    return compare(old, new, same).sentences


def with_tariff(**given: Any) -> Programme:
    return replace(BASE, tariff=replace(BASE.tariff, **given))


def with_price(**given: Any) -> Programme:
    return with_tariff(prices=(replace(BASE.tariff.prices[0], **given),))


def with_first(part: str, **given: Any) -> Programme:
    first, *rest = getattr(BASE, part)
    return replace(BASE, **{part: (replace(first, **given), *rest)})


def renamed(programme: Programme, old: str) -> Programme:
    """Let every reference follow the id that got an x at its end."""

    def follow(thing: Any, *names: str) -> Any:
        return replace(thing, **{name: f"{old}x" for name in names if getattr(thing, name) == old})

    tariff = programme.tariff
    return replace(
        programme,
        milestones=tuple(follow(row, "after") for row in programme.milestones),
        evidence=tuple(follow(row, "group", "milestone") for row in programme.evidence),
        tariff=replace(
            tariff,
            prices=tuple(follow(line, "milestone") for line in tariff.prices),
            target=follow(tariff.target, "milestone"),
        ),
    )
