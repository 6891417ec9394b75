"""Arrivals at times fixed beforehand: a slow answer makes nobody come later, and counts from when it was asked for."""

import http.client
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

#: Visitors who may wait for an answer at one time.
AT_ONCE = 100


@dataclass(frozen=True)
class Reply:
    """What one visitor got: the answer's status, 0 for none, where it leads, and seconds since they were to come."""

    number: int
    status: int
    location: str
    seconds: float
    left_at: float


def come(times: Sequence[float], visit: Callable[[int], tuple[int, str]]) -> list[Reply]:
    """Let visitors come at these times, in seconds from now, each once; give what each got, in their order."""
    start = time.perf_counter()

    def one(number: int) -> Reply:
        wait = start + times[number] - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        left = time.time()
        try:
            status, location = visit(number)
        except (OSError, http.client.HTTPException):
            status, location = 0, ""
        return Reply(number, status, location, time.perf_counter() - start - times[number], left)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(len(times))))


def spread(replies: Sequence[Reply]) -> dict[str, float]:
    """Give the middle, 95th and 99th percentile and the longest wait, in milliseconds."""
    cuts = statistics.quantiles([1e3 * reply.seconds for reply in replies], n=100, method="inclusive")
    longest = max(reply.seconds for reply in replies)
    return {
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "max": round(1e3 * longest, 1),
    }
