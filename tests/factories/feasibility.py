"""Small programmes for the rules of good design, and one finding at a time."""

from dataclasses import replace
from typing import Any

from commissioning.core.case_questions import questions
from commissioning.core.pathways import Evidence, Group, Provenance, Quality
from tariffs.core.feasibility import Facts, Finding, Inputs, check
from tariffs.core.programmes import PriceLine, Programme, Tariff
from tests.factories.small_programmes import programme

SOURCED = Provenance(source="Records", quality=Quality.STRONG, interval=(0.15, 0.25))


def doubling(price: float = 1000.0, baseline: float = 0.2, **terms: Any) -> Programme:
    """A service whose £200 a person, all that is worth spending, double the odds: from 1 in 5 to 1 in 3."""
    tariff = Tariff(prices=(PriceLine("band", "job", price),), **{"minimum_service": 200.0, **terms})
    evidence = (Evidence("g", "job", baseline, responsiveness=1.0, provenance=SOURCED),)
    return programme(evidence=evidence, tariff=tariff)


def with_group(base: Programme, **given: Any) -> Programme:
    """Change the only group."""
    return replace(base, groups=(replace(base.groups[0], **given),))


def with_evidence(base: Programme, **given: Any) -> Programme:
    """Change the only piece of evidence."""
    return replace(base, evidence=(replace(base.evidence[0], **given),))


def two_groups(
    baselines: tuple[float, float] = (0.2, 0.2), prices: tuple[float, float] = (1000.0, 1000.0)
) -> Programme:
    """Two groups, near and far, each of a price band of its own, with £200 intended for each person."""
    base = doubling()
    ids = ("near", "far")
    return replace(
        base,
        groups=tuple(Group(key, key.title(), key, 10.0, need_spread=0.0, intended_support=200.0) for key in ids),
        evidence=tuple(
            replace(base.evidence[0], group=key, baseline=rate) for key, rate in zip(ids, baselines, strict=True)
        ),
        tariff=replace(
            base.tariff, prices=tuple(PriceLine(key, "job", price) for key, price in zip(ids, prices, strict=True))
        ),
    )


def finding(rule: str, of: Programme, **known: Any) -> Finding:
    """Check a programme and give one rule's finding."""
    return next(found for found in check(of, Inputs(**known)) if found.rule.id == rule)


def severity(rule: str, of: Programme, **known: Any) -> str:
    """Check a programme and give the weight of one rule's finding."""
    return str(finding(rule, of, **known).severity)


def answers(answer: str = "yes", **other: str) -> dict[str, str]:
    """Answer all questions of the case alike, but for some (written with _ for -)."""
    return dict.fromkeys(questions(), answer) | {key.replace("_", "-"): value for key, value in other.items()}


def result(p95: float = 1.0, trough: float = 0.0, failure: float = 0.0) -> dict[str, Any]:
    """Give what the rules read of a simulation's result."""
    return {
        "draws": 2048,
        "commissioner": {"spend": {"p95": p95}},
        "providers": [{"provider": "p", "trough": {"p95": trough}, "failure_probability": failure}],
    }


#: Everything that the rules can be told, all of it good.
GOOD = Facts(
    verification_share=0.01,
    overlap_share=0.0,
    payer_share=0.8,
    provider_selects=False,
    self_declared_share=0.0,
    payee_grades=False,
    unprotected=0,
    at_risk=(0.2, 0.3),
    incomes={"p": 1e7},
    viable=(5.0, 5.0),
    bidders=5,
    step_in=3,
    evaluation_share=0.03,
)
