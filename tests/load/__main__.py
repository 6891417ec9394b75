"""Run every load: `make load`."""

import os
import platform
from datetime import UTC, datetime

from tests.benchmarks.measures import say
from tests.benchmarks.served import product

from . import readers, rush


def main() -> None:
    """Say where and when, bring the product up, and load it."""
    say(
        "machine",
        date=datetime.now(UTC).date().isoformat(),
        processor=platform.processor() or platform.machine(),
        cores=os.cpu_count(),
        python=platform.python_version(),
    )
    with product() as visitor:
        rush.deadline(visitor.port)
        readers.morning(visitor.port)


if __name__ == "__main__":
    main()
