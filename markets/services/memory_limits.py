"""A limit on the memory that a piece of work may take, so that a hostile file ends its own import and nothing else."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USED = Path("/proc/self/statm")


@contextmanager
def at_most(extra: int) -> Iterator[None]:
    """Allow so many bytes beyond what the process holds now; beyond them Python raises MemoryError.

    Notes
    -----
    The limit is RLIMIT_DATA, which counts a process's private memory since Linux 4.7 (getrlimit(2)). Elsewhere there is
    no such count, and no limit: there the worker's own cap has to do.
    """
    if not _USED.exists():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    data_pages = int(_USED.read_text("ascii").split()[5])
    most = data_pages * resource.getpagesize() + extra
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
