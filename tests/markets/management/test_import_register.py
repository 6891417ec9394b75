"""`manage.py import_register`: for whoever runs this copy."""

import time
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from commissioning.models import AuditEntry
from markets import services
from markets.models import FinancialYear, Import, Provider
from tests.factories import registers
from tests.factories.registers import as_json

pytestmark = pytest.mark.django_db


def test_the_tables_of_an_extract_come_in_and_faults_are_told(tmp_path: Path) -> None:
    path = tmp_path / "charity.json"
    path.write_bytes(as_json([registers.charity(), *[registers.charity(latest_income="much")] * 25]))
    out, err = StringIO(), StringIO()

    call_command("import_register", "ccew", path, here=True, stdout=out, stderr=err)

    assert Provider.objects.get().name == "ANYTOWN CARERS"
    assert "1 rows read, 25 broken" in out.getvalue()
    assert "1 providers added" in out.getvalue()
    assert "charity.json, line 2" in err.getvalue()
    assert "25 rows are broken" in err.getvalue()
    assert AuditEntry.objects.get(organisation=None).action == "imported"


def test_a_file_that_is_not_there_or_not_what_it_is_said_to_be_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_register", "ccew", tmp_path / "none.zip")
    with pytest.raises(CommandError, match="not the Scottish register"):
        call_command("import_register", "oscr", wrong, here=True, stdout=StringIO(), stderr=StringIO())
    assert Import.objects.get().state == Import.State.FAILED


@pytest.mark.django_db(transaction=True)
def test_files_are_handed_to_a_worker_and_the_command_waits_for_it(tmp_path: Path) -> None:
    charity, years = tmp_path / "charity.json", tmp_path / "history.json"
    charity.write_bytes(as_json([registers.charity()]))
    years.write_bytes(as_json([registers.part_b()]))
    worker = Thread(target=work_once)
    worker.start()
    out = StringIO()

    call_command("import_register", "ccew", charity, years, stdout=out, stderr=StringIO())

    worker.join()
    held = Import.objects.get()
    assert (held.attempt, held.file_names, held.files.count()) == (1, ["charity.json", "history.json"], 0)
    assert Provider.objects.get().name == "ANYTOWN CARERS"
    assert FinancialYear.objects.exists()
    assert "100% read" in out.getvalue()
    assert "1 providers added" in out.getvalue()


def work_once() -> None:
    """Wait for an import and do it, as a worker would."""
    try:
        while not services.import_workers.work():
            time.sleep(0.05)
    finally:
        connection.close()
