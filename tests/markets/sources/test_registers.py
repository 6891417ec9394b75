"""Registers from files: both formats, every fault with its line, and what strangers send."""

import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.core.registers import LegalForm, Provider
from markets.sources import registers
from markets.sources.registers import RegisterError, load

HEADING = "id,legal_form,income"


def read(text: str | bytes) -> tuple[Provider, ...]:
    return load(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(RegisterError) as raised:
        read(text)
    return str(raised.value).splitlines()


def test_a_csv_is_read_in_any_order_of_columns() -> None:
    (found,) = read(
        "\ufeffname,id,legal_form,income,expenditure,free_reserves,year_registered,groups,areas,"
        "quality,appetite,outcomes_experience,market_income_share\n"
        '"Help, at last",7,CHARITY ,1000.5,900,0,1998,a; b;a,X,0.6,0.1,yes,0.2\r\n\r\n'
    )

    assert found == Provider(
        "7", LegalForm.CHARITY, 1000.5, "Help, at last", 900.0, 0.0, 1998, ("a", "b"), ("X",), 0.6, 0.1, True, 0.2
    )


def test_what_is_empty_is_not_known_and_never_nothing() -> None:
    (short,) = read(f"{HEADING}\n1,cic,5\n")
    (empty,) = read(f"{HEADING},free_reserves,expenditure,groups\n1,cic,5, ,,\n")

    assert short == empty == Provider("1", LegalForm.CIC, 5.0)
    assert short.free_reserves is None


def test_json_lines_are_told_by_their_content() -> None:
    rows = [
        {"id": 1, "legal_form": "mutual", "income": 5, "groups": ["a", "b"], "outcomes_experience": True},
        {"id": "2", "legal_form": "company", "income": "6", "free_reserves": None, "areas": "X;Y", "name": None},
    ]

    one, two = read("\n" + "\n\n".join(map(json.dumps, rows)))

    assert (one.id, one.groups, one.outcomes_experience) == ("1", ("a", "b"), True)
    assert (two.income, two.free_reserves, two.areas, two.name) == (6.0, None, ("X", "Y"), "")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (",charity,5", "id: is empty"),
        ("1,,5", 'legal_form: found ""; allowed are charity, cic, company, public_body, mutual'),
        ("1,firm,5", 'legal_form: found "firm"'),
        ("1,charity,", "income: is empty"),
        ("1,charity,NaN", 'income: found "NaN"; allowed is a number from 0 to 1,000,000,000,000'),
        ("1,charity,-inf", 'income: found "-inf"'),
        ("1,charity,-1", 'income: found "-1"'),
        ("1,charity,1e13", 'income: found "1e13"'),
        ("1,charity,1_000", 'income: found "1_000"'),
        ("1,charity,£5", 'income: found "£5"'),
        ("1,charity,5,6", "4 cells where the heading has 3"),
        ("1,charity", "2 cells where the heading has 3"),
        (f"{'x' * 101},charity,5", "allowed is text of at most 100 characters"),
    ],
)
def test_a_bad_row_is_told_with_line_and_reason(cells: str, reason: str) -> None:
    (fault,) = faults(f"{HEADING}\n0,cic,1\n{cells}\n")

    assert fault.startswith("line 3: ")
    assert reason in fault


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("year_registered", 999, "allowed is a year such as 1998"),
        ("year_registered", 1998.5, "allowed is a year such as 1998"),
        ("year_registered", 2201, "allowed is a number from 0 to 2,200"),
        ("quality", 1.01, "allowed is a number from 0 to 1"),
        ("appetite", True, 'found "True"'),
        ("market_income_share", [1], 'found "[1]"'),
        ("free_reserves", 10**400, "allowed is a number"),
        ("expenditure", "five", 'found "five"'),
        ("outcomes_experience", "perhaps", "allowed are true and false"),
        ("groups", {"a": 1}, "allowed are at most 1,000 names with ; between"),
        ("groups", [1], "allowed are"),
        ("areas", ";".join(map(str, range(1001))), "allowed are at most 1,000 names"),
        ("areas", "x" * 101, "allowed are"),
        ("name", ["a"], "allowed is text"),
        ("name", "x" * 301, "at most 300 characters"),
        ("name", "\ud800", "allowed is text"),
        ("id", 1.5, "allowed is text"),
        ("legal_form", ["charity"], "legal_form: found"),
        ("colour", "red", 'no such column: "colour"'),
        ("\u202e" * 60, "red", "no such column: "),
    ],
)
def test_a_bad_value_is_told_with_its_column(column: str, value: object, reason: str) -> None:
    (fault,) = faults(json.dumps({"id": "1", "legal_form": "cic", "income": 5, column: value}))

    assert fault.startswith("line 1: ")
    assert reason in fault
    assert len(fault) < 200


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": NaN}', "NaN is not a number any sum can use"),
        ('{"id": "1", "id": "2"}', "a column is given twice"),
        ("{", "not a JSON object on one line"),
        ("[1]", "not a JSON object on one line"),
        ('{"a":' * 30_000, "a line has at most"),
        ('{"a":' * 15_000, "not a JSON object on one line"),
        ('{"id": ' + "9" * 5000 + "}", "not a JSON object on one line"),
    ],
)
def test_a_line_that_is_no_object_is_told(line: str, reason: str) -> None:
    good = '{"id": "0", "legal_form": "cic", "income": 5}\n'

    assert f"line 2: {reason}" in faults(good + line)[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: the file names no provider"),
        (" \n\n", "line 1: the file names no provider"),
        (f"{HEADING}\n", "line 1: the file names no provider"),
        ("id,income\n1,2\n", "line 1: the column legal_form is missing"),
        (f"{HEADING},colour\n", 'line 1: no such column: "colour"'),
        (f"{HEADING},id\n", "line 1: a column is given twice"),
        (f'{HEADING}\n1,"cic"x,5\n', "line 2: not CSV"),
        (f'{HEADING}\n1,"cic', "line 2: not CSV"),
        (b"id,legal_form,income\n\xff,cic,5\n", "line 2: a byte that is not UTF-8"),
        (b"id,legal_form,income\n1,cic\x00,5\n", "line 2: a null character"),
        (b"x" * 10_000_000, "line 1: a line has at most 100,000 bytes"),
        (f"{HEADING}\n1,cic,5\n2,cic,5\n1,cic,6\n", 'line 4: id: "1" is given twice'),
    ],
)
def test_a_file_that_is_no_register_is_told(text: str | bytes, reason: str) -> None:
    assert faults(text)[0].startswith(reason)


