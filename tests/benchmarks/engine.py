"""The engine: against the uniform numbers and the binomial variates it needs, by size, and its memory."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np

from tariffs.core.feasibility import check
from tariffs.core.incentives import Simulation, decisions, run
from tariffs.core.incentives.counts import main_line
from tariffs.core.programmes import Programme
from tariffs.sources.examples import work_programme

from .measures import in_new_process, in_turn, ratio, say, seconds_of

BLOCKS = 4


def with_reserves(reserves: float, overdraft: float = 0.0) -> Programme:
    """Give the worked example's provider so much money."""
    provider = replace(work_programme().providers[0], reserves=reserves, overdraft=overdraft)
    return replace(work_programme(), providers=(provider,))


#: Money enough never to cut support; none at all, so that every draw is followed month by month; as it is.
RICH, POOR = with_reserves(1e9), with_reserves(0.0, overdraft=1e9)


_CASES = {"support as planned": RICH, "support cut in every draw": POOR, "as it is": work_programme()}


def cells(simulation: Simulation) -> int:
    """Counts that one draw needs: one for each group, cohort and step that is not automatic, and one for leavers."""
    steps, contract = simulation.setting.steps, simulation.contracts[0]
    groups = range(len(simulation.programme.groups))
    people = [
        contract.cohorts(steps.months[step])
        for group in groups
        for step in range(len(steps))
        if not contract.automatic[group, step]
    ]
    assert len(main_line(steps)) == len(steps)
    return sum(people) + contract.referral_months * len(groups)


def drawn(simulation: Simulation, blocks: int = BLOCKS) -> Callable[[], None]:
    """Draw so many blocks, each time the same."""
    count = blocks * simulation.block_draws
    simulation.block(count, 1, 0)

    def work() -> None:
        for index in range(blocks):
            simulation.block(count, 1, index)

    return work


