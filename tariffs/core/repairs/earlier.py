"""Moves a share of the final outcome's price to an earlier payment, until a provider's reserves carry the contract."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from commissioning.core.pathways import Milestone
from commissioning.core.units import Array, Pounds, Share
from tariffs.core.incentives import Setting, Simulation, decide, joined
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import PriceLine, Programme, Provider

from .bands import incomes, planned_people
from .changes import Change, NewPrice, applied, final_of, line_of

#: Most rounds in which the earlier price is found, and how near to the same income it must come, £ a person.
_ROUNDS, _NEAR = 40, 1e-3
#: Shares are moved in whole hundredths.
_PARTS = 100
#: An overdraft that no contract reaches, £.
_ENDLESS = 1e15


@dataclass(frozen=True, slots=True)
class Purse:
    """What is to be carried by whom: a programme, the place of the provider chosen, and the luck it is tried on."""

    programme: Programme
    number: int
    draws: int
    seed: int

    @property
    def provider(self) -> Provider:
        """Give the provider chosen."""
        return self.programme.providers[self.number]

    def trough(self, change: Change) -> Pounds:
        """Give the cash trough that 19 of 20 draws stay within, £, with a change made, were the provider never to fail.

        Failure would end a draw at the reserves, and say nothing of how much more it would have taken. Draws that stay
        within the reserves are the same either way.
        """
        providers = list(self.programme.providers)
        providers[self.number] = replace(self.provider, overdraft=_ENDLESS)
        changed = replace(applied(self.programme, change), providers=tuple(providers))
        parts = Simulation(changed).alone(self.number, self.draws, self.seed)
        (outcome,) = joined([(part,) for part in parts])
        return float(np.quantile(outcome.trough, 0.95, method="inverted_cdf"))


@dataclass(frozen=True, slots=True)
class Moved:
    """What moving a share of the final outcome's price earlier does to the trough that 19 of 20 draws stay within, £.

    Troughs are those of a provider that never fails: what it would take to see the contract through.

    `milestone` is where the share goes, None for a payment upfront; `fits` says whether the provider's reserves carry
    the contract then, and the share is the least in whole hundredths that does. Where none does, it is the one that
    came nearest. Nothing is moved where the reserves carry the contract today.
    """

    milestone: str | None
    share: Share
    change: Change
    trough_now: Pounds
    trough: Pounds
    reserves: Pounds

    @property
    def fits(self) -> bool:
        """Tell whether the reserves carry the contract."""
        return self.trough <= self.reserves


def moved_until_carried(purse: Purse) -> Moved:
    """Move price to earlier payments until the provider's free reserves carry the contract in 19 of 20 draws.

    Notes
    -----
    Earlier milestones are tried from the one just before the final outcome back to referral, since what is nearest to
    the outcome says most about it. Where the final outcome follows referral directly there is no earlier milestone,
    and the share becomes a payment upfront: it carries the contract best, and buys no support in this model, because
    it is paid whatever happens. The same share is moved in every price band, each at the income expected of it today.
    The least share is found by bisection, taken that moving more never deepens the trough.
    """
    now = purse.trough(Change())
    best = Moved(None, 0.0, Change(), now, now, purse.provider.reserves)
    if best.fits:
        return best
    for milestone in earlier_than_final(purse.programme) or (None,):
        found = _least(purse, milestone, now)
        if found.fits:
            return found
        best = min(best, found, key=lambda each: each.trough)
    return best


def earlier_than_final(programme: Programme) -> tuple[Milestone, ...]:
    """Give the milestones on the way to the final outcome, the one just before it first."""
    by_id, found = {milestone.id: milestone for milestone in programme.milestones}, []
    after = final_of(programme).after
    while after is not None:
        found.append(by_id[after])
        after = by_id[after].after
    return tuple(found)


def _least(purse: Purse, milestone: Milestone | None, now: Pounds) -> Moved:
    """Find the least share that is enough; the most that may be moved where none is."""

    def at(part: int) -> Moved:
        change = moved(purse.programme, purse.provider, milestone, part / _PARTS)
        name = milestone.id if milestone else None
        return Moved(name, part / _PARTS, change, now, purse.trough(change), purse.provider.reserves)

    low, high = 0, round(PARAMETERS.repair_most_moved * _PARTS)
    found = at(high)
    while found.fits and high - low > 1:
        part = (low + high) // 2
        middle = at(part)
        low, high, found = (low, part, middle) if middle.fits else (part, high, found)
    return found


def moved(programme: Programme, provider: Provider, milestone: Milestone | None, share: Share) -> Change:
    """Move a share of every band's price for the final outcome to an earlier milestone, or to a payment upfront.

    Returns
    -------
    New prices in whole pence, at which the provider expects the same income of each band's people as today.

    Notes
    -----
    Income is what the plan expects of a person, averaged over a band's groups by their referrals. The plan is made
    anew for every price tried: less money on the final outcome may mean less support, and fewer who reach it.
    """
    final = final_of(programme)
    lines = [line_of(programme, band, final) for band in _bands(programme)]
    left = tuple(
        NewPrice(line.price_band, final.id, _to_pence(line.price * (1.0 - share))) for line in lines if line.price
    )
    if milestone is None:
        return _upfront(programme, provider, Change(prices=left))
    return _Balance(programme, provider, milestone, left).change()


def _bands(programme: Programme) -> list[str]:
    return list(dict.fromkeys(group.price_band for group in programme.groups))


def _to_pence(price: Pounds) -> Pounds:
    return round(max(0.0, price) * 100.0) / 100.0


def _upfront(programme: Programme, provider: Provider, lowered: Change) -> Change:
    """Pay upfront what a provider of all planned people would lose on the final outcome."""
    people = planned_people(programme)
    lost = float((incomes(programme, provider) - incomes(applied(programme, lowered), provider)) @ people)
    return replace(lowered, upfront_payment=_to_pence(programme.tariff.upfront_payment + lost))


@dataclass(frozen=True)
class _Balance:
    """Finds the earlier prices that bring every band's income back to what it was; arrays have axis band."""

    programme: Programme
    provider: Provider
    milestone: Milestone
    lowered: tuple[NewPrice, ...]

    @cached_property
    def weights(self) -> Array:
        """Weight of each group in its band's income; axes: band, group."""
        rows = [
            [group.referrals_per_month * (group.price_band == new.price_band) for group in self.programme.groups]
            for new in self.lowered
        ]
        found = np.array(rows).reshape(len(self.lowered), len(self.programme.groups))
        return found / np.maximum(found.sum(-1, keepdims=True), 1e-300)

    def change(self) -> Change:
        """Give the lowered prices and the raised ones, these in whole pence."""
        start = np.array([line.price for line in self._lines()])
        wanted = self.weights @ incomes(self.programme, self.provider)
        prices = balanced(lambda tried: self._incomes(tried) - wanted, start, self._slope(start))
        return self._at(np.array([_to_pence(float(price)) for price in prices]))

    def _lines(self) -> list[PriceLine]:
        return [line_of(self.programme, new.price_band, self.milestone) for new in self.lowered]

    def _at(self, prices: Array) -> Change:
        pairs = zip(self.lowered, prices, strict=True)
        raised = (NewPrice(new.price_band, self.milestone.id, float(price)) for new, price in pairs)
        return Change(prices=(*self.lowered, *raised))

    def _incomes(self, prices: Array) -> Array:
        income: Array = self.weights @ incomes(applied(self.programme, self._at(prices)), self.provider)
        return income

    def _slope(self, prices: Array) -> Array:
        """Income that a pound more brings, were support to stay: how many reach the milestone, with its repeats."""
        setting = Setting.of(applied(self.programme, self._at(prices)))
        reach = decide(setting, self.provider).reach.mean(-1)
        reach = reach * (setting.steps.milestone == self.programme.milestones.index(self.milestone))
        payments = np.array([line.payments for line in self._lines()])
        paid = setting.steps.repeat <= payments[:, None]
        slope: Array = ((self.weights @ reach) * paid).sum(-1)
        return slope


def balanced(gap: Callable[[Array], Array], start: Array, slope: Array) -> Array:
    """Find where every gap is closed, from a start and a first guess at the slopes, each element by itself.

    Notes
    -----
    Secant steps: the slope is what the last step brought, never less than a tenth of the guess, so that no step runs
    away. Where the guess is 0 nothing is to be had, and the price stays.
    """
    least = np.maximum(slope, 1e-300)
    prices, steep = start, least
    left = gap(prices)
    for _ in range(_ROUNDS):
        if np.abs(left[slope > 0]).max(initial=0.0) < _NEAR:
            break
        following = np.maximum(0.0, np.where(slope > 0, prices - left / steep, prices))
        after = gap(following)
        moved_by = following - prices
        seen = np.divide(after - left, moved_by, out=steep.copy(), where=np.abs(moved_by) > 1e-9)
        prices, left, steep = following, after, np.maximum(seen, 0.1 * least)
    return prices
