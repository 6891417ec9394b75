"""How a measure is taken: contenders in turn, medians, and one JSON line."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def say(measure: str, **figures: object) -> None:
    """Print one measure."""
    sys.stdout.write(json.dumps({"measure": measure, **figures}) + "\n")
    sys.stdout.flush()


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turn(contenders: dict[str, Callable[[], object]], rounds: int = 9) -> dict[str, list[float]]:
    """Processor time of each contender, every one once in each round."""
    for work in contenders.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            times[name].append(seconds_of(work))
    return times


def ratio(one: list[float], other: list[float]) -> dict[str, float]:
    """Median ratio of two contenders' rounds, with its lowest and highest."""
    each = sorted(a / b for a, b in zip(one, other, strict=True))
    return {
        "ratio": round(statistics.median(each), 2),
        "ratio_lowest": round(each[0], 2),
        "ratio_highest": round(each[-1], 2),
    }


def peak_mebibytes() -> float:
    """Most memory that this process has held since it began."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def in_new_process(code: str) -> str:
    """Run code in a fresh interpreter and return the last line it prints."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]
