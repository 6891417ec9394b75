"""Reads a whole programme for the models."""

from commissioning.models import Evidence, Programme
from tariffs.core import programmes as core
from tariffs.models import PriceLine


def to_core(programme: Programme) -> core.Programme:
    """Give the programme as the models see it, in a fixed number of queries."""
    tariff = programme.tariff
    lines = PriceLine.objects.filter(tariff=tariff).select_related("milestone")
    evidence = Evidence.objects.filter(group__programme=programme).select_related("group", "milestone")
    return core.Programme(
        name=programme.name,
        commissioner=programme.commissioner,
        summary=programme.summary,
        start=programme.start,
        referral_months=programme.referral_months,
        contract_months=programme.contract_months,
        budget=float(programme.budget),
        groups=tuple(group.to_core() for group in programme.groups.all()),
        milestones=tuple(milestone.to_core() for milestone in programme.milestones.select_related("after")),
        evidence=tuple(row.to_core() for row in evidence),
        tariff=tariff.to_core(prices=tuple(line.to_core() for line in lines)),
        providers=tuple(archetype.to_core() for archetype in programme.archetypes.all()),
        uncertainty=programme.uncertainty.to_core(),
        market=programme.market,
    )
