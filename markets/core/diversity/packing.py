"""Blocks of a comparison as bytes, for storage between the workers that draw them and the one that joins them."""

import io
from collections.abc import Sequence

import numpy as np

from .figures import Figures

_SEPARATOR = "|"


def pack(block: Sequence[Figures]) -> bytes:
    """Pack one block: figures of each simulation by name; the same figures give the same bytes."""
    arrays = {f"{place}{_SEPARATOR}{name}": values for place, one in enumerate(block) for name, values in one.items()}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpack(payload: bytes) -> tuple[Figures, ...]:
    """Undo `pack`."""
    found: dict[int, Figures] = {}
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        for key in arrays.files:
            place, _, name = key.partition(_SEPARATOR)
            found.setdefault(int(place), {})[name] = arrays[key]
    return tuple(found[place] for place in sorted(found))
