"""The services' data finds a folder that their user may enter, or a plain refusal."""

import os
from pathlib import Path

import pytest

from commissioning.processes import folders

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands folders to another user")


def test_data_lies_beside_the_state_where_its_user_may_enter(open_folder: Path):
    assert folders.data_folder(open_folder) == open_folder / "services"


@as_root
def test_data_goes_elsewhere_from_a_checkout_that_only_root_may_enter(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(folders, "ELSEWHERE", open_folder / "elsewhere")

    chosen = folders.data_folder(closed)

    assert chosen.parent == open_folder / "elsewhere"
    assert chosen == folders.data_folder(closed)


@as_root
def test_no_folder_for_the_data_is_a_plain_refusal(open_folder: Path, monkeypatch: pytest.MonkeyPatch):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(folders, "ELSEWHERE", closed / "elsewhere")

    with pytest.raises(folders.StartError, match="Set PBR_DATA"):
        folders.data_folder(closed)


@as_root
def test_programs_that_only_root_may_reach_are_copied(open_folder: Path):
    closed = open_folder / "closed"
    package = closed / "site-packages" / "package"
    (package / "bin").mkdir(parents=True)
    (closed / "site-packages" / "package.libs").mkdir()
    (closed / "site-packages" / "package.libs" / "version").write_text("1.0")
    closed.chmod(0o700)
    program = package / "bin" / "server"
    program.write_text('#!/bin/sh\nexec cat "$(dirname "$0")/../../package.libs/version"\n')
    program.chmod(0o755)
    data = folders.data_folder(open_folder)

    runnable = folders.runnable(program, data)

    assert data in runnable.parents
    assert runnable == folders.runnable(program, data)


def test_missing_programs_are_named(open_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(folders.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(folders.shutil, "which", lambda _name: None)
    monkeypatch.setattr(folders, "SYSTEM_POSTGRESQL", open_folder)

    with pytest.raises(folders.StartError, match="install postgresql"):
        folders.find_programs(open_folder)
