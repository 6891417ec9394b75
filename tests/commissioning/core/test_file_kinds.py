"""Which files are let in: by their content, never by their name alone, and without unpacking anything."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.core import file_kinds


def open_document(kind: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return made.getvalue()


def office(folder: str, main: str, **more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", f"{folder}/{main}", *more):
            archive.writestr(name, b"<x/>")
    return made.getvalue()


WORD, EXCEL = office("word", "document.xml"), office("xl", "workbook.xml")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
GOOD = [
    ("paper.pdf", b"%PDF-1.7\n", "application/pdf"),
    ("PAPER.PDF", b"%PDF-1.4\n", "application/pdf"),
    ("letter.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("sums.xlsx", EXCEL, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("letter.odt", open_document("text"), "application/vnd.oasis.opendocument.text"),
    ("sums.ods", open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    ("picture.png", PNG, "image/png"),
    ("photo.jpeg", b"\xff\xd8\xff\xe0\x00", "image/jpeg"),
    ("figures.csv", "a,b\r\nCafé,£3\r\n".encode(), "text/csv"),
    ("figures.csv", "a;b\nCafé;£3\n".encode("cp1252"), "text/csv"),
    ("notes.txt", b"Notes\twith a tab\n", "text/plain"),
]
BAD = [
    ("virus.pdf", b"MZ\x90\x00\x03\x00\x00\x00"),
    ("virus.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
    ("virus.txt", b"MZ\x90\x00\x03\x00\x00\x00"),
    ("page.html", b"<html><script>alert(1)</script>"),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("page.pdf", b"<html><script>alert(1)</script>"),
    ("letter.docx", EXCEL),
    ("letter.docx", b"PK\x03\x04 and nothing more"),
    ("letter.docx", office("word", "document.xml", **{"word/vbaProject.bin": b""})),
    ("letter.docm", WORD),
    ("archive.zip", WORD),
    ("letter.odt", open_document("spreadsheet")),
    ("sums.ods", open_document("spreadsheet") + b"Basic/script-lc.xml"),
    ("picture.png", b"\xff\xd8\xff\xe0"),
    ("photo.jpg", PNG),
    ("paper", b"%PDF-1.7\n"),
    ("paper.pdf.exe", b"%PDF-1.7\n"),
    ("", b"%PDF-1.7\n"),
]


@pytest.mark.parametrize(("name", "content", "content_type"), GOOD)
def test_a_file_whose_name_and_content_agree_is_let_in(name: str, content: bytes, content_type: str):
    found = file_kinds.find(name, content)

    assert found is not None
    assert found.content_type == content_type


@pytest.mark.promise("B2")
@pytest.mark.parametrize(("name", "content"), BAD)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes):
    assert file_kinds.find(name, content) is None


@pytest.mark.promise("B3")
def test_a_document_that_would_unpack_to_something_huge_is_never_unpacked(monkeypatch: pytest.MonkeyPatch):
    held = io.BytesIO(WORD)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb", b"\x00" * 30_000_000)
    bomb = held.getvalue()

    def explode(*_: object, **__: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "__init__", explode)

    assert len(bomb) < 100_000
    assert file_kinds.find("letter.docx", bomb) is not None


@given(st.binary(max_size=300), st.sampled_from([*file_kinds.ENDINGS, "exe", ""]))
def test_any_bytes_are_judged_without_a_crash(content: bytes, ending: str):
    found = file_kinds.find(f"file.{ending}", content)

    assert found is None or ending in found.endings


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("paper.pdf", "paper.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\paper.pdf", "paper.pdf"),
        ("pa\r\nper\x00.pdf", "paper.pdf"),
        ("fdp.\u202etxt.exe", "fdp.txt.exe"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("", "file"),
        ("Bericht für Ämter.pdf", "Bericht für Ämter.pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_tricks(given_name: str, kept: str):
    assert file_kinds.safe_name(given_name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_can_be_kept(name: str):
    kept = file_kinds.safe_name(name)

    assert 0 < len(kept) <= file_kinds.LONGEST_NAME
    assert not set(kept) & set("/\\\r\n\x00")


def test_a_long_name_keeps_its_ending():
    assert file_kinds.safe_name("a" * 400 + ".pdf") == "a" * 146 + ".pdf"
