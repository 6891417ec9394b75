"""Supply chains: the contract that reaches a subcontractor, and what it means at the subcontractor's own scale."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from commissioning.core.figures import Simulated, about, short_pounds
from commissioning.core.units import Array, Months, Pounds, Share

from . import quick_draws
from .incentives.disinvestment import NEVER_MONTH
from .incentives.pathways import Bools
from .price_totals import Totals, totals
from .programmes import PriceLine, Programme, Provider

#: Standard deviations around the middle that hold a Normal nine times in ten.
_NINE_IN_TEN = 1.645
#: How far two shares may be apart and still be called the same.
SAME = 1e-9
#: Support below this part of the prime's is told.
LITTLE_LESS = 0.95


@dataclass(frozen=True, slots=True)
class Passing:
    """What a prime passes on; the keys and defaults of `market.supply_chain` in the programme file.

    `share` of the contract goes to subcontractors, `parcel_share` of it to each one; `grant_share` of what a parcel
    is worth is paid at its start, `risk_pass_through` of the rest only by results.
    """

    share: Share = 0.0
    parcel_share: Share = 0.1
    risk_pass_through: Share = 1.0
    grant_share: Share = 0.0

    @classmethod
    def of(cls, market: Mapping[str, Any] | None) -> "Passing":
        """Read the terms from the market section of a programme."""
        return cls(**((market or {}).get("supply_chain") or {}))

    def as_section(self) -> dict[str, Share]:
        """Write the terms as the programme file has them."""
        return asdict(self)

    @property
    def subcontracts(self) -> int:
        """Count the subcontracts into which the share passed on is cut."""
        return int(self.share / self.parcel_share + 1e-9)


def prime_of(programme: Programme) -> Provider:
    """Give the provider with the largest share, the first of equals; all of it where no shares are set."""
    largest = max(programme.providers, key=lambda provider: provider.share)
    return largest if largest.share else replace(largest, share=1.0)


def smallest_of(programme: Programme) -> Provider:
    """Give the provider with the least reserves, which a subcontractor is most like; the last of equals."""
    return min(reversed(programme.providers), key=lambda provider: provider.reserves)


def own_contract(programme: Programme) -> Programme:
    """Give the prime's contract as a programme of its own."""
    return replace(programme, providers=(prime_of(programme),), market=None)


def subcontract(programme: Programme, passing: Passing, provider: Provider) -> Programme:
    """Write the subcontractor's own contract as a programme of which it takes all.

    Notes
    -----
    What a parcel is worth is what the prime can expect of it as planned. The grant is paid at the start, the part by
    results at the prime's prices, all scaled alike, the remainder as a fee in each month of the contract. Where no
    price earns the prime anything there is nothing to scale, and all but the grant is a fee. Lag, guarantee, yearly
    change and minimum service stay. A target cannot be cut up: its rate has to be met among the subcontractor's own
    referrals, so that it meets or misses it by the luck of few people. Caps follow the size of the parcel and of the
    prices.
    """
    contract = own_contract(programme)
    worth = totals(contract)
    if worth is None:
        raise ValueError("A programme without groups, providers or final outcome has no contract to pass on")
    scale = _scale(worth, passing)
    fixed = max(0.0, (1.0 - passing.grant_share) * worth.total - scale * worth.by_price)
    tariff = programme.tariff
    parcel = passing.parcel_share
    terms = replace(
        tariff,
        prices=tuple(_scaled(line, scale) for line in tariff.prices),
        upfront_payment=passing.grant_share * worth.total * parcel,
        service_fee_monthly=fixed * parcel / programme.contract_months,
        payment_cap=None if tariff.payment_cap is None else tariff.payment_cap * parcel,
        person_cap=None if tariff.person_cap is None else tariff.person_cap * scale,
    )
    groups = tuple(replace(group, referrals_per_month=group.referrals_per_month * parcel) for group in programme.groups)
    own = replace(sized(programme, passing, provider), share=1.0)
    return replace(contract, groups=groups, tariff=terms, providers=(own,), budget=0.0)


def sized(programme: Programme, passing: Passing, provider: Provider) -> Provider:
    """Give the subcontractor; where it is the prime over again, with overhead and means of the parcel's size."""
    if provider.id != prime_of(programme).id:
        return provider
    part = passing.parcel_share / prime_of(programme).share
    return replace(
        provider,
        overhead_monthly=provider.overhead_monthly * part,
        reserves=provider.reserves * part,
        overdraft=provider.overdraft * part,
    )


