"""Stores who is helped and along which way, as a programme file gives it. Called within a service's transaction."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from commissioning.core import pathways
from commissioning.models import Evidence, Group, Milestone, Programme

PENNY = Decimal("0.01")


def pennies(pounds: float) -> Decimal:
    """Write pounds of the core as the database keeps them."""
    return Decimal(repr(pounds)).quantize(PENNY)


def pennies_or_none(pounds: float | None) -> Decimal | None:
    """Write pounds as the database keeps them, where there are any."""
    return None if pounds is None else pennies(pounds)


def sourced(provenance: pathways.Provenance) -> dict[str, Any]:
    """Give the fields that say where a row's figures come from."""
    low, high = provenance.interval or (None, None)
    return {
        "source": provenance.source,
        "source_url": provenance.url,
        "source_date": provenance.date,
        "quality": provenance.quality.value if provenance.quality else "",
        "interval_low": low,
        "interval_high": high,
    }


def store(
    *,
    programme: Programme,
    groups: Sequence[pathways.Group],
    milestones: Sequence[pathways.Milestone],
    evidence: Sequence[pathways.Evidence],
) -> dict[str, Milestone]:
    """Store the groups, the pathway and the evidence of a new programme; give the milestones by their short names."""
    stored_groups = _store_groups(programme, groups)
    stored_milestones = _store_milestones(programme, milestones)
    Evidence.objects.bulk_create(
        Evidence(
            group=stored_groups[row.group],
            milestone=stored_milestones[row.milestone],
            place=place,
            baseline=row.baseline,
            responsiveness=row.responsiveness,
            observed_spending=pennies(row.observed.spending) if row.observed else None,
            observed_rate=row.observed.rate if row.observed else None,
            response_scale=pennies(row.response_scale),
            sample_size=row.sample_size,
            **sourced(row.provenance),
        )
        for place, row in enumerate(evidence)
    )
    return stored_milestones


def _store_groups(programme: Programme, groups: Sequence[pathways.Group]) -> dict[str, Group]:
    stored = Group.objects.bulk_create(
        Group(
            programme=programme,
            place=place,
            key=group.id,
            name=group.name,
            price_band=group.price_band,
            referrals_per_month=group.referrals_per_month,
            need_spread=group.need_spread,
            social_value=pennies(group.social_value),
            intended_support=pennies_or_none(group.intended_support),
            **sourced(group.provenance),
        )
        for place, group in enumerate(groups)
    )
    return {group.key: group for group in stored}


def _store_milestones(programme: Programme, milestones: Sequence[pathways.Milestone]) -> dict[str, Milestone]:
    new = {
        milestone.id: Milestone(
            programme=programme,
            place=place,
            key=milestone.id,
            name=milestone.name,
            delay_months=milestone.delay_months,
            is_final=milestone.final,
            repeats=milestone.repeats,
            repeat_every_months=milestone.repeat_every_months,
            **sourced(milestone.provenance),
        )
        for place, milestone in enumerate(milestones)
    }
    for milestone in milestones:
        new[milestone.id].after = new[milestone.after] if milestone.after else None
    # One statement: the database looks whether each milestone's `after` exists only when all rows stand.
    Milestone.objects.bulk_create(new.values())
    return new
