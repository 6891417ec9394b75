"""Bringing evidence and taking it away: what is kept where, and what is refused."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.core import file_kinds
from commissioning.models import AuditEntry, CaseAnswer, CaseEvidence
from commissioning.services import case_evidence as service
from tests.factories import cases
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def people(folder: Path) -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_random_name_that_only_we_may_read(people: Cast, programme: Any, folder: Path):
    evidence = cases.brought(programme=programme, by=people.amina, file_name="../../Board paper.pdf", content=cases.PDF)

    (kept,) = files(folder)
    assert kept.read_bytes() == cases.PDF
    assert "paper" not in str(kept.relative_to(folder))
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert (evidence.file_name, evidence.file_type) == ("Board paper.pdf", "application/pdf")


@pytest.mark.parametrize(("given", "kind"), [({"url": "https://example.org/"}, "link"), ({"text": "Words"}, "text")])
def test_a_link_or_some_words_are_evidence_too(given: dict[str, str], kind: str, people: Cast, programme: Any):
    evidence = cases.brought(programme=programme, by=people.amina, **given)

    assert evidence.kind == kind
    assert AuditEntry.objects.get(action="added evidence to the case").detail["kind"] == kind


def test_evidence_comes_before_the_answer_where_somebody_wants_it_so(people: Cast, programme: Any):
    cases.brought(programme=programme, by=people.amina)

    assert CaseAnswer.objects.get().answer == "unknown"


@pytest.mark.promise("B2")
@pytest.mark.parametrize(
    ("name", "content"),
    [("paper.pdf", b"MZ\x90\x00"), ("run.exe", b"MZ"), ("paper.pdf", b""), ("", b"%PDF-"), ("page.html", b"<html>")],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    name: str, content: bytes, people: Cast, programme: Any, folder: Path
):
    with pytest.raises(ValidationError):
        cases.brought(programme=programme, by=people.amina, file_name=name, content=content)

    assert files(folder) == []
    assert not CaseEvidence.objects.exists()


def test_a_file_of_more_than_10_mb_is_refused(people: Cast, programme: Any, folder: Path):
    large = cases.PDF.ljust(file_kinds.MOST_BYTES + 1)

    with pytest.raises(ValidationError, match="cannot be kept"):
        cases.brought(programme=programme, by=people.amina, file_name="a.pdf", content=large)

    assert files(folder) == []


def test_the_files_of_a_case_have_a_limit_together(
    people: Cast, programme: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(file_kinds, "MOST_BYTES_OF_A_PROGRAMME", 2 * len(cases.PDF))
    cases.brought(programme=programme, by=people.amina)
    cases.brought(programme=programme, by=people.amina, question="cohort")

    with pytest.raises(ValidationError, match="may take"):
        cases.brought(programme=programme, by=people.amina)

    assert len(files(folder)) == 2


def test_an_answer_has_a_limit_of_pieces(people: Cast, programme: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "MOST_PIECES", 1)
    cases.brought(programme=programme, by=people.amina)

    with pytest.raises(ValidationError, match="pieces of evidence"):
        cases.brought(programme=programme, by=people.amina, text="One more")


def test_what_the_database_refuses_leaves_no_file(people: Cast, programme: Any, folder: Path):
    with pytest.raises(ValidationError):
        cases.brought(programme=programme, by=people.amina, title="", file_name="a.pdf", content=cases.PDF)

    assert files(folder) == []


@pytest.mark.parametrize("who", ["vera", "charlie", "dilys"])
def test_only_editors_of_the_authority_bring_and_remove(who: str, people: Cast, programme: Any, folder: Path):
    evidence = cases.brought(programme=programme, by=people.amina)

    with pytest.raises(PermissionDenied):
        cases.brought(programme=programme, by=getattr(people, who))
    with pytest.raises(PermissionDenied):
        service.remove(evidence=evidence, by=getattr(people, who))

    assert len(files(folder)) == CaseEvidence.objects.count() == 1


def test_removing_deletes_the_file_once_it_is_certain(
    people: Cast, programme: Any, folder: Path, django_capture_on_commit_callbacks: Any
):
    evidence = cases.brought(programme=programme, by=people.amina)

    with django_capture_on_commit_callbacks() as callbacks:
        service.remove(evidence=evidence, by=people.amina)
    before = len(files(folder))
    for callback in callbacks:
        callback()

    assert (before, len(files(folder))) == (1, 0)
    assert AuditEntry.objects.filter(action="removed evidence from the case").count() == 1


def test_a_removal_that_is_undone_keeps_the_file(people: Cast, programme: Any, folder: Path):
    evidence = cases.brought(programme=programme, by=people.amina)

    with transaction.atomic():
        service.remove(evidence=evidence, by=people.amina)
        transaction.set_rollback(True)

    assert len(files(folder)) == CaseEvidence.objects.count() == 1


def test_a_second_press_of_remove_does_nothing(people: Cast, programme: Any):
    evidence = cases.brought(programme=programme, by=people.amina, text="Words")
    service.remove(evidence=evidence, by=people.amina)

    service.remove(evidence=evidence, by=people.amina)

    assert AuditEntry.objects.filter(action="removed evidence from the case").count() == 1


@pytest.mark.promise("B7")
def test_a_button_pressed_twice_brings_it_once(people: Cast, programme: Any, folder: Path):
    key = uuid4()

    first = cases.brought(programme=programme, by=people.amina, key=key)
    second = cases.brought(programme=programme, by=people.amina, key=key)

    assert first == second
    assert len(files(folder)) == CaseEvidence.objects.count() == 1


def test_the_id_of_somebody_elses_evidence_brings_nothing_of_theirs(people: Cast, programme: Any):
    theirs = cases.brought(
        programme=imported(organisation=people.elsewhere, by=people.charlie), by=people.charlie, text="Secret"
    )

    mine = cases.brought(programme=programme, by=people.amina, text="Mine", key=theirs.pk)

    assert mine.pk != theirs.pk
    assert (mine.text, mine.answer.programme) == ("Mine", programme)