def _scale(worth: Totals, passing: Passing) -> float:
    """Part of each of the prime's prices that the subcontractor is paid."""
    by_results = (1.0 - passing.grant_share) * passing.risk_pass_through * worth.total
    return by_results / worth.by_price if worth.by_price else 0.0


def _scaled(line: PriceLine, scale: float) -> PriceLine:
    return replace(line, price=line.price * scale)


def results_shares(programme: Programme, passing: Passing) -> tuple[Share, Share]:
    """Give the share of the money that depends on results: for the prime, and for a subcontractor."""
    worth = totals(own_contract(programme))
    if worth is None or not worth.total:
        return 0.0, 0.0
    scaled = _scale(worth, passing) * (worth.on_the_way + worth.final)
    return worth.results_share, scaled / worth.total


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a contract means for the one provider that holds it; simulated figures with their ranges.

    `trough` is how far its cash falls below its reserves, £, and `trough_months` the same in months of its costs, as
    `reserve_months` is its reserves; nothing where it has no costs.
    """

    name: str
    people_a_year: float
    income: Pounds
    support: Pounds
    loss: Simulated
    failure: Simulated
    trough: Simulated
    trough_months: Simulated | None
    reserves: Pounds
    reserve_months: Months | float | None
    draws: int


def outlook(programme: Programme) -> Outlook:
    """Draw the contract of a whole programme's only provider."""
    simulation, outcome = quick_draws.of_only_provider(programme)
    (provider,), (contract,) = programme.providers, simulation.contracts
    (plan,) = simulation.decisions
    weights = simulation.setting.referrals / max(simulation.setting.referrals.sum(), 1e-300)
    monthly = contract.planned_monthly_cost
    return Outlook(
        name=provider.name or provider.id,
        people_a_year=12 * provider.share * float(simulation.setting.referrals.sum()),
        income=float(outcome.payments.mean()),
        support=float(plan.support_by_stratum.mean(-1) @ weights),
        loss=chance(outcome.margin < 0),
        failure=chance(outcome.failed_month < NEVER_MONTH),
        trough=_spread(outcome.trough),
        trough_months=_spread(outcome.trough / monthly) if monthly > 0 else None,
        reserves=provider.reserves,
        reserve_months=provider.reserves / monthly if monthly > 0 else None,
        draws=len(outcome.margin),
    )


def chance(happened: Bools) -> Simulated:
    """Share of draws in which something happened, with the range that holds the true chance nine times in ten.

    Notes
    -----
    The range is Wilson's (1927, Journal of the American Statistical Association 22): unlike the usual one it says
    something where the thing never happened. Draws that share shock points spread less than it allows for.
    """
    count, share, z = len(happened), float(happened.mean()), _NINE_IN_TEN
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return Simulated(share, max(0.0, middle - reach), min(1.0, middle + reach))


def _spread(values: Array) -> Simulated:
    low, middle, high = (float(np.quantile(values, level, method="inverted_cdf")) for level in (0.05, 0.5, 0.95))
    return Simulated(middle, low, high)


def in_words(prime: Outlook, subcontractor: Outlook) -> str:
    """Say how the chance of a loss differs between the two, and where people would be helped less."""
    who = f"A subcontractor with {_people(subcontractor.people_a_year)} a year"
    loss = f"{who} faces {odds(subcontractor.loss.mean)} of a loss; the prime {odds(prime.loss.mean)}."
    if subcontractor.support >= LITTLE_LESS * prime.support:
        return loss
    less = f"{short_pounds(subcontractor.support)}, where the prime would spend {short_pounds(prime.support)}"
    return f"{loss} But it would spend less on helping one person: {less}."


def _people(count: float) -> str:
    return f"{round(count):,} {'person' if round(count) == 1 else 'people'}" if count >= 1 else "less than one person"


def odds(share: Share) -> str:
    """Write a chance as people say it: a 1 in 3 chance."""
    if share < 0.01:
        return "a less than 1 in 100 chance"
    if share > 0.95:
        return "a more than 95 in 100 chance"
    if share <= 0.4:
        return f"a 1 in {round(1 / share)} chance"
    return f"a {about(share).removeprefix('about ')} chance"
