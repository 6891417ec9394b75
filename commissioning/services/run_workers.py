"""What a worker does when it is told that there may be work: blocks and merges for about a second, then a pause."""

import logging
import time

from commissioning.models import Run, RunBlock

from . import run_blocks, run_merges, works

SLICE_SECONDS = 1.0
# Others may take the last free block of a run between choosing it and claiming; then the next in turn is tried.
MOST_TRIES = 5

logger = logging.getLogger(__name__)


def work(*, worker: str, seconds: float = SLICE_SECONDS) -> bool:
    """Work for about this long; return whether there may be more to do."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not (_merge_one() or _compute_some(worker, until)):
            return False
    return True


def _merge_one() -> bool:
    run = run_merges.claim()
    if run is None:
        return False
    try:
        run_merges.merge(run=run)
    except Exception:
        logger.exception("The merge of run %s failed.", run.pk)
        run_merges.give_up(run=run)
    return True


def _compute_some(worker: str, until: float) -> bool:
    """Compute blocks of the run whose turn it is until its blocks or the time run out."""
    for run in run_blocks.runs_in_turn()[:MOST_TRIES]:
        block = run_blocks.claim(run=run, worker=worker)
        if block is None:
            continue
        while block is not None:
            _compute(run, block)
            block = run_blocks.claim(run=run, worker=worker) if time.monotonic() < until else None
        return True
    return False


def _compute(run: Run, block: RunBlock) -> None:
    try:
        payload = works.get(run.kind).block(run.inputs, run.seed, run.draws, block.index)
        if run_blocks.finish(block=block, payload=payload):
            run_merges.refresh_estimate(run=run)
        else:
            logger.info("Block %s of run %s came too late: its figures were thrown away.", block.index, run.pk)
    except Exception:
        logger.exception("Block %s of run %s failed.", block.index, run.pk)
        run_blocks.give_up(block=block)
