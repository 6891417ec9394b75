"""The example programmes that the product ships."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from commissioning.core.pathways import Provenance, Quality
from tariffs.core.programmes import Programme

from . import programme_files

#: What the files of the examples are called, in the order in which people are offered them.
KEYS = ("work-programme", "innovation-fund", "troubled-families", "hmp-doncaster", "peterborough")


class NoSuchExampleError(LookupError):
    """The product ships no example of this key."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example as it is offered; `sourced` and `assumed` count the entries of its file.

    An entry is a group, a milestone, a piece of evidence, a price, a provider or the uncertainty. It counts as assumed
    where any of its figures is, or where it names no source.
    """

    key: str
    name: str
    summary: str
    sourced: int
    assumed: int

    @property
    def foundation(self) -> str:
        """Say how much of the file rests on sources."""
        total = self.sourced + self.assumed
        return f"Of {total} entries, {self.sourced} come from sources and {self.assumed} are assumed, at least in part."


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """List the examples, the worked one first."""
    return tuple(_example(key) for key in KEYS)


@lru_cache(maxsize=len(KEYS))
def load(key: str) -> Programme:
    """Read an example; raise NoSuchExampleError where there is none of this key."""
    return programme_files.loads(read(key))


def read(key: str) -> bytes:
    """Read the text of an example's file, as a service imports it."""
    if key not in KEYS:
        raise NoSuchExampleError(key)
    return resources.files("tariffs").joinpath(f"examples/{key}.json").read_bytes()


def work_programme() -> Programme:
    """Read the worked example, whose outcome is known."""
    return load(KEYS[0])


def _example(key: str) -> Example:
    programme = load(key)
    known = [_is_sourced(provenance) for provenance in provenances(programme)]
    return Example(key, programme.name, programme.summary, sum(known), len(known) - sum(known))


def provenances(programme: Programme) -> Iterator[Provenance]:
    """Give where each entry of a programme comes from, in the order of the file."""
    rows = (programme.groups, programme.milestones, programme.evidence, programme.tariff.prices, programme.providers)
    yield from (row.provenance for part in rows for row in cast("tuple[Any, ...]", part))
    yield programme.uncertainty.provenance


def _is_sourced(provenance: Provenance) -> bool:
    return bool(provenance.source) and provenance.quality not in (None, Quality.ASSUMPTION)
