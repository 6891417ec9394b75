"""What a prime would have to keep or grant for a subcontractor to stand its contract, and what that costs the prime."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from commissioning.core.figures import Simulated
from commissioning.core.units import Array, Pounds, Share

from . import quick_draws
from .feasibility import thresholds
from .incentives import Simulation
from .programmes import Programme, Provider
from .supply_chains import SAME, Outlook, Passing, outlook, own_contract, results_shares, subcontract

#: Names the figures: raised whenever the same inputs give other figures.
ENGINE = "pbr-subcontracts-engine/1"
#: Shares of a grant at which the frontier is looked for.
GRANTS = (0.2, 0.4, 0.6, 0.8)
#: Shares are found to so many in a hundred.
POINTS = 100


class Lever(StrEnum):
    """What a prime can give way on."""

    KEEP = "keep"  # pass less of the risk on
    GRANT = "grant"  # pay more of it at the start
    FRONTIER = "frontier"  # the most risk that can be passed on beside a given grant


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a subcontractor stands its contract, test by test.

    It is no riskier than the prime (F8 of the rules), fails seldom enough (F3), and at the worst point, in all but one
    draw of twenty, ties up no more of its reserves than the rules allow (F1).
    """

    no_riskier: bool
    lasts: bool
    carries: bool

    @property
    def passed(self) -> bool:
        """Tell whether all tests are passed."""
        return self.no_riskier and self.lasts and self.carries


def judge(programme: Programme, passing: Passing, provider: Provider) -> tuple[Held, Outlook]:
    """Hold the page's figures of a subcontract against the limits of the rules."""
    found = outlook(subcontract(programme, passing, provider))
    prime, own = results_shares(programme, passing)
    limits = {key: limit.value for key, limit in thresholds().items()}
    tests = Held(
        no_riskier=own <= limits["F8_ratio"] * prime + SAME,
        lasts=found.failure.mean <= limits["F3_ruin"],
        carries=found.trough.high <= limits["F1_exclude"] * found.reserves + SAME,
    )
    return tests, found


@dataclass(frozen=True, slots=True)
class Cost:
    """What passing one parcel on under some terms means for the prime, £; a range holds it nine times in ten.

    `expected` is what it pays the subcontractor beyond what it is paid for the same outcomes, negative where it gains;
    `trough` how far that takes its cash down at the worst point.
    """

    expected: Pounds
    spread: Simulated
    trough: Simulated


@dataclass(frozen=True, slots=True)
class Terms:
    """What one lever needs: the share at which the subcontractor first passes; nothing where no share is enough.

    `is_enough` says that it passes as things stand.
    """

    lever: Lever
    share: Share | None
    passing: Passing
    is_enough: bool = False
    cost: Cost | None = None
    loss: Simulated | None = None


def pieces() -> tuple[tuple[Lever, Share], ...]:
    """List what is looked for: each lever, and the frontier at each grant."""
    return (Lever.KEEP, 0.0), (Lever.GRANT, 0.0), *((Lever.FRONTIER, grant) for grant in GRANTS)


def work(programme: Programme, provider: Provider, index: int) -> bytes:
    """Work one piece out; the same piece gives the same bytes."""
    lever, grant = pieces()[index]
    return json.dumps(asdict(terms_of(programme, provider, lever, grant))).encode()


def merge(payloads: Iterable[bytes]) -> dict[str, Any]:
    """Put the pieces, in their order, into one result."""
    return {"format": "pbr-subcontracts/1", "engine": ENGINE, "terms": [json.loads(payload) for payload in payloads]}


def read(result: dict[str, Any]) -> tuple[Terms, ...]:
    """Read a result back."""
    return tuple(_read(row) for row in result["terms"])


def _read(row: dict[str, Any]) -> Terms:
    def simulated(found: dict[str, float] | None) -> Simulated | None:
        return None if found is None else Simulated(**found)

    cost = row["cost"] and Cost(
        row["cost"]["expected"], Simulated(**row["cost"]["spread"]), Simulated(**row["cost"]["trough"])
    )
    passing = Passing(**row["passing"])
    return Terms(Lever(row["lever"]), row["share"], passing, row["is_enough"], cost, simulated(row["loss"]))


