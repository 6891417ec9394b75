"""How long cures and the incentive map of the worked example take."""

from functools import partial

from tariffs.core import repairs
from tariffs.core.incentive_maps import _map
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Programme
from tariffs.sources.examples import work_programme

from .measures import in_turn, say, seconds_of


def times() -> None:
    """Time all suggestions for the worked example on one core, and its map."""
    programme = work_programme()
    found = min(seconds_of(partial(_all_suggestions, programme)) for _ in "123")
    say("repair suggestions of the worked example, one core", seconds=round(found, 2), target=2)
    drawn = in_turn({"map": partial(_map.__wrapped__, programme, 0)}, rounds=9)["map"]
    say("the incentive map of the worked example", milliseconds=round(1e3 * sorted(drawn)[4], 1))


def _all_suggestions(programme: Programme) -> None:
    question = repairs.Question(programme, 0, PARAMETERS.parked_limit)
    found = [
        repairs.worked_out(question, part, PARAMETERS.repair_draws, 1) for part in repairs.parts(question.programme)
    ]
    repairs.put_together(question, found, PARAMETERS.repair_draws, 1)
