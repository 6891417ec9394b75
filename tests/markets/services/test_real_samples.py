"""Every real sample of the registers and of contracts, where a folder of them is at hand; none of it is kept here."""

import os
from pathlib import Path

import pytest

from markets.models import Contract, Import, Provider
from markets.services import imports

SAMPLES = os.environ.get("PBR_SHARED_DATA", "")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not SAMPLES, reason="PBR_SHARED_DATA names no folder of source tables"),
]
EXTRACT = "charities/ccew_extract_txt_2023-09_sample/*.zip"


def brought(source: str, pattern: str) -> Import:
    paths = sorted(Path(SAMPLES).glob(pattern))
    assert paths
    return imports.bring(source=source, paths=paths)


def test_the_whole_tab_delimited_sample_comes_in_without_a_fault() -> None:
    done = brought("ccew", EXTRACT)

    assert (done.state, done.fault_count, done.message) == (Import.State.SUCCEEDED, 0, "")
    assert Provider.objects.count() == 200
    assert Provider.objects.exclude(reserves=None).count() == 84
    assert not Provider.objects.filter(reserves__isnull=False, year_end=None).exists()
    assert done.counts["years of organisations that are not on the register here"] == 0


def test_the_json_extract_of_names_is_read_whole() -> None:
    brought("ccew", EXTRACT)

    done = brought("ccew", "charities/ccew_extract_json_2024-09-10/*.zip")

    assert (done.state, done.fault_count) == (Import.State.SUCCEEDED, 1)
    assert str(done.faults.get()).endswith("line 105586: charity_name is empty")
    assert done.rows_read == 165_962


@pytest.mark.parametrize(
    ("source", "pattern", "count"),
    [
        ("ccni", "charities/ccni_register_sample_2024.csv", 365),
        ("companies", "charities/companies_house_basic_sample_2020-06.csv", 27),
    ],
)
def test_the_other_registers_come_in_without_a_fault(source: str, pattern: str, count: int) -> None:
    done = brought(source, pattern)

    assert (done.state, done.fault_count) == (Import.State.SUCCEEDED, 0)
    assert Provider.objects.count() == count


def test_the_real_releases_come_in_and_what_is_worth_nothing_stays_unknown() -> None:
    done = brought("contracts", "ocds/*.json")

    assert (done.state, done.fault_count) == (Import.State.SUCCEEDED, 0)
    assert Contract.objects.values("ocid").distinct().count() == 141
    assert not Contract.objects.filter(value__lte=0).exists()
    assert Contract.objects.filter(value=None).exists()
    assert Contract.objects.exclude(supplier_org_id="").exists()
