"""Months as people type them."""

import pytest

from commissioning.core import typed_months
from commissioning.core.typed_numbers import UnreadableError


@pytest.mark.parametrize("text", ["April 2026", "apr 2026", "Apr. 2026", "4/2026", "04-2026", "2026-04", " 2026/4 "])
def test_a_month_reads_however_it_is_written(text):
    assert typed_months.read(text) == "2026-04"


@pytest.mark.parametrize("text", ["2026", "13/2026", "2026-00", "Aprl 2026", "spring 2026", "1 April 2026", "٤/2026"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(UnreadableError):
        typed_months.read(text)


def test_a_month_reads_back_as_itself():
    assert typed_months.write("2026-04") == "April 2026"
    assert typed_months.read(typed_months.write("2026-04")) == "2026-04"


def test_no_month_is_no_month():
    assert typed_months.read(" ") == typed_months.write("") == ""
