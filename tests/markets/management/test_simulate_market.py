"""The market at the command line: the sentence first, one JSON object, and what it refuses."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.markets import market_document

pytestmark = pytest.mark.slow
REGISTER = "id,legal_form,income,free_reserves,groups,areas,year_registered\n" + "".join(
    f"{number},{'charity' if number % 2 else 'company'},{50_000 * (number + 1)},{'' if number % 3 else 90_000},"
    f"a;b,X;Y,{1990 + number}\n"
    for number in range(20)
)


def written(folder: Path, document: dict[str, Any]) -> Path:
    file = folder / "programme.json"
    file.write_text(json.dumps(document))
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, market_document())


@pytest.fixture
def register(tmp_path: Path) -> Path:
    file = tmp_path / "register.csv"
    file.write_text(REGISTER)
    return file


def simulate(*arguments: object) -> str:
    out = StringIO()
    call_command("simulate_market", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("simulate_market", *map(str, arguments), stderr=err)
    assert ended.value.code == 1
    return err.getvalue()


def test_the_json_has_every_part_and_is_the_same_again(file: Path, register: Path) -> None:
    asked = (file, "--providers", register, "--draws", 70, "--seed", 3, "--json")

    text = simulate(*asked)

    said = json.loads(text)
    assert text == simulate(*asked)
    assert said["format"] == "pbr-market/1"
    assert said["register"] == {"made_up": False, "providers": 20, "unknown_reserves": 13}
    assert [row["id"] for row in said["designs"]] == ["drafted", "small"]
    assert [(row["design"], row["round"]) for row in said["rounds"]] == [
        ("drafted", 1), ("drafted", 2), ("small", 1), ("small", 2)
    ]  # fmt: skip
    assert {row["design"] for row in said["differences"]} == {"small"}
    assert "“Smaller lots” keeps" in said["sentences"][0]
    assert [row["term"] for row in said["drivers"]] == ["market.lots.0.annual_value"]


def test_the_sentence_comes_first(file: Path, register: Path) -> None:
    lines = simulate(file, "--providers", register, "--draws", 40).splitlines()

    assert "Smaller lots" in lines[0]
    assert "small providers" in lines[0]
    assert "As drafted" in lines[0]
    assert "made" not in lines[2]


def test_without_a_register_one_is_made_up_and_said_to_be(file: Path) -> None:
    words = simulate(file, "--draws", 20)

    assert "a made-up register of 500 providers" in words
    assert "its providers do not exist" in words
    assert json.loads(simulate(file, "--draws", 20, "--json"))["register"]["made_up"] is True


def test_a_single_design_is_told_by_itself(tmp_path: Path, register: Path) -> None:
    document = market_document(designs=[]) | {"start": "2025-04"}

    words = simulate(written(tmp_path, document), "--providers", register, "--draws", 20)

    assert words.startswith("Back to work: 20 futures")
    assert simulate(tmp_path / "programme.json", "--draws", 20).startswith("Back to work: 20 futures, a made-up")


def test_the_same_design_twice_differs_by_nothing_in_every_draw(tmp_path: Path, register: Path) -> None:
    twice = market_document(designs=[{"id": "a", "changes": {}}, {"id": "b", "changes": {"budget": 0}}])
    file = written(tmp_path, twice)

    said = json.loads(simulate(file, "--providers", register, "--draws", 40, "--json"))

    assert said["drivers"] == []
    assert {row["more"] for row in said["differences"]} <= {0.0, None}
    assert {row["mean"] for row in said["differences"]} <= {0.0, None}
    assert simulate(file, "--providers", register, "--draws", 40).startswith(
        "In every future, “b” keeps as many small providers as “a”."
    )


def test_every_fault_of_file_and_register_is_told(tmp_path: Path, file: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("id,legal_form,income\n1,cic,NaN\n2,firm,5\n")

    told = refused(file, "--providers", bad)

    assert 'line 2: income: found "NaN"' in told
    assert 'line 3: legal_form: found "firm"' in told
    assert "/market/colour" in refused(written(tmp_path, market_document(colour="red")))
    document = market_document()
    del document["market"]
    assert "/market: Found nothing" in refused(written(tmp_path, document))


def test_wrong_use_ends_with_status_two(tmp_path: Path, file: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read") as no_register:
        simulate(file, "--providers", tmp_path / "nothing")
    with pytest.raises(CommandError, match="Cannot read") as no_file:
        simulate(tmp_path / "nothing")

    assert no_register.value.returncode == no_file.value.returncode == 2
    with pytest.raises(CommandError, match="2 designs can be drawn at most 50,000 times") as too_many:
        simulate(file, "--draws", 50_001)
    with pytest.raises(CommandError, match="Cannot read"):
        simulate(file, "--providers", "")
    assert too_many.value.returncode == 2
    with pytest.raises(CommandError, match="from 1 to 100,000"):
        simulate(file, "--draws", 0)
