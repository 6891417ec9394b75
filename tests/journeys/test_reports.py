"""Stories of paper: a commissioner reads the report, prints it, and takes everything home as files."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest
from playwright.sync_api import expect

from tests.factories import incentive_runs
from tests.factories.commissioning import cast
from tests.factories.tariffs import EXAMPLE, imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def downloaded(visitor: Visitor, link: str) -> tuple[str, bytes]:
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("main").get_by_role("link", name=link).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.promise("A4")
def test_a_commissioner_prints_the_report_and_takes_everything_home(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina, is_example=True)
    incentive_runs.finished(programme=programme)
    amina = signed_in(either_visitor, people.amina)

    amina.open(programme.get_absolute_url())
    amina.press("Read, print or download the report")
    amina.sees("What is this programme, and what did its tests find?")
    amina.sees("The answer first")
    assert amina.page.locator("svg.app-drawing").count() == 6

    amina.page.emulate_media(media="print")
    for hidden in ("Menu", "Breadcrumb"):
        expect(amina.page.get_by_role("navigation", name=hidden)).to_be_hidden()
    expect(amina.page.get_by_role("contentinfo")).to_be_hidden()
    expect(amina.page.get_by_text("Download this report (PDF)")).to_be_hidden()
    expect(amina.page.get_by_role("heading", name="Can I check this?")).to_be_visible()
    amina.page.emulate_media(media="screen")

    name, body = downloaded(amina, "Download this report (PDF)")
    assert name.endswith("-report.pdf")
    assert "The answer first" in pypdf.PdfReader(io.BytesIO(body)).pages[0].extract_text()

    amina.open(f"{programme.get_absolute_url()}export/")
    amina.sees("What can I take out of this programme?")
    name, body = downloaded(amina, "Workbook (XLSX)")
    assert name.endswith(".xlsx")
    assert "prices" in openpyxl.load_workbook(io.BytesIO(body)).sheetnames
    name, body = downloaded(amina, "Tables (CSV, in one ZIP file)")
    assert "README.txt" in zipfile.ZipFile(io.BytesIO(body)).namelist()
    name, body = downloaded(amina, "Programme file (JSON)")
    assert body.startswith(b"{")
