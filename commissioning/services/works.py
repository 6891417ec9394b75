"""What workers can compute: each kind of run brings its work here when the project starts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q
from django.urls import reverse

from commissioning.models import Run

Inputs = Mapping[str, Any]


class Work(Protocol):
    """One kind of computation, cut into blocks that any worker may take in any order.

    The same inputs, seed, draws and index give the same bytes on every machine. A block takes a small part
    of the lease (RUN_LEASE_SECONDS), since a worker is heard of between blocks only.
    """

    @property
    def engine(self) -> str:
        """The version of the code that computes: another version is another run."""

    def blocks(self, inputs: Inputs, draws: int) -> Sequence[int]:
        """Return how many draws each block holds, adding up to all that were asked for."""

    def block(self, inputs: Inputs, seed: int, draws: int, index: int) -> bytes:
        """Compute one block."""

    def estimate(self, inputs: Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Say what the blocks so far suggest: small, for a page that shows it narrow."""

    def merge(self, inputs: Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Make the result of all blocks, given in order of their index."""


@dataclass(frozen=True)
class Shown:
    """How pages show a kind of run.

    `page` is the name of its page's address, `name` what one is called; `counts` is what its progress counts: draws,
    or, `by_block`, whatever each of its blocks holds; `so_far` is the template of what it says so far, where there is
    one.
    """

    page: str = ""
    name: str = "simulation"
    counts: str = "draws"
    by_block: bool = False
    so_far: str = ""


_works: dict[str, Work] = {}
_shown: dict[str, Shown] = {}


def register(*, kind: str, work: Work, shown: Shown | None = None) -> None:
    """Teach the workers a kind of run, and the pages how to show it; an app calls this in its AppConfig.ready."""
    _works[kind] = work
    _shown[kind] = shown or Shown()


def shown(kind: str) -> Shown:
    """Tell how pages show a kind of run; one that this version no longer knows is shown plainly."""
    return _shown.get(kind, Shown())


def page(run: Run) -> str:
    """Return where a run is read: its own page, or its programme's where its kind has none."""
    name = shown(run.kind).page
    return reverse(name, args=[run.pk]) if name else run.programme.get_absolute_url()


def get(kind: str) -> Work:
    return _works[kind]


def computable() -> Q:
    """Select the runs that this process can compute: its kinds, in its versions of them."""
    known = Q(pk=None)
    for kind, work in _works.items():
        known |= Q(kind=kind, engine=work.engine)
    return known
