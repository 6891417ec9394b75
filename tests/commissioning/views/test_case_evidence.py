"""Sending files and getting them back: hostile uploads, safe downloads, and removing."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commissioning.core.file_kinds import MOST_BYTES
from commissioning.models import CaseEvidence
from tests.factories import cases
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


def bring(people: Cast, programme: Any, **typed: Any) -> Any:
    address = reverse("case-evidence-create", args=[programme.pk, "control"])
    return client_of(people.amina).post(address, {"title": "A paper", **typed})


def file(name: str = "paper.pdf", content: bytes = cases.PDF, claimed: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=claimed)


def bomb() -> bytes:
    """Make a small document that would unpack to 30 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b" " * 30_000_000)
    return made.getvalue()


@pytest.mark.promise("B3")
@pytest.mark.parametrize(
    ("sent", "kept_as"),
    [
        (file(), ("paper.pdf", "application/pdf")),
        (file("../../etc/passwd.txt", b"words"), ("passwd.txt", "text/plain")),
        (file("page.txt", b"<html><script>alert(1)</script>", "text/html"), ("page.txt", "text/plain")),
        (
            file("bomb.docx", bomb()),
            ("bomb.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ),
    ],
    ids=["a PDF", "a path in the name", "a false type", "a bomb"],
)
def test_a_file_is_kept_as_what_it_is(sent: SimpleUploadedFile, kept_as: tuple[str, str], people: Cast, programme: Any):
    sent.seek(0)

    response = bring(people, programme, file=sent)

    evidence = CaseEvidence.objects.get()
    assert response.status_code == 302
    assert (evidence.file_name, evidence.file_type) == kept_as
    assert evidence.file.name.startswith("case-evidence/")


@pytest.mark.promise("B2")
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (file("run.exe", b"MZ\x90\x00"), "The file must be a PDF"),
        (file("paper.pdf", b"MZ\x90\x00"), "The file must be a PDF"),
        (file("paper.html", b"<html>"), "The file must be a PDF"),
        (file("paper.pdf", b""), "The file you chose is empty"),
        (file("paper.pdf", cases.PDF.ljust(11 * 1024 * 1024)), "The file must be at most 10 MB"),
        (file("paper.pdf", cases.PDF.ljust(MOST_BYTES + 1)), "The file must be at most 10 MB"),
    ],
    ids=["a program", "a renamed program", "a web page", "an empty file", "11 MB", "a byte too many"],
)
def test_a_hostile_file_is_refused_in_words(sent: SimpleUploadedFile, words: str, people: Cast, programme: Any):
    sent.seek(0)

    response = bring(people, programme, file=sent, title="Words that stay")

    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "Words that stay" in page
    assert not CaseEvidence.objects.exists()


@pytest.mark.promise("B3")
def test_no_more_than_the_largest_file_is_written_down_of_what_is_sent(people: Cast, programme: Any):
    large = {f"file{number}": file(content=cases.PDF.ljust(6 * 1024 * 1024)) for number in range(3)}

    response = bring(people, programme, **large)

    taken = sum(each.size for each in response.wsgi_request.FILES.values())
    assert response.status_code == 200
    assert taken <= MOST_BYTES + 2**16


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": "", "text": "Words"}, "Say in a few words what it is"),
        ({"title": "x" * 201, "text": "Words"}, "Use at most 200 characters"),
        ({}, "Give a web address, a file or some text"),
        ({"title": ""}, "Give a web address, a file or some text"),
        ({"text": "Words", "url": "https://example.org/"}, "Give one thing at a time"),
        ({"url": "javascript:alert(1)"}, "Enter a web address"),
        ({"url": "ftp://example.org/"}, "Enter a web address"),
        ({"url": "not an address"}, "Enter a web address"),
        ({"text": "x" * 10_001}, "Use at most 10,000 characters"),
    ],
)
def test_bad_input_is_told_in_words(typed: dict[str, str], words: str, people: Cast, programme: Any):
    response = bring(people, programme, **typed)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not CaseEvidence.objects.exists()


def test_a_full_answer_is_told_in_words(people: Cast, programme: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("commissioning.services.case_evidence.MOST_PIECES", 0)

    page = bring(people, programme, text="Words that stay").content.decode()

    assert "pieces of evidence" in page
    assert "Words that stay" in page


@pytest.mark.promise("B7")
def test_a_form_sent_twice_brings_it_once(people: Cast, programme: Any):
    address = reverse("case-evidence-create", args=[programme.pk, "control"])
    key = client_of(people.amina).get(address).context["form"]["key"].value()

    for _press in range(2):
        assert bring(people, programme, text="Words", key=str(key)).status_code == 302

    assert CaseEvidence.objects.count() == 1


def test_an_address_without_a_scheme_is_taken_as_safe(people: Cast, programme: Any):
    bring(people, programme, url="www.example.org/report")

    assert CaseEvidence.objects.get().url == "https://www.example.org/report"


@pytest.mark.promise("S8")
def test_a_file_comes_back_to_be_saved_and_runs_nothing(people: Cast, programme: Any):
    evidence = cases.brought(
        programme=programme, by=people.amina, file_name='Bericht "für" alle.txt', content=b"<script>alert(1)</script>"
    )

    response = client_of(people.vera).get(reverse("case-evidence-download", args=[evidence.pk]))

    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.promise("S5")
@pytest.mark.parametrize("who", ["charlie", "dilys"])
def test_outsiders_find_no_file(who: str, people: Cast, programme: Any):
    evidence = cases.brought(programme=programme, by=people.amina)

    response = client_of(getattr(people, who)).get(reverse("case-evidence-download", args=[evidence.pk]))

    assert response.status_code == 404


def test_no_address_serves_the_folder_of_files(people: Cast, programme: Any):
    evidence = cases.brought(programme=programme, by=people.amina)

    for path in (f"/{evidence.file.name}", f"/static/{evidence.file.name}", f"/media/{evidence.file.name}"):
        assert client_of(people.bob).get(path).status_code == 404


def test_words_and_lost_files_have_no_download(people: Cast, programme: Any):
    words = cases.brought(programme=programme, by=people.amina, text="Words")
    lost = cases.brought(programme=programme, by=people.amina)
    lost.file.storage.delete(lost.file.name)

    for evidence in (words, lost):
        response = client_of(people.amina).get(reverse("case-evidence-download", args=[evidence.pk]))
        assert response.status_code == 404


def test_removing_asks_first_and_then_does_it(people: Cast, programme: Any):
    evidence = cases.brought(programme=programme, by=people.amina)
    address = reverse("case-evidence-remove", args=[evidence.pk])
    client = client_of(people.amina)

    asked = client.get(address).content.decode()
    response = client.post(address)

    assert "The file is deleted. You cannot undo this." in asked
    assert response.headers["Location"] == reverse("case-question", args=[programme.pk, "control"])
    assert not CaseEvidence.objects.exists()
