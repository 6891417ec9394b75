"""An edition in other forms: what anyone can check, print, follow in programs, and give to machines."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from markets.models import PositionStatement, PublishedEdition
from tariffs.views import report_files
from tests import ocds
from tests.factories import editions
from tests.factories.commissioning import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return editions.statement(people.authority, people.amina)


@pytest.fixture
def edition(people: Cast, statement: PositionStatement) -> PublishedEdition:
    return editions.published(statement, by=people.amina, approver=people.bob)


def second(people: Cast, statement: PositionStatement, **given: Any) -> PublishedEdition:
    return editions.published(statement, by=people.amina, approver=people.bob, **given)


def page(route: str, *args: object, query: str = "") -> Any:
    return Client().get(reverse(route, args=args) + query)


def read(route: str, *args: object, query: str = "") -> str:
    return str(page(route, *args, query=query).content.decode())


@pytest.mark.promise("D3")
def test_the_published_script_checks_the_downloaded_text(edition: PublishedEdition, tmp_path: Path) -> None:
    path = tmp_path / "statement.json"
    path.write_bytes(page("edition-text", "jobs", 1).content)
    script = finders.find("check_edition.py")
    assert isinstance(script, str)
    assert len(Path(script).read_text("utf-8").splitlines()) < 50

    def run() -> Any:
        return subprocess.run([sys.executable, script, str(path), edition.sha256], capture_output=True, text=True)

    right = run()
    path.write_text(path.read_text("utf-8").replace("Employment", "Enjoyment"), "utf-8")
    wrong = run()
    assert (right.returncode, wrong.returncode) == (0, 1)
    assert "The same: Help into work, edition 1" in right.stdout
    assert "NOT THE SAME" in wrong.stdout
    assert read("edition-checker") == Path(script).read_text("utf-8")


def test_a_figure_is_given_as_csv_and_as_an_interactive_chart(edition: PublishedEdition) -> None:
    assert read("edition-figures", "jobs", 1, "spend").splitlines()[0] == "Year"
    assert "plotly" in read("edition-chart", "jobs", 1, "diversity")
    assert page("edition-chart", "jobs", 1, "spend").status_code == 404
    assert page("edition-figures", "jobs", 1, "nothing").status_code == 404


def test_the_feed_is_atom_with_one_entry_for_each_edition(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    second(people, statement)

    mine, all_of = (ElementTree.fromstring(text) for text in (read("edition-feed", "jobs"), read("statement-feed")))

    names = {"a": "http://www.w3.org/2005/Atom"}
    assert [entry.findtext("a:title", "", names) for entry in mine.findall("a:entry", names)] == [
        "Help into work: edition 2",
        "Help into work: edition 1",
    ]
    assert len(all_of.findall("a:entry", names)) == 1


def test_the_calendar_has_the_dates_that_are_set(edition: PublishedEdition) -> None:
    text = read("statement-dates")

    assert "SUMMARY:Help into work: Next review" in text
    assert text.count("BEGIN:VEVENT") == 1
    assert text.count("\r\n") == text.count("\n")


@ocds.needs_schema
def test_the_standard_has_nothing_against_its_release(edition: PublishedEdition) -> None:
    assert ocds.errors(json.loads(read("edition-release", "jobs", 1))) == []


def test_the_release_links_back_to_the_edition(edition: PublishedEdition) -> None:
    [release] = json.loads(read("edition-release", "jobs", 1))["releases"]

    assert release["planning"]["documents"][0]["url"].endswith("/market-position-statements/jobs/editions/1/")


def test_the_fields_of_both_notices_are_given_as_text_where_a_procurement_is_known(
    people: Cast, statement: PositionStatement
) -> None:
    held = {"reference": "NW-1", "award": "2027-08-01", "tender_notice": "2027-06-01"}
    editions.published(statement, by=people.amina, approver=people.bob, procurement=held)

    pipeline, planned = (read("edition-notice", "jobs", 1, kind) for kind in ("uk1", "uk3"))

    assert pipeline.startswith("Pipeline notice (UK1)")
    assert "Award expected: 1 August 2027" in pipeline
    assert planned.startswith("Planned procurement notice (UK3)")
    assert "Tender notice expected: 1 June 2027" in planned
    assert page("edition-notice", "jobs", 1, "uk2").status_code == 404


def test_without_a_procurement_there_are_no_notices(edition: PublishedEdition) -> None:
    assert page("edition-notice", "jobs", 1, "uk3").status_code == 404


@pytest.mark.promise("A7")
@pytest.mark.skipif(not report_files.is_possible(), reason="Pango is missing")
def test_a_tagged_pdf_is_given_beside_the_page_and_says_the_same(edition: PublishedEdition) -> None:
    reader = pypdf.PdfReader(io.BytesIO(page("edition-pdf", "jobs", 1).content))
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    assert "We mean to buy this." in text
    assert "Who is left" in text
    assert edition.sha256 in text.replace(" ", "")
