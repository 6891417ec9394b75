"""Reads what luck alone does to the payment of a tariff's target."""

from dataclasses import dataclass

from tariffs.core import feasibility, luck
from tariffs.core import programmes as core
from tariffs.core.luck import Bet, LuckTest
from tariffs.core.programmes import Target, TargetRule
from tariffs.models import Tariff

from . import programmes


@dataclass(frozen=True)
class Window:
    """One kind of provider's bet on a window of the target: what luck does to it, and what would tame it.

    `people_needed` is how many it takes to tell the target's rate from the baseline; `sliding` pays the same where the
    target is just met, without a cliff, and is nothing where no such scale exists.
    """

    provider: str
    bet: Bet
    test: LuckTest
    people_needed: float
    sliding: Target | None


def windows(tariff: Tariff) -> tuple[Window, ...]:
    """Test the tariff's target for each kind of provider; nothing where it has none, or nobody is referred to them."""
    whole = programmes.to_core(tariff.programme, tariff)
    subject = feasibility.Subject(whole, feasibility.Inputs())
    if whole.tariff.target.rule is TargetRule.NONE or not subject.whole:
        return ()
    names = {provider.id: provider.name or provider.id for provider in whole.providers}
    return tuple(_window(names[key], bet) for key, bet in feasibility.bets(subject).items())


def _window(provider: str, bet: Bet) -> Window:
    needed = luck.people_needed(bet.baseline, bet.aim)
    has_cliff = bet.target.rule is not TargetRule.SLIDING
    return Window(provider, bet, luck.luck_test(bet), needed, luck.sliding_scale(bet) if has_cliff else None)


def sliding(tariff: Tariff) -> core.Target | None:
    """Give the sliding scale that would take the place of the target: that of the provider with most people."""
    found = sorted(windows(tariff), key=lambda window: -window.bet.people)
    return found[0].sliding if found else None
