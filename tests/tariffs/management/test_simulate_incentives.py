"""The simulation at the command line: words, one JSON object, and what it refuses."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tariffs.core import incentives
from tariffs.sources import programme_files
from tests.factories.tariffs import small_document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "programme.json"
    file.write_text(json.dumps(small_document()))
    return file


def simulate(*arguments: object) -> str:
    out = StringIO()
    call_command("simulate_incentives", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_json_holds_the_result_and_what_it_came_from(file: Path) -> None:
    programme = programme_files.loads(file.read_bytes())

    said = json.loads(simulate(file, "--json", "--draws", 64, "--seed", 3))

    assert said.pop("inputs_sha256") == programme_files.inputs_sha256(programme)
    assert said == json.loads(json.dumps(incentives.run(programme, 64, 3)))


def test_the_words_name_every_group_and_provider(file: Path) -> None:
    lines = simulate(file, "--draws", 64).splitlines()

    assert lines[0] == "Back to work"
    assert [line.split()[:2] for line in lines[3:5]] == [["one", "a"], ["one", "b"]]
    assert any(line.startswith("one: chance of a loss ") for line in lines)
    assert lines[-1].startswith("Commissioner's spend: 5% ")


def test_a_file_that_is_no_programme_ends_with_status_one_and_every_fault(tmp_path: Path) -> None:
    file, err = tmp_path / "programme.json", StringIO()
    file.write_text(json.dumps(small_document() | {"budget": -1, "colour": "red"}))

    with pytest.raises(SystemExit) as ended:
        call_command("simulate_incentives", str(file), stderr=err)

    assert ended.value.code == 1
    assert "/budget" in err.getvalue()
    assert "/colour" in err.getvalue()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (["--draws", "0"], "from 1 to 1,000,000"),
        (["--draws", "1000001"], "from 1 to 1,000,000"),
        (["--draws", "many"], "invalid draws value"),
        (["--seed", "-1"], "from 0 to 2\\^63 - 1"),
        (["--seed", str(2**63)], "from 0 to 2\\^63 - 1"),
    ],
)
def test_draws_and_seed_stay_within_their_limits(file: Path, wrong: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        simulate(file, *wrong)


def test_a_file_that_is_not_there_ends_with_status_two(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read") as raised:
        simulate(tmp_path / "nothing.json")

    assert raised.value.returncode == 2
