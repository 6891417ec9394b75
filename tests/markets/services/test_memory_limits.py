"""A limit on memory holds inside, and is gone afterwards."""

import resource
import sys

import pytest

from markets.services import memory_limits

MEBIBYTE = 1024**2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts private memory")
def test_what_needs_more_than_it_may_have_is_refused_and_what_needs_less_is_not() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)

    with memory_limits.at_most(128 * MEBIBYTE):
        assert len(bytearray(64 * MEBIBYTE)) == 64 * MEBIBYTE
        with pytest.raises(MemoryError):
            bytearray(256 * MEBIBYTE)

    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(256 * MEBIBYTE)) == 256 * MEBIBYTE
