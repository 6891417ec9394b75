"""What the sweeper does each round for apps above this one: each brings its chore when the project starts."""

from collections.abc import Callable

_chores: list[Callable[[], object]] = []


def register(chore: Callable[[], object]) -> None:
    """Have something done each round; an app calls this in its AppConfig.ready."""
    _chores.append(chore)


def do_all() -> None:
    """Do every chore once."""
    for chore in _chores:
        chore()
