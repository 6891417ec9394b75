"""The commands that bring programmes in and out, and the worked example of the demonstration."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from commissioning.models import Programme
from tariffs.queries.programmes import to_core
from tariffs.services import demonstrations
from tariffs.sources import programme_files
from tests.factories.tariffs import EXAMPLE, imported, member, organisation, small_document

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_file_is_imported_and_exported_unchanged(tmp_path: Path) -> None:
    body = organisation()
    by = member(body)
    file = tmp_path / "programme.json"
    file.write_bytes(EXAMPLE)

    key = run("import_programme", str(file), "--organisation", body.name, "--by", by.email).strip()
    text = run("export_programme", key, "--by", by.email)

    assert programme_files.loads(text) == programme_files.loads(EXAMPLE)


def test_a_file_that_is_no_programme_ends_with_status_one_and_every_fault(tmp_path: Path) -> None:
    body = organisation()
    by = member(body)
    file = tmp_path / "programme.json"
    file.write_text(json.dumps(small_document() | {"budget": -1, "colour": "red"}))

    with pytest.raises(CommandError) as raised:
        run("import_programme", str(file), "--organisation", str(body.pk), "--by", by.email)

    assert raised.value.returncode == 1
    assert "/budget" in str(raised.value)
    assert "/colour" in str(raised.value)
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-file", "--organisation", "Anytown Council", "--by", "amina@example.org"],
        ["no-such-file", "--organisation", "Nowhere", "--by", "amina@example.org"],
        ["no-such-file", "--organisation", "Anytown Council", "--by", "nobody@example.org"],
    ],
)
def test_wrong_use_of_the_import_ends_with_status_two(arguments: list[str]) -> None:
    member(organisation())

    with pytest.raises(CommandError) as raised:
        run("import_programme", *arguments)

    assert raised.value.returncode == 2


def test_a_viewer_cannot_import(tmp_path: Path) -> None:
    body = organisation()
    by = member(body, "viewer")
    file = tmp_path / "programme.json"
    file.write_bytes(EXAMPLE)

    with pytest.raises(CommandError):
        run("import_programme", str(file), "--organisation", body.name, "--by", by.email)


def test_a_provider_has_no_programmes(tmp_path: Path) -> None:
    provider = organisation("Helping Hands", "provider")
    by = member(provider)
    file = tmp_path / "programme.json"
    file.write_bytes(EXAMPLE)

    with pytest.raises(CommandError, match="Helping Hands cannot have programmes") as raised:
        run("import_programme", str(file), "--organisation", provider.name, "--by", by.email)

    assert raised.value.returncode == 2


def test_what_a_person_may_not_read_they_cannot_export() -> None:
    programme = imported()
    outsider = member(organisation("Other"), name="olu")

    with pytest.raises(CommandError) as raised:
        run("export_programme", str(programme.pk), "--by", outsider.email)

    assert raised.value.returncode == 2


def test_the_demonstrations_example_is_the_file_and_can_be_built_again_and_again(settings: Any) -> None:
    settings.DEMO = True

    first, second = demonstrations.build(), demonstrations.build()

    assert first == second
    [programme] = Programme.objects.filter(is_example=True)
    assert programme.is_example
    assert to_core(programme) == programme_files.loads(EXAMPLE)


def test_no_demonstration_is_built_outside_demonstration_mode(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(RuntimeError, match="PBR_DEMO"):
        demonstrations.build()

    assert not Programme.objects.exists()
