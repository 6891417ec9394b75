"""What is bought and by whom; also the project's plumbing."""

import ctypes
import os

# Many small matrices, and one process for each core: threads of the linear algebra library would only be in the way.
# It has to be said before anything loads NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .celery import app as celery_app

__all__ = ["celery_app"]

#: Names and numbers of the GNU C library's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


def _keep_freed_memory() -> None:
    """Take freed arrays again at once: handing each back to the system costs a simulation a tenth of its time."""
    if adjust := getattr(ctypes.CDLL(None), "mallopt", None):
        adjust(_MMAP_THRESHOLD, 1 << 25)
        adjust(_TRIM_THRESHOLD, 1 << 28)


_keep_freed_memory()
