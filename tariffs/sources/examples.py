"""The example programmes that the product ships."""

from functools import lru_cache
from importlib import resources

from tariffs.core.programmes import Programme

from . import programme_files


@lru_cache(maxsize=1)
def work_programme() -> Programme:
    """Read the worked example, whose outcome is known."""
    return programme_files.loads(resources.files("tariffs").joinpath("examples/work-programme.json").read_bytes())
