"""Bringing files in: whole or not at all, the same twice, and by those alone who may."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from markets import services
from markets.models import Contract, FinancialYear, Grant, Import, ListedProvider, Provider
from tests.factories import registers
from tests.factories.registers import as_json, as_text, brought, packed
from tests.markets.sources.test_contracts import RELEASE
from tests.markets.sources.test_grants import GRANT

pytestmark = pytest.mark.django_db

LIST = b"Name,Charity number,Income\nHelp at Hand,1100001,50000\nOther,,\n"


def extract(**given: Any) -> list[bytes]:
    """Write a small extract of every table that is read."""
    return [
        as_json(
            [registers.charity(**given), registers.charity(organisation_number=12, registered_charity_number=1100002)]
        ),
        packed(as_text([registers.part_b(income_total_income_and_endowments=910000)])),
        as_json([registers.part_a()]),
        as_text([registers.code(201), registers.code(306)]),
        as_json([registers.area("Barnet"), registers.area("Kent")]),
        as_json([registers.other_name()]),
        as_json([registers.trustee(trustee_id=1), registers.trustee(trustee_id=2)]),
        as_text([registers.event()]),
    ]


def digests() -> list[tuple[Any, ...]]:
    """Give a digest of every row that imports write, and where it lies, which changes when it is written again."""
    tables = [model._meta.db_table for model in (Provider, FinancialYear, Contract, Grant, ListedProvider)]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT md5({table}::text), ctid::text FROM {table} ORDER BY 1")
            found.append(tuple(cursor.fetchall()))
    return found


def test_an_extract_comes_in_as_providers_with_their_years(tmp_path: Path) -> None:
    done = brought(tmp_path, "ccew", *extract())

    row = Provider.objects.get(org_id="GB-CHC-1100001")
    assert done.state == Import.State.SUCCEEDED, done.message
    assert (row.income, row.expenditure, row.reserves) == (900000, 800000, 200000)
    assert (row.government_income, row.trustees, row.other_names) == (300000, 2, "Carers Together")
    assert (row.served, row.areas, row.size_band) == ([201, 306], ["E09000003", "E10000016"], "medium")
    assert row.years.get().volunteers == 40
    assert done.extract_date is not None
    assert done.counts["providers added"] == 2


def test_reserves_that_are_not_published_are_not_known_and_never_nothing(tmp_path: Path) -> None:
    brought(tmp_path, "ccew", *extract())

    other = Provider.objects.get(org_id="GB-CHC-1100002")

    assert (other.reserves, other.employees, other.government_income, other.trustees) == (None, None, None, None)
    assert other.income == 900000


@pytest.mark.parametrize(
    ("source", "contents"),
    [
        ("ccew", extract),
        ("contracts", lambda: [as_json([RELEASE])]),
        ("grants", lambda: [as_json([GRANT])]),
    ],
)
def test_importing_twice_changes_nothing(tmp_path: Path, source: str, contents: Callable[[], list[bytes]]) -> None:
    brought(tmp_path, source, *contents())
    before = digests()

    again = brought(tmp_path, source, *contents())

    assert again.state == Import.State.SUCCEEDED
    assert digests() == before
    assert any(before)


def test_tables_that_come_one_after_the_other_give_the_same_as_together(tmp_path: Path) -> None:
    for content in extract():
        brought(tmp_path, "ccew", content)
    apart = [
        (row.org_id, row.income, row.reserves, row.served, row.areas, row.trustees) for row in Provider.objects.all()
    ]
    Provider.objects.all().delete()

    brought(tmp_path, "ccew", *extract())

    assert apart == [
        (row.org_id, row.income, row.reserves, row.served, row.areas, row.trustees) for row in Provider.objects.all()
    ]


def test_a_later_extract_changes_what_differs_and_keeps_the_rest(tmp_path: Path) -> None:
    brought(tmp_path, "ccew", *extract())
    pk = Provider.objects.get(org_id="GB-CHC-1100001").pk

    later = brought(
        tmp_path, "ccew", as_json([registers.charity(charity_name="New Name", date_of_extract="2026-11-09T00:00:00")])
    )

    row = Provider.objects.get(org_id="GB-CHC-1100001")
    assert (row.pk, row.name, row.reserves, row.areas) == (pk, "New Name", 200000, ["E09000003", "E10000016"])
    assert (later.counts["providers changed"], later.counts["providers as before"]) == (1, 0)


def test_a_charity_that_changed_its_form_keeps_the_day_on_which_it_began(tmp_path: Path) -> None:
    brought(
        tmp_path, "ccew", as_json([registers.charity()]), as_json([registers.event(), registers.event("2009-03-04")])
    )
    begun = Provider.objects.get().registered_on

    again = brought(tmp_path, "ccew", as_json([registers.charity()]))

    assert str(begun) == "1998-05-06"
    assert again.counts["providers as before"] == 1


def test_an_older_extract_is_refused(tmp_path: Path) -> None:
    brought(tmp_path, "ccew", *extract())
    before = digests()

    older = brought(tmp_path, "ccew", as_json([registers.charity(date_of_extract="2026-11-01T00:00:00")]))

    assert older.state == Import.State.FAILED
    assert "of a later day" in older.message
    assert digests() == before


def test_reserves_of_accounts_long_past_do_not_stand_beside_new_ones(tmp_path: Path) -> None:
    old = {"fin_period_end_date": "2023-03-31T00:00:00", "fin_period_start_date": "2022-04-01T00:00:00"}

    brought(
        tmp_path,
        "ccew",
        as_json([registers.charity()]),
        as_json([registers.part_a(**old)]),
        as_json([registers.part_b(**old)]),
    )

    row = Provider.objects.get()
    assert (row.reserves, row.income) == (None, 900000)
    assert row.years.get().reserves == 200000


def test_a_broken_row_is_kept_with_file_line_and_reason_and_the_rest_goes_in(tmp_path: Path) -> None:
    done = brought(tmp_path, "ccew", as_json([registers.charity(), registers.charity(latest_income="much")]))

    fault = done.faults.get()
    assert (done.state, done.fault_count, Provider.objects.count()) == (Import.State.SUCCEEDED, 1, 1)
    assert str(fault) == 'file0.json, line 2: latest_income: "much" is no amount of money'


@pytest.mark.parametrize(
    "content",
    [b"", b"no\tregister\r\n1\t2\r\n", b"PK\x03\x04broken", as_json([{"date_of_extract": "2026-11-02", "shoe": 1}])],
    ids=["empty", "other table", "damaged", "other columns"],
)
def test_a_broken_file_changes_nothing(tmp_path: Path, content: bytes) -> None:
    brought(tmp_path, "ccew", *extract())
    before = digests()

    done = brought(tmp_path, "ccew", as_json([registers.charity(charity_name="New Name")]), content)

    assert done.state == Import.State.FAILED

    assert digests() == before


def test_a_file_with_more_broken_rows_than_whole_ones_is_taken_for_another(tmp_path: Path) -> None:
    rows = [registers.charity(), *[registers.charity(latest_income="much")] * 150]

    done = brought(tmp_path, "ccew", as_json(rows))

    assert (done.state, Provider.objects.count()) == (Import.State.FAILED, 0)
    assert "More rows are broken than whole" in done.message
    assert done.faults.count() == 101


def test_what_the_database_refuses_is_said_plainly_and_nothing_goes_in(tmp_path: Path) -> None:
    twins = [registers.charity(), registers.charity(registered_charity_number=1100009)]

    done = brought(tmp_path, "ccew", as_json(twins))

    assert (done.state, Provider.objects.count()) == (Import.State.FAILED, 0)
    assert done.message == services.import_workers._FAILED


def test_only_the_newest_release_of_a_process_counts(tmp_path: Path) -> None:
    newer = {
        **RELEASE,
        "date": "2026-05-01T10:00:00Z",
        "awards": [{**RELEASE["awards"][0], "suppliers": [{"id": "s1"}]}],
    }
    brought(tmp_path, "contracts", as_json([RELEASE]))

    brought(tmp_path, "contracts", as_json([newer, RELEASE]))
    older = brought(tmp_path, "contracts", as_json([RELEASE]))

    assert Contract.objects.get().value is not None
    assert older.counts["contracts added"] == 0