def terms_of(programme: Programme, provider: Provider, lever: Lever, grant: Share = 0.0) -> Terms:
    """Find how far one lever has to go, all else of what is passed on as it is.

    Notes
    -----
    By halving, to one in a hundred: the tests are taken to be passed from some share on, for less risk and more grant
    only help. All draws have the same luck. KEEP looks for the most risk passed on from the present share down, GRANT
    for the least grant from the present one up, FRONTIER for the most risk of all.
    """
    passing = Passing.of(programme.market)
    begin, end = {
        Lever.KEEP: (passing.risk_pass_through, 0.0),
        Lever.GRANT: (passing.grant_share, 1.0),
        Lever.FRONTIER: (1.0, 0.0),
    }[lever]

    def at(share: Share) -> Passing:
        if lever is Lever.GRANT:
            return replace(passing, grant_share=share)
        return replace(
            passing, risk_pass_through=share, grant_share=grant if lever is Lever.FRONTIER else passing.grant_share
        )

    def stands(share: Share) -> bool:
        return judge(programme, at(share), provider)[0].passed

    share = _first(stands, begin, end)
    if share is None:
        return Terms(lever, None, at(end))
    found = at(share)
    seen = judge(programme, found, provider)[1]
    return Terms(lever, share, found, share == begin, cost_of(programme, found, provider), seen.loss)


def _first(stands: Callable[[Share], bool], begin: Share, end: Share) -> Share | None:
    """Find the share nearest to where things begin at which something holds; nothing where it does not at the end."""
    if stands(begin):
        return begin
    if not stands(end):
        return None
    bad, good = begin, end
    while abs(good - bad) > 1.0 / POINTS + SAME:
        middle = round((good + bad) / 2 * POINTS) / POINTS
        bad, good = (bad, middle) if stands(middle) else (middle, good)
    return good


def cost_of(programme: Programme, passing: Passing, provider: Provider) -> Cost:
    """Draw what one parcel brings a prime that is paid by its own contract and pays a subcontractor by these terms.

    Both contracts are drawn for the same people with the same help, as planned: what a subcontractor that runs short
    would cost beyond that is not in it.
    """
    terms = _untroubled(subcontract(programme, passing, provider))
    own = _untroubled(parcel_of(programme, passing, provider))
    theirs, ours = Simulation(terms), Simulation(own)
    # The subcontractor helps as its own terms have it; the prime is paid for what comes of that.
    vars(ours)["decisions"] = theirs.decisions
    (paid,), (earned,) = quick_draws.outcome(theirs), quick_draws.outcome(ours)
    gained = earned.margin - paid.margin
    path = earned.cash.astype(float) - paid.cash
    return Cost(-float(gained.mean()), _spread(-gained), _spread(np.maximum(0.0, -path.min(0))))


def parcel_of(programme: Programme, passing: Passing, provider: Provider) -> Programme:
    """Give one parcel of the prime's own contract: its people, its prices, its part of fees and caps."""
    tariff, parcel = programme.tariff, passing.parcel_share
    sized = subcontract(programme, passing, provider)
    terms = replace(
        tariff,
        upfront_payment=tariff.upfront_payment * parcel,
        service_fee_monthly=tariff.service_fee_monthly * parcel,
        payment_cap=None if tariff.payment_cap is None else tariff.payment_cap * parcel,
    )
    return replace(own_contract(programme), groups=sized.groups, providers=sized.providers, tariff=terms, budget=0.0)


def _untroubled(programme: Programme) -> Programme:
    """Let the only provider never run short of cash."""
    (provider,) = programme.providers
    return replace(programme, providers=(replace(provider, reserve_floor_months=0.0, overdraft=1e15),))


def _spread(values: Array) -> Simulated:
    low, middle, high = (float(np.quantile(values, level, method="inverted_cdf")) for level in (0.05, 0.5, 0.95))
    return Simulated(middle, low, high)
