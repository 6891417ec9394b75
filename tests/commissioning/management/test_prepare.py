"""Preparing a release: the static files are collected when one has changed, and only then."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from commissioning.management.commands import prepare


@pytest.fixture
def one_static_file(settings: Any, tmp_path: Path) -> Path:
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "collected")
    file = tmp_path / "static" / "app.css"
    file.parent.mkdir()
    file.write_text("a {}")
    return file


def test_unchanged_files_are_not_collected_again(one_static_file: Path, tmp_path: Path):
    call_command("prepare", only="static")
    collected = tmp_path / "collected" / "app.css"
    collected.write_text("marked")

    call_command("prepare", only="static")

    assert collected.read_text() == "marked"


def test_a_changed_file_is_collected(one_static_file: Path, tmp_path: Path):
    call_command("prepare", only="static")
    one_static_file.write_text("a { color: red }")

    call_command("prepare", only="static")

    assert (tmp_path / "collected" / "app.css").read_text() == "a { color: red }"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_database_is_prepared_as_often_as_asked(capsys: Any):
    call_command("prepare", only="database")
    call_command("prepare", only="database")

    assert prepare.Command.help
    assert "No migrations to apply" in capsys.readouterr().out
