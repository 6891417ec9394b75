"""Reads the tariffs of a programme side by side, with what was last found of each."""

from dataclasses import dataclass

from commissioning.models import Programme, Run
from tariffs.core import programmes as core
from tariffs.core import tariff_words
from tariffs.models import Tariff

from . import incentive_runs, programmes


@dataclass(frozen=True)
class Scenario:
    """One tariff of a programme: what it pays in one line, and its last finished run."""

    tariff: Tariff
    line: str
    run: Run | None


def of_programme(programme: Programme) -> tuple[Scenario, ...]:
    """Give every tariff of the programme, the proposed one first, in ten queries."""
    rows = list(programme.tariffs.all())
    cores = programmes.with_each_tariff(programme)
    found = incentive_runs.newest_by_inputs(programme, [programmes.fingerprint(each) for each in cores])
    return tuple(_scenario(tariff, each, found) for tariff, each in zip(rows, cores, strict=True))


def _scenario(tariff: Tariff, whole: core.Programme, found: dict[str, Run]) -> Scenario:
    line = tariff_words.in_one_line(whole.tariff)
    return Scenario(tariff, line, found.get(programmes.fingerprint(whole)))
