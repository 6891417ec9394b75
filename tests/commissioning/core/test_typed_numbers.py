"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.core import typed_numbers
from commissioning.core.typed_numbers import FractionError, UnreadableError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("£1,200.50", Decimal("1200.5")),
        (" 11 % ", 11),
        ("-3", -3),
        ("\N{MINUS SIGN}3.25", Decimal("-3.25")),
        ("0", 0),
    ],
)
def test_a_number_reads_however_it_is_dressed(text, number):
    assert typed_numbers.read(text) == number


@pytest.mark.parametrize("text", ["", "many", "1.2.3", "1e5", "NaN", "inf", "--1", "1/2", "٣", "9" * 21, ".5", "5."])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(UnreadableError):
        typed_numbers.read(text)


def test_a_whole_number_has_no_fraction():
    assert typed_numbers.read_whole("12.0") == 12
    with pytest.raises(FractionError):
        typed_numbers.read_whole("12.5")


def test_pounds_are_whole_pennies():
    assert typed_numbers.read_pounds("1.5") == Decimal("1.50")
    with pytest.raises(FractionError):
        typed_numbers.read_pounds("1.005")


def test_eleven_in_a_hundred_is_a_share_of_0_11():
    assert typed_numbers.read_share("11") == 0.11
    assert typed_numbers.write_share(0.11) == "11"


def test_nothing_is_written_as_nothing():
    assert (typed_numbers.write(None), typed_numbers.write_pounds(None), typed_numbers.write_share(None)) == ("",) * 3


@pytest.mark.parametrize(
    ("number", "text"), [(350.0, "350"), (0.0, "0"), (-0.5, "-0.5"), (1e-9, "0.000000001"), (Decimal("0"), "0")]
)
def test_a_number_is_written_with_no_more_figures_than_it_needs(number, text):
    assert typed_numbers.write(number) == text


@pytest.mark.parametrize(("pounds", "text"), [(Decimal("1200.00"), "1200"), (Decimal("0.50"), "0.50")])
def test_pounds_are_written_with_pence_only_where_there_are_any(pounds, text):
    assert typed_numbers.write_pounds(pounds) == text


@pytest.mark.parametrize(("number", "text"), [(1200.0, "1,200"), (1234.5, "1,234.5"), (-0.5, "-0.5"), (None, "")])
def test_a_number_for_reading_has_separators(number, text):
    assert typed_numbers.write_with_separators(number) == text


@given(st.floats(0, 1).filter(lambda share: share == 0 or share > 1e-8))
def test_a_share_reads_back_as_itself(share):
    assert typed_numbers.read_share(typed_numbers.write_share(share)) == share


@given(st.floats(-1e12, 1e12).filter(lambda number: number == 0 or abs(number) > 1e-7))
def test_a_number_reads_back_as_itself(number):
    assert float(typed_numbers.read(typed_numbers.write(number))) == number


@given(st.decimals(0, 10**12, places=2))
def test_pounds_read_back_as_themselves(pounds):
    assert typed_numbers.read_pounds(typed_numbers.write_pounds(pounds)) == pounds
