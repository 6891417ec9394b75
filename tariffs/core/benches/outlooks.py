"""What a draft would mean for one provider at its own costs: margin, loss, cash, reserves, and where it breaks even."""

from dataclasses import dataclass, replace

import numpy as np

from commissioning.core.figures import Simulated
from commissioning.core.units import Array, Months, Pounds, Share
from tariffs.core.incentives import Outcome, Simulation, joined
from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.programmes import Programme

from .plans import WIDEST, Bench, Practice

#: Draws behind the answers, behind each cell of the what-ifs, and behind each step of the search; the luck is the same.
DRAWS, CELL_DRAWS, SEARCH_DRAWS, SEED = 1024, 256, 256, 1
#: How many times as many people, and outcomes for the same people, the what-ifs try.
VOLUMES = (0.7, 0.85, 1.0, 1.15)
SUCCESSES = (0.7, 0.85, 1.0, 1.15)
#: Halvings of the range of shifts: what is left moves a rate by less than 1 in 1,000.
_HALVINGS = 13
_FAN = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The rate of final outcomes at which the contract neither gains nor loses were cash no obstacle, if there is one.

    `always` says that it gains even where next to nobody reaches the outcome, `never` that it loses even where next to
    all do.
    """

    rate: Share | None
    always: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One what-if: so many times the people and the outcomes, the margin expected, £, and the chance of a loss."""

    volume: float
    success: float
    margin: Pounds
    loss: Share


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a provider would meet; every range holds nine draws in ten.

    Money in £ over the contract. `trough` is how far cash falls below what was there at the start, `worst_month` the
    month, counted from 1, in which the lower end of the cash fan is lowest; `months_used` is the trough and
    `months_held` are the reserves, both in months of planned costs; `rate` is the planned share of people referred who
    reach the final outcome. `cash` gives quantiles by month.
    """

    margin: Simulated
    income: Simulated
    loss: Share
    failure: Share
    trough: Simulated
    worst_month: Months
    months_used: Simulated | None
    months_held: float | None
    reserves: Pounds
    overdraft: Pounds
    monthly_cost: Pounds
    rate: Share
    break_even: BreakEven
    cells: tuple[Cell, ...]
    cash: dict[str, tuple[Pounds, ...]]

    def cell(self, volume: float, success: float) -> Cell:
        """Give one what-if."""
        return next(cell for cell in self.cells if (cell.volume, cell.success) == (volume, success))


def outlook(programme: Programme, bench: Bench) -> Outlook:
    """Work out what a draft would mean for a provider.

    Notes
    -----
    All draws share their luck with the draft's other simulations of the same seed. Fewer people come than planned in
    the what-ifs on volume, so that a guarantee counts; more or fewer outcomes mean the same money spent on each.
    """
    practice = Practice.of(programme, bench)
    simulation = practice.simulation()
    found = drawn(simulation, DRAWS)
    monthly = simulation.contracts[0].planned_monthly_cost
    trough = _simulated(found.trough)
    fan = {name: _path(found.cash, level) for name, level in _FAN.items()}
    return Outlook(
        margin=_simulated(found.margin),
        income=_simulated(found.payments),
        loss=float((found.margin < 0).mean()),
        failure=float((found.failed_month < NEVER_MONTH).mean()),
        trough=trough,
        worst_month=int(np.argmin(fan["p5"])) + 1,
        months_used=_by(trough, monthly),
        months_held=bench.reserves / monthly if monthly > 0 else None,
        reserves=bench.reserves,
        overdraft=bench.overdraft,
        monthly_cost=monthly,
        rate=practice.rate(),
        break_even=_break_even(practice),
        cells=tuple(_cell(practice, volume, success) for success in SUCCESSES for volume in VOLUMES),
        cash=fan,
    )


def loss_of(programme: Programme, bench: Bench) -> Share:
    """Give the chance of a loss alone."""
    return float((drawn(Practice.of(programme, bench).simulation(), DRAWS).margin < 0).mean())


def drawn(simulation: Simulation, draws: int, volume: float = 1.0) -> Outcome:
    """Draw the contract of the only provider, with `volume` times the people that luck would bring."""
    blocks = []
    for index in range(simulation.block_count(draws)):
        shocks = simulation.shocks(draws, SEED, index)
        blocks.append(simulation.block(draws, SEED, index, replace(shocks, volume=shocks.volume * volume)))
    (found,) = joined(blocks)
    return found


def _break_even(practice: Practice) -> BreakEven:
    """Halve the range of shifts of all chances until the one at which the mean margin passes nought is found."""

    def margin(shift: float) -> float:
        return float(drawn(practice.untroubled(shift), SEARCH_DRAWS).margin.mean())

    low, high = -WIDEST, WIDEST
    if margin(low) >= 0:
        return BreakEven(None, always=True)
    if margin(high) < 0:
        return BreakEven(None, never=True)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if margin(middle) < 0 else (low, middle)
    return BreakEven(practice.rate_at((low + high) / 2))


def _cell(practice: Practice, volume: float, success: float) -> Cell:
    found = drawn(practice.simulation(success), CELL_DRAWS, volume)
    return Cell(volume, success, float(found.margin.mean()), float((found.margin < 0).mean()))


def _simulated(values: Array) -> Simulated:
    low, high = (float(np.quantile(values, level, method="inverted_cdf")) for level in (0.05, 0.95))
    return Simulated(float(values.mean()), low, high)


def _by(figure: Simulated, unit: float) -> Simulated | None:
    return Simulated(figure.mean / unit, figure.low / unit, figure.high / unit) if unit > 0 else None


def _path(cash: Array, level: float) -> tuple[Pounds, ...]:
    return tuple(float(value) for value in np.quantile(cash, level, axis=-1, method="inverted_cdf"))
