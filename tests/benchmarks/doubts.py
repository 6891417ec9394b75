"""How long it takes to try evidence, to rehearse bad times and to search for a subcontractor's terms."""

from functools import partial
from statistics import median

from tariffs.core import rehearsals, sensitivity, subcontract_terms, supply_chains
from tariffs.core.rehearsals import Clause, Relief, Shock, ShockKind, Stage, Trigger
from tariffs.sources import examples, programme_files

from .measures import say, seconds_of

ROUNDS = 3
DRAWS = 1024


def _seconds(work: object) -> float:
    return round(median(seconds_of(work) for _ in range(ROUNDS)), 2)  # type: ignore[arg-type]


def times() -> None:
    """Say the processor time of each on the worked example, on one core."""
    programme = programme_files.loads(examples.read("work-programme"))
    pieces = sensitivity.pieces(programme)

    def analyse() -> None:
        for piece in pieces:
            sensitivity.work(programme, piece)

    say("seconds of an analysis of evidence", pieces=len(pieces), seconds=_seconds(analyse))
    clause = Clause(Trigger.INCOME, 0.8, 12, Relief.FORGIVE, 0.5)
    for kind, size in rehearsals.DEFAULTS.items():
        stage = Stage(programme, Shock(kind, size, "job"), clause)
        blocks = range(stage.simulation.block_count(DRAWS))
        seconds = _seconds(partial(_played, stage, blocks))
        say("seconds of a rehearsal", shock=kind.value, draws=DRAWS, variants=4, seconds=seconds)
    say("seconds of a rehearsal of referrals against draws", **_growth(programme, clause))
    smallest = supply_chains.smallest_of(programme)

    def search() -> None:
        for index in range(len(subcontract_terms.pieces())):
            supply_chains.quick_draws.of_only_provider.cache_clear()
            subcontract_terms.work(programme, smallest, index)

    say("seconds of a search for a subcontractor's terms", seconds=_seconds(search))


def _played(stage: Stage, blocks: range) -> None:
    for index in blocks:
        stage.block(DRAWS, 1, index)


def _growth(programme: object, clause: Clause) -> dict[str, float]:
    stage = Stage(programme, Shock(ShockKind.REFERRALS, 1 / 3), clause)  # type: ignore[arg-type]
    few, many = (_seconds(partial(stage.block, draws, 1, 0)) for draws in (64, 512))
    return {"few": few, "many": many}
