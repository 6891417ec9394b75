"""Reads what reaches the subcontractors of a programme, beside what the prime has."""

from dataclasses import dataclass

from commissioning.core.figures import (
    Simulated,
    percent,
    plain,
    pounds,
    short_pounds,
    simulated_number,
    simulated_percent,
    simulated_pounds,
)
from commissioning.core.tables import Column, Table
from commissioning.models import Programme
from tariffs.core import price_totals, supply_chains
from tariffs.core import programmes as core
from tariffs.core.price_plans import is_whole
from tariffs.core.programmes import Provider, TargetRule
from tariffs.core.supply_chains import Outlook, Passing

from . import programmes


@dataclass(frozen=True)
class SupplyChain:
    """What is passed on, who could be a subcontractor, and what that means for both; no table where nothing can be.

    `is_alike` says that the prime and the subcontractor are one kind of provider at two sizes.
    """

    whole: core.Programme
    passing: Passing
    providers: tuple[Provider, ...]
    chosen: str
    sentence: str
    warning: str
    table: Table | None
    draws: int
    is_alike: bool
    has_target: bool


def of_programme(programme: Programme, chosen: str = "") -> SupplyChain:
    """Test the subcontract and the prime's own contract, each at its own scale."""
    whole = programmes.to_core(programme)
    passing = Passing.of(whole.market)
    has_target = whole.tariff.target.rule is not TargetRule.NONE
    worth = price_totals.totals(supply_chains.own_contract(whole)) if is_whole(whole) else None
    if worth is None or not worth.total:
        lacks = "Write groups, a final outcome, a kind of provider and prices to see what reaches the subcontractors."
        return SupplyChain(whole, passing, whole.providers, "", lacks, "", None, 0, False, has_target)
    known = {provider.id: provider for provider in whole.providers}
    provider = known.get(chosen) or supply_chains.smallest_of(whole)
    prime = supply_chains.outlook(supply_chains.own_contract(whole))
    small = supply_chains.outlook(supply_chains.subcontract(whole, passing, provider))
    shares = supply_chains.results_shares(whole, passing)
    held = supply_chains.prime_of(whole)
    return SupplyChain(
        whole=whole,
        passing=passing,
        providers=whole.providers,
        chosen=provider.id,
        sentence=supply_chains.in_words(prime, small),
        warning=_warning(*shares),
        table=_table(
            _column(prime, worth.total * held.share, shares[0]),
            _column(small, worth.total * passing.parcel_share, shares[1]),
        ),
        draws=min(prime.draws, small.draws),
        is_alike=provider.id == held.id,
        has_target=has_target,
    )


def _warning(prime: float, subcontractor: float) -> str:
    """Warn where more of the subcontractor's money depends on results than of the prime's."""
    if subcontractor <= prime + supply_chains.SAME:
        return ""
    return (
        f"More depends on results for a subcontractor than for the prime: {percent(subcontractor)} of its money "
        f"against {percent(prime)}. Pass on less of the risk, or pay more of it as a grant."
    )


def _column(outlook: Outlook, worth: float, results_share: float) -> dict[str, str]:
    """Write what one contract means, by what each figure is called."""
    return {
        "Who": outlook.name,
        "People a year": plain(outlook.people_a_year),
        "Worth, if things go as planned": short_pounds(worth),
        "Depends on results": percent(results_share),
        "Spent on helping one person": short_pounds(outlook.support),
        "Chance of a loss": simulated_percent(outlook.loss),
        "Chance of running out of money": simulated_percent(outlook.failure),
        "Worst cash point, below where it began": simulated_pounds(outlook.trough),
        "The same in months of its costs": _months(outlook.trough_months),
        "Reserves": pounds(outlook.reserves),
        "Reserves in months of its costs": _months(outlook.reserve_months),
    }


def _months(value: Simulated | float | None) -> str:
    if value is None:
        return "no costs"
    return simulated_number(value) if isinstance(value, Simulated) else plain(value, 1)


def _table(prime: dict[str, str], subcontractor: dict[str, str]) -> Table:
    columns = (Column("Figure"), Column("The prime", str), Column("A subcontractor", str))
    rows = tuple((name, value, subcontractor[name]) for name, value in prime.items())
    return Table("The prime and a subcontractor, each at its own scale", columns, rows)