def uniforms(count: int) -> Callable[[], None]:
    """Draw so many uniform numbers into a block that stays in the cache."""
    rng, out = np.random.Generator(np.random.SFC64(1)), np.empty(3600)

    def work() -> None:
        for _ in range(count // out.size):
            rng.random(out=out)

    return work


def binomials(simulation: Simulation) -> Callable[[], None]:
    """Draw the worked example's counts by NumPy's own variates: referrals Poisson, then one binomial a step."""
    rng, contract = np.random.default_rng(1), simulation.contracts[0]
    draws, steps, decision = BLOCKS * simulation.block_draws, simulation.setting.steps, simulation.decisions[0]

    def work() -> None:
        for group in range(len(simulation.programme.groups)):
            people = rng.poisson(contract.planned[group][:, None], (contract.referral_months, draws))
            for step in main_line(steps):
                people = people[: contract.cohorts(steps.months[step])]
                if not contract.automatic[group, step]:
                    people = rng.binomial(people, decision.chance[group, step].mean())

    return work


def against_its_variates() -> None:
    """Compare a draw with the uniform numbers it needs, and with the same variates alone."""
    for name, programme in (
        ("support as planned", RICH),
        ("support cut in every draw", POOR),
        ("as it is", work_programme()),
    ):
        simulation = Simulation(programme)
        count = cells(simulation)
        draws = BLOCKS * simulation.block_draws
        engine = drawn(simulation)
        times = in_turn({"engine": engine, "uniforms": uniforms(count * draws)})
        say(f"a draw against its uniforms, {name}", cells=count, **ratio(times["engine"], times["uniforms"]))
        beside = in_turn({"engine": engine, "binomials": binomials(simulation)})
        say(f"a draw against its binomial variates, {name}", **ratio(beside["engine"], beside["binomials"]))
        say(f"microseconds a draw, {name}", microseconds=round(1e6 * min(times["engine"]) / draws, 1))


def by_size() -> None:
    """Compare sizes: draws, groups, service users."""
    base = Simulation(RICH)
    few, many = drawn(base, 2), drawn(base, 20)
    times = in_turn({"few": few, "many": many}, rounds=5)
    say("ten times the draws", **ratio(times["many"], times["few"]))
    for groups in (1, 2, 4, 8):
        programme = _with_groups(groups)
        times = in_turn({"these": drawn(Simulation(programme), 1), "four": drawn(Simulation(_with_groups(4)), 1)})
        per_draw = Simulation(programme).block_draws / Simulation(_with_groups(4)).block_draws
        found = ratio(times["these"], times["four"])
        say(f"{groups} groups against 4, a draw", **{key: round(value / per_draw, 2) for key, value in found.items()})
    ten_thousand = Simulation(_with_users(1e4))
    for users in (1e5, 1e6, 1e7):
        times = in_turn({"these": drawn(Simulation(_with_users(users)), 1), "1e4": drawn(ten_thousand, 1)})
        say(f"{users:.0e} service users against 1e4, a draw", **ratio(times["these"], times["1e4"]))


def _with_groups(count: int) -> Programme:
    """Repeat the worked example's groups."""
    given = work_programme()
    chosen = [given.groups[place % 4] for place in range(count)]
    groups = tuple(replace(group, id=f"{group.id}-{place}") for place, group in enumerate(chosen))
    evidence = tuple(
        replace(row, group=f"{row.group}-{place}")
        for place, group in enumerate(chosen)
        for row in given.evidence
        if row.group == group.id
    )
    return replace(RICH, groups=groups, evidence=evidence)


def _with_users(users: float) -> Programme:
    """Spread so many service users over the worked example's groups and months."""
    planned = sum(group.referrals_per_month for group in RICH.groups) * RICH.referral_months
    groups = tuple(
        replace(group, referrals_per_month=group.referrals_per_month * users / planned) for group in RICH.groups
    )
    provider = replace(RICH.providers[0], reserves=1e13)
    return replace(RICH, groups=groups, providers=(provider,))


def by_workers() -> None:
    """Compare one process with two, by the clock."""
    seconds = {}
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_one_block, range(workers)))
            start = perf_counter()
            list(pool.map(_one_block, range(24)))
            seconds[workers] = perf_counter() - start
    say("two workers against one, by the clock", ratio=round(seconds[2] / seconds[1], 2))


def _one_block(index: int) -> None:
    _shared().block(24 * _shared().block_draws, 1, index)


_kept: list[Simulation] = []


def _shared() -> Simulation:
    if not _kept:
        _kept.append(Simulation(RICH))
    return _kept[0]


def whole_run() -> None:
    """Time 10,000 draws of the worked example on one core, and weigh them."""
    say("10,000 draws of the worked example, one core", seconds=round(min(seconds_of(_ten_thousand) for _ in "123"), 2))
    say("memory above imports at 10,000 draws, with paths", mebibytes=float(in_new_process(_WEIGH)))
    exact = in_turn({"exact": partial(_exact, work_programme())}, rounds=9)["exact"]
    say("exact decisions of the worked example", milliseconds=round(1e3 * sorted(exact)[4], 1))
    found = in_turn({"findings": partial(check, work_programme())}, rounds=9)["findings"]
    say("all findings of the worked example without a simulation", milliseconds=round(1e3 * sorted(found)[4], 1))


def _ten_thousand() -> None:
    run(work_programme(), 10_000, 1)


def _exact(programme: Programme) -> None:
    decisions(Simulation(programme))


_WEIGH = """
from tariffs.core.feasibility import check
from tariffs.core.incentives import Simulation, merge
from tariffs.sources.examples import work_programme
from tests.benchmarks.measures import peak_mebibytes
import numpy.random
programme, before = work_programme(), peak_mebibytes()
simulation = Simulation(programme)
merge(simulation, 1, 10_000, [simulation.block(10_000, 1, index) for index in range(simulation.block_count(10_000))])
print(round(peak_mebibytes() - before, 1))
"""
