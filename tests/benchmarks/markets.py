"""The diversity simulation: 5,000 providers, 1,000 draws, 6 rounds, 20 lots, against the Normals that it needs."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from markets.core.diversity import Simulation
from markets.core.incentive_facts import Facts
from markets.core.markets import Lot, Market
from markets.core.registers import FORMS, Provider, Register
from markets.core.reserves import published_months

from .measures import in_new_process, in_turn, ratio, say, seconds_of

PROVIDERS, DRAWS, ROUNDS, LOTS, GROUPS, AREAS = 5_000, 1_000, 6, 20, 10, 5
#: Middling ratios: a quarter of a year's value to pre-finance, a loss of a tenth at worst.
FACTS = Facts("one", 1e6, 0.25, 0.1, 0.03, 0.1, 0.25, 0.3, 0.001)


@lru_cache(maxsize=1)
def simulation() -> Simulation:
    """Make a market in which each provider serves two groups in two areas, and half have unknown reserves."""
    rng = np.random.default_rng(1)
    income = np.exp(rng.normal(12.5, 1.5, PROVIDERS))
    reserves = published_months(rng.random(PROVIDERS)) * income / 12
    groups = [tuple(str(name) for name in rng.choice(GROUPS, 2, replace=False)) for _ in range(PROVIDERS)]
    areas = [tuple(str(name) for name in rng.choice(AREAS, 2, replace=False)) for _ in range(PROVIDERS)]
    providers = [
        Provider(
            id=str(number),
            legal_form=FORMS[number % len(FORMS)],
            income=float(income[number]),
            free_reserves=float(reserves[number]) if number % 2 else None,
            groups=groups[number],
            areas=areas[number],
        )
        for number in range(PROVIDERS)
    ]
    lots = tuple(Lot(str(number), 2e5, 36, (str(number % GROUPS),), (str(number % AREAS),)) for number in range(LOTS))
    return Simulation(Market(lots, rounds=ROUNDS), (FACTS,) * len(FORMS), Register.of(providers, 1))


def whole_run() -> None:
    """Draw every block of a run."""
    made = simulation()
    for index in range(made.block_count(DRAWS)):
        made.block(DRAWS, 1, index)


def normal_variates() -> Callable[[], None]:
    """Draw one Normal for each provider, draw and round, into a block that stays in the cache."""
    rng, out = np.random.Generator(np.random.SFC64(1)), np.empty(PROVIDERS)

    def work() -> None:
        for _ in range(DRAWS * ROUNDS):
            rng.standard_normal(out=out)

    return work


def times() -> None:
    """Time a run on one core, hold it against its Normals, and weigh it."""
    size = {"providers": PROVIDERS, "draws": DRAWS, "rounds": ROUNDS, "lots": LOTS}
    simulation()
    say("a market simulated, one core", **size, seconds=round(min(seconds_of(whole_run) for _ in "123"), 2))
    beside = in_turn({"market": whole_run, "normals": normal_variates()}, rounds=3)
    say("a market against one Normal for each provider, draw and round", **ratio(beside["market"], beside["normals"]))
    say("memory above imports of a simulated market", mebibytes=float(in_new_process(_WEIGH)))


_WEIGH = """
from tests.benchmarks import markets
from tests.benchmarks.measures import peak_mebibytes
from markets.core.diversity import joined
before = peak_mebibytes()
made = markets.simulation()
joined([made.block(markets.DRAWS, 1, index) for index in range(made.block_count(markets.DRAWS))])
print(round(peak_mebibytes() - before, 1))
"""
