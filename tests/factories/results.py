"""Results of runs as their pages get them, computed by the product's own work, without a database."""

from typing import Any

from tariffs.core.programmes import Programme
from tariffs.services.incentive_runs import IncentiveWork
from tariffs.sources import programme_files


def document(programme: Programme) -> dict[str, Any]:
    return programme_files.to_document(programme)


def result(programme: Programme, *, draws: int = 64, seed: int = 1) -> dict[str, Any]:
    work, inputs = IncentiveWork(), document(programme)
    payloads = [work.block(inputs, seed, draws, index) for index in range(len(work.blocks(inputs, draws)))]
    return work.merge(inputs, seed, draws, payloads)


def names(programme: Programme) -> dict[str, str]:
    return {group.id: group.name or group.id for group in programme.groups}
