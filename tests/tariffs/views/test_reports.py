"""The report of a programme: a page to print and a PDF, which say the same and can fetch nothing."""

import io
import logging
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from commissioning.models import Programme
from commissioning.services import run_workers
from tariffs import queries
from tariffs.models import PriceLine, Tariff, Uncertainty
from tariffs.queries import report_tables
from tariffs.views import report_files
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import EXAMPLE, imported, small_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_QUERIES = 15
HOSTILE = "<img src=file:///etc/passwd> <script>alert(1)</script>"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def page_of(person: Any, programme: Programme) -> str:
    response = client_of(person).get(reverse("programme-report", args=[programme.pk]))
    assert response.status_code == 200
    return response.content.decode()


def pdf_of(person: Any, programme: Programme) -> pypdf.PdfReader:
    response = client_of(person).get(reverse("programme-report-pdf", args=[programme.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(io.BytesIO(response.content))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_programme_without_a_test_says_that_nothing_can_be_said_yet(people: Cast, programme: Programme) -> None:
    page = page_of(people.vera, programme)

    assert "has not been tested yet" in page
    assert "What did its tests find?" not in page
    assert queries.reports.report(programme).fingerprint in page


def test_the_answer_of_the_newest_run_comes_first_with_all_that_checks_it(people: Cast, programme: Programme) -> None:
    incentive_runs.finished(programme=programme)
    newest = incentive_runs.finished(programme=programme, seed=7)

    page = page_of(people.vera, programme)

    assert page.index("The answer first") < page.index("What is bought") < page.index("What did its tests find?")
    assert "From 64 draws with seed 7, finished" in page
    assert newest.inputs_sha256 in page
    assert "loses money in" in page
    assert "A range holds nine draws in ten" in page
    assert "Other finished runs" in page
    assert "Tested: the tariff “First draft”." in page
    assert "has changed since its newest test" not in page


def test_a_draft_that_has_changed_since_its_test_is_warned_of(people: Cast, programme: Programme) -> None:
    incentive_runs.finished(programme=programme)
    PriceLine.objects.filter(tariff__programme=programme).update(price=1)

    assert "has changed since its newest test" in page_of(people.vera, programme)


def test_a_run_of_the_programme_as_it_stands_speaks_before_a_newer_one_of_something_else(
    people: Cast, programme: Programme
) -> None:
    incentive_runs.finished(programme=programme, seed=7)
    line = PriceLine.objects.filter(tariff__programme=programme).first()
    assert line is not None
    PriceLine.objects.filter(pk=line.pk).update(price=1)
    incentive_runs.finished(programme=Programme.objects.get(pk=programme.pk), seed=8)
    PriceLine.objects.filter(pk=line.pk).update(price=line.price)

    page = page_of(people.vera, programme)

    assert "draws with seed 7" in page
    assert "has changed since its newest test" not in page


def test_a_run_that_has_not_finished_gives_no_answer(people: Cast, programme: Programme) -> None:
    incentive_runs.queued(programme=programme)

    assert "has not been tested yet" in page_of(people.vera, programme)


def test_every_part_of_the_programme_stands_in_the_report(people: Cast, programme: Programme) -> None:
    page = page_of(people.vera, programme)

    for words in (
        "Anytown Council" if "Anytown" in people.authority.name else people.authority.name,
        "Near",
        "12% at £500 a person",
        "£2,000.50",
        "Board paper 7",
        "Most the contract pays",
        "£50,000",
        "Shock to all outcomes",
        "imported a programme",
        "up to 3 times, every month",
    ):
        assert words in page


def test_the_pdf_says_what_the_page_says(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)

    text = text_of(pdf_of(people.vera, programme))

    for words in (
        "The answer first",
        "What did its tests find?",
        "Board paper 7",
        "Page 1 of",
        "Made with PbR Workbench",
    ):
        assert words in text
    assert run.inputs_sha256 in text.replace(" ", "")


@pytest.mark.promise("A4")
def test_the_pdf_is_tagged_in_english_with_a_title_and_words_for_every_picture(
    people: Cast, programme: Programme
) -> None:
    incentive_runs.finished(programme=programme)

    reader = pdf_of(people.vera, programme)

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "Report of Back to work"
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    tags = list(structure(root["/StructTreeRoot"]))
    pictures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert len(pictures) >= 5
    assert all(str(picture["/Alt"]) for picture in pictures)
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L"} <= {tag.get("/S") for tag in tags}


def structure(node: Any) -> Any:
    """Walk the tags of a PDF."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from structure(each)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from structure(node["/K"])


def hostile_document() -> dict[str, Any]:
    document = small_document()
    document["name"] = document["summary"] = HOSTILE
    document["groups"][0]["name"] = HOSTILE
    document["evidence"][0] |= {"source": HOSTILE, "url": "file:///etc/passwd"}
    document["milestones"][1]["name"] = HOSTILE
    return document


def test_hostile_text_stands_in_page_and_pdf_as_text(people: Cast, caplog: pytest.LogCaptureFixture) -> None:
    programme = imported(hostile_document(), organisation=people.authority, by=people.amina)

    page = page_of(people.vera, programme)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        text = text_of(pdf_of(people.vera, programme))

    assert "&lt;img src=file:///etc/passwd&gt;" in page
    assert "<img src=file" not in page
    assert 'href="file:' not in page
    assert "<img src=file:///etc/passwd>" in text
    assert "root:" not in text
    assert "file:///" not in " ".join(caplog.messages)


@pytest.mark.parametrize(
    "fetches",
    [
        '<img src="file://{path}" alt="x">',
        '<link rel="stylesheet" href="file://{path}">',
        '<style>@import url("file://{path}"); body {{ background: url("file://{path}") }}</style>',
        '<object data="file://{path}"></object>',
        '<link rel="attachment" href="file://{path}">',
        '<a rel="attachment" href="file://{path}">x</a>',
        '<svg><image href="file://{path}"></image><title>x</title></svg>',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="data:text/plain,secret-words" alt="x">',
    ],
)
def test_a_pdf_can_fetch_nothing(tmp_path: Path, fetches: str, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body::before { content: 'secret-words' }")

    made = report_files.pdf(f"<html lang='en'><title>t</title><body>hello {fetches.format(path=secret)}</body></html>")

    reader = pypdf.PdfReader(io.BytesIO(made))
    assert "hello" in text_of(reader)
    assert "secret-words" not in text_of(reader)
    assert not reader.attachments
    assert b"secret-words" not in made


def test_where_the_libraries_are_missing_the_page_says_what_to_do(
    people: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_files, "LIBRARIES", ("no-such-library",))
    report_files.is_possible.cache_clear()

    answer = client_of(people.vera).get(reverse("programme-report-pdf", args=[programme.pk]))
    page = page_of(people.vera, programme)

    report_files.is_possible.cache_clear()
    assert answer.status_code == 501
    assert "This copy of PbR Workbench cannot make PDFs" in answer.content.decode()
    assert reverse("programme-report", args=[programme.pk]) in answer.content.decode()
    assert "Download this report (PDF)" not in page


def test_a_draft_with_nothing_in_it_yet_has_a_report_and_exports(people: Cast) -> None:
    begun = {"name": "Begun", "referral_months": 12, "contract_months": 24}
    programme = Programme.objects.create(organisation=people.authority, created_by=people.amina, **begun)
    Tariff.objects.create(programme=programme, main_of=programme)
    Uncertainty.objects.create(programme=programme)

    page = page_of(people.vera, programme)

    assert page.count("None is entered.") == 5
    assert "What is bought" in text_of(pdf_of(people.vera, programme))
    for name in ("programme-export", "programme-export-csv", "programme-export-xlsx"):
        assert client_of(people.vera).get(reverse(name, args=[programme.pk])).status_code == 200


def test_an_outsider_finds_neither_page_nor_pdf(people: Cast, programme: Programme) -> None:
    for name in ("programme-report", "programme-report-pdf", "programme-export", "programme-export-csv"):
        assert client_of(people.charlie).get(reverse(name, args=[programme.pk])).status_code == 404


def test_nothing_is_changed_through_the_report(people: Cast, programme: Programme) -> None:
    for name in ("programme-report", "programme-report-pdf"):
        assert client_of(people.amina).post(reverse(name, args=[programme.pk])).status_code == 405


def test_a_report_needs_few_queries_however_much_there_is(people: Cast, django_assert_max_num_queries: Any) -> None:
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)
    for seed in range(4):
        incentive_runs.queued(programme=programme, seed=seed)
    while run_workers.work(worker="test"):
        pass
    client = client_of(people.vera)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("programme-report", args=[programme.pk]))


def test_a_long_table_is_cut_and_says_so(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_tables, "MOST_ROWS", 1)

    table = report_tables.evidence(queries.programmes.to_core(programme))

    assert (len(table.rows), table.left_out) == (1, 1)
    assert "1 more row is in the exports" in render_to_string("tariffs/reports/_sourced.html", {"table": table})
