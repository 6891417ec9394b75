"""Hostile and absurd files: each gets a plain error, soon, and never anything else."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tariffs.sources import programme_files
from tariffs.sources.programme_files import FileError, ProgrammeFileError

EXAMPLE = (Path(programme_files.__file__).parents[1] / "examples" / "work-programme.json").read_bytes()


def faults_of(text: str | bytes) -> tuple[FileError, ...]:
    with pytest.raises(ProgrammeFileError) as raised:
        programme_files.loads(text)
    return raised.value.errors


@pytest.mark.promise("B3")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"{", "line 1, column 2"),
        (b"[]", "an object"),
        (b"null", "an object"),
        (b"7", "an object"),
        (b'"text"', "an object"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        (b'{"name": "\xc3\x28"}', "UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 100, "not JSON"),
        (b"[" * 1_000_000, "nested"),
        (b'{"a":' * 400_000, "nested"),
        (b"[" * 500 + b"]" * 500, "nested"),
        (b'{"a":' * 20 + b"1" + b"}" * 20, "nested"),
        (b"x" * 10_000_000, "10,000,000 bytes"),
        (b'{"name": "' + b"x" * 10_000_000 + b'"}', "bytes"),
        (b"[" + b"[]," * 600_000 + b"[]]", "too many values"),
        (b'{"groups": [' + b",".join([b"{}"] * 600_000) + b"]}", "too many values"),
        (b'"' + b'\\"' * 900_000, "not JSON"),
        (b"[" + b"1," * 900_000 + b"1]", "too many values"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_fault_of_the_whole_file(text: bytes, words: str) -> None:
    [fault] = faults_of(text)

    assert words in fault.message


@pytest.mark.promise("B2")
@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        (b'"price": 3500', b'"price": NaN', "/tariff/prices/6/price"),
        (b'"price": 3500', b'"price": Infinity', "/tariff/prices/6/price"),
        (b'"price": 3500', b'"price": -Infinity', "/tariff/prices/6/price"),
        (b'"price": 3500', b'"price": 1e999', "/tariff/prices/6/price"),
        (b'"price": 3500', b'"price": ' + b"9" * 5000, "/tariff/prices/6/price"),
        (b'"price": 3500', b'"price": 3500, "price": 1', "/tariff/prices/6/price"),
        (b'"summary": "', b'"summary": "\\u0000', "/summary"),
        (b'"summary": "', b'"summary": "\\ud800', "/summary"),
        (b'"summary": "', b'"\\udc00": 1, "summary": "', ""),
        (b'"summary": "', b'"a/b~": 1, "summary": "', "/a~1b~0"),
    ],
)
def test_what_no_sum_and_no_database_can_hold_is_refused_where_it_stands(old: bytes, new: bytes, pointer: str) -> None:
    assert old in EXAMPLE

    assert pointer in {fault.pointer for fault in faults_of(EXAMPLE.replace(old, new, 1))}


def test_the_same_key_far_apart_is_still_found() -> None:
    faults = faults_of(b'{"name": "x", ' + EXAMPLE.lstrip()[1:])

    assert [fault.pointer for fault in faults] == ["/name"]


@pytest.mark.slow
def test_the_largest_file_is_read() -> None:
    document = json.loads(EXAMPLE)
    document["groups"] = [{"id": f"g{number}", "price_band": "x"} for number in range(100)]
    document["milestones"] = [{"id": f"m{number}", "final": number == 0} for number in range(50)]
    pairs = [(group["id"], step["id"]) for group in document["groups"] for step in document["milestones"]]
    document["evidence"] = [{"group": group, "milestone": step, "baseline": 0.1} for group, step in pairs]
    document["tariff"] = {"prices": [{"price_band": "x", "milestone": f"m{at}", "price": at} for at in range(50)]}

    programme = programme_files.loads(json.dumps(document))

    assert len(programme.evidence) == 5000


odd_values = st.one_of(
    st.sampled_from(
        [None, True, -1, 0, 1e308, -1e308, 10**29, "", "x" * 3000, [], {}, [[]], "PG1", "job", 1e-320, -0.0]
    ),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.lists(st.integers(), max_size=3),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in below for place in places(part, (*path, key)))]


PLACES = places(json.loads(EXAMPLE))[1:]


@pytest.mark.promise("B2")
@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), odd_values), min_size=1, max_size=3))
def test_a_file_with_anything_anywhere_is_read_or_refused_and_what_is_read_survives(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    document = json.loads(EXAMPLE)
    for (*way, last), value in changes:
        part = document
        try:
            for key in way:
                part = part[key]
            part[last] = value
        except (LookupError, TypeError):
            pass

    try:
        programme = programme_files.loads(json.dumps(document))
    except ProgrammeFileError as error:
        assert error.errors
        assert all(fault.found and fault.allowed for fault in error.errors)
    else:
        assert programme_files.loads(programme_files.dumps(programme)) == programme


@pytest.mark.promise("B2")
@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes | str) -> None:
    assert faults_of(text)
