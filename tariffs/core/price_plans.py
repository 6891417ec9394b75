"""What every provider plans under a tariff, worked out once and remembered for all that reads it."""

from dataclasses import dataclass, replace
from functools import lru_cache

from commissioning.core.units import Share

from .incentives import Setting, decide
from .incentives.decisions import Decision
from .programmes import Programme


@dataclass(frozen=True, slots=True)
class Plans:
    """Every provider's plan, in file order, and what each counts: by its share, alike where no shares are set."""

    setting: Setting
    decisions: tuple[Decision, ...]
    weights: tuple[Share, ...]


def is_whole(programme: Programme) -> bool:
    """Tell whether there is enough of a programme to plan on."""
    has_final = any(milestone.final for milestone in programme.milestones)
    return bool(programme.groups and programme.providers and has_final)


def plans(programme: Programme) -> Plans:
    """Work out the plans of a programme that is whole."""
    return _plans(replace(programme, market=None))


@lru_cache(maxsize=256)
def _plans(programme: Programme) -> Plans:
    """Remember the last programmes, for a page is opened far more often than its prices change."""
    setting = Setting.of(programme)
    shares = [provider.share for provider in programme.providers]
    total = sum(shares)
    weights = [share / total for share in shares] if total > 0 else [1 / len(shares)] * len(shares)
    return Plans(setting, tuple(decide(setting, provider) for provider in programme.providers), tuple(weights))
