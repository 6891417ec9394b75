"""Applies what would repair a tariff to a copy of it, so that nothing changes until somebody proposes the copy."""

from commissioning.models import User
from tariffs.core.programmes import Target
from tariffs.models import Tariff

from . import parts, scenarios

#: Shares are kept to a hundredth of a point: a rate that nobody could measure more closely.
PLACES = 4


def slide(*, tariff: Tariff, scale: Target, by: User) -> Tariff:
    """Copy the tariff with a sliding scale in place of its target."""
    name = free_name(tariff, "on a sliding scale")
    copy = scenarios.add(tariff=tariff, name=name, by=by)
    with parts.editing(tariff.programme, by) as programme:
        copy.target_rule = Tariff.TargetRule.SLIDING
        copy.target_rate = round(scale.rate or 0.0, PLACES)
        copy.target_rate_from = round(scale.rate_from or 0.0, PLACES)
        copy.full_clean()
        copy.save()
        rates = {"rate": copy.target_rate, "rate_from": copy.target_rate_from}
        parts.record(copy, programme, by, "put a sliding scale into", **rates)
    return copy


def free_name(tariff: Tariff, what: str) -> str:
    """Name a copy after what is done in it, with a number where the name is taken."""
    stem = f"{tariff}, {what}"[:280]
    taken = set(tariff.programme.tariffs.filter(version__startswith=stem).values_list("version", flat=True))
    numbered = (f"{stem} ({number})" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)
