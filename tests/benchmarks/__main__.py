"""Run every measure: `make bench`."""

import os
import platform
from datetime import UTC, datetime

import numpy as np

from . import doubts, engine, markets, pages, repairs, sobol
from .measures import say


def main() -> None:
    """Say where and when, then measure."""
    say(
        "machine",
        date=datetime.now(UTC).date().isoformat(),
        processor=platform.processor() or platform.machine(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        numpy=np.__version__,
    )
    engine.against_its_variates()
    engine.by_size()
    engine.by_workers()
    engine.whole_run()
    sobol.cut_of_variance()
    repairs.times()
    markets.times()
    doubts.times()
    pages.times()


if __name__ == "__main__":
    main()
