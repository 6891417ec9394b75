"""Reads the worked example and sets the model against what it did in history."""

from functools import lru_cache
from importlib import resources

from tariffs.core.incentives import validation
from tariffs.core.programmes import Programme
from tariffs.sources import programme_files


def example() -> Programme:
    """Read the project's own copy of the worked example."""
    return programme_files.loads(resources.files("tariffs").joinpath("examples/work-programme.json").read_bytes())


@lru_cache(maxsize=1)
def worked_example() -> validation.Validation:
    """Compute the comparison; it depends on nothing that changes while the program runs."""
    return validation.validate(example())