def test_all_faults_are_told_up_to_fifty_and_that_there_may_be_more() -> None:
    text = HEADING + "\n" + "".join(f"{number},cic,-1\n" for number in range(80))

    told = faults(text)

    assert len(told) == 51
    assert told[-2].startswith("line 51: income")
    assert told[-1] == "line 51: too many faults; the rest was not read"


cells = st.sampled_from(["", "1", "charity", "5", "-1", "nan", "1e400", '"', "a;b", "\r", "é", "\u2028", "true", "\0"])
columns = st.lists(st.sampled_from([*registers.COLUMNS, "x"]), min_size=1, max_size=6)
tables = st.tuples(columns, st.lists(st.lists(cells, max_size=6), max_size=4)).map(
    lambda table: "\n".join(",".join(row) for row in (table[0], *table[1])).encode()
)
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["charity", "1"])
)
values = leaves | st.lists(leaves, max_size=3) | st.dictionaries(st.text(max_size=3), leaves, max_size=2)
objects = st.lists(st.dictionaries(st.sampled_from([*registers.COLUMNS, "x"]), values), min_size=1, max_size=4).map(
    lambda rows: "\n".join(map(json.dumps, rows)).encode()
)


@pytest.mark.slow
@pytest.mark.promise("B2")
@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200) | tables | objects)
def test_any_bytes_are_a_register_or_are_told_to_be_none(given: bytes) -> None:
    try:
        found = load(io.BytesIO(given))
    except RegisterError as error:
        assert error.errors
        assert str(error).isprintable() or "\n" in str(error)
    else:
        assert all(0 <= provider.income <= registers.MOST_POUNDS and provider.id for provider in found)


@pytest.fixture
def low_limits() -> Iterator[None]:
    kept = registers.MOST_ROWS, registers.MOST_BYTES
    registers.MOST_ROWS, registers.MOST_BYTES = 3, 80
    yield
    registers.MOST_ROWS, registers.MOST_BYTES = kept


@pytest.mark.usefixtures("low_limits")
def test_rows_and_bytes_are_limited() -> None:
    many = HEADING + "\n" + "".join(f"{number},cic,1\n" for number in range(4))
    large = HEADING + "\n" + "".join(f"{number},cic,{'1' * 10}\n" for number in range(4))

    assert "a register has at most 3 rows" in faults(many)[0]
    assert "a register has at most 80 bytes" in faults(large)[-1]
