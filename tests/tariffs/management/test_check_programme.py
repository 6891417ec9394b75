"""The rules of good design at the command line: words, one JSON object, and what it refuses."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tariffs.core import incentives
from tariffs.core.feasibility import Inputs, check, sorted_worst_first, verdict
from tariffs.sources import programme_files
from tariffs.sources.examples import KEYS
from tests.factories.tariffs import small_document

EXAMPLES = Path(__file__).parents[3] / "tariffs" / "examples"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "programme.json"
    file.write_text(json.dumps(small_document()))
    return file


def checked(*arguments: object) -> str:
    out = StringIO()
    call_command("check_programme", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_json_holds_every_finding_and_the_verdict(file: Path) -> None:
    programme = programme_files.loads(file.read_bytes())
    found = sorted_worst_first(check(programme, Inputs(result=incentives.run(programme, 64, 3))))

    said = json.loads(checked(file, "--json", "--draws", 64, "--seed", 3))

    assert said == json.loads(
        json.dumps({"findings": [finding.document() for finding in found], "verdict": verdict(found)})
    )
    assert len(said["findings"]) == 52
    assert {finding["severity"] for finding in said["findings"]} <= {"block", "warn", "info", "pass"}


def test_what_only_a_simulation_tells_cannot_be_checked_without_one(file: Path) -> None:
    with_run, without = (
        {finding["rule"]: finding for finding in json.loads(checked(file, "--json", *more))["findings"]}
        for more in (("--draws", 64), ("--no-simulation",))
    )

    assert "missing" not in with_run["F3"]["figures"]
    assert without["F3"]["figures"]["missing"] == ["run"]
    assert without["F3"]["severity"] == "info"
    assert without["F3"]["found"].startswith("This cannot be checked yet.")


def test_the_words_put_blocks_first_and_say_why_and_what_would_cure_them(file: Path) -> None:
    lines = checked(file, "--draws", 64).splitlines()

    headings = [lines[place - 1] for place, line in enumerate(lines) if line and set(line) == {"-"}]
    assert lines[0] == "Back to work"
    assert lines[1].endswith("cannot be checked yet")
    assert headings == [
        heading
        for heading in ("Blocks", "Warnings", "Cannot be checked yet", "To note", "Passes")
        if heading in headings
    ]
    assert {"Warnings", "Cannot be checked yet", "Passes"} <= set(headings)
    assert any(line.startswith("     Why: ") for line in lines)
    assert any(line.startswith("     Cure: ") for line in lines)
    assert any(line.startswith("     Needed: ") for line in lines)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("key", KEYS)
def test_every_example_is_checked(key: str) -> None:
    said = json.loads(checked(EXAMPLES / f"{key}.json", "--json", "--no-simulation"))

    assert [finding["rule"] for finding in said["findings"] if finding["severity"] == "block"]


def test_a_file_that_is_no_programme_ends_with_status_one_and_every_fault(tmp_path: Path) -> None:
    file, out, err = tmp_path / "programme.json", StringIO(), StringIO()
    file.write_text(json.dumps(small_document() | {"budget": -1, "colour": "red"}))

    with pytest.raises(SystemExit) as ended:
        call_command("check_programme", str(file), stdout=out, stderr=err)

    assert ended.value.code == 1
    assert "/budget" in err.getvalue()
    assert "/colour" in err.getvalue()
    assert out.getvalue() == ""


@pytest.mark.parametrize("wrong", [["--draws", "0"], ["--seed", "-1"], ["--colour", "red"]])
def test_wrong_use_is_refused(file: Path, wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        checked(file, *wrong)


def test_a_file_that_is_not_there_ends_with_status_two(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read") as raised:
        checked(tmp_path / "nothing.json")

    assert raised.value.returncode == 2
