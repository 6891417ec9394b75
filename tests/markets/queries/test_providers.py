"""Searching the registers: by name, number, area, group, size and form."""

import pytest

from markets.models import Provider
from markets.queries import providers
from markets.queries.providers import Pages, Wanted
from tests.factories import registers

pytestmark = pytest.mark.django_db


def names(**wanted: object) -> list[str]:
    return [row.name for row in providers.found(Wanted(**wanted))]  # type: ignore[arg-type]


def test_registered_providers_are_found_by_name_in_order() -> None:
    registers.provider(1, name="beta")
    registers.provider(2, name="ALPHA")
    registers.provider(3, name="Gone", status="removed")

    assert names() == ["ALPHA", "beta"]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("carers", True),
        ("car any", True),
        ("  CARERS!  ", True),
        ("O'Brien", True),
        ("working name", True),
        ("1000001", True),
        ("GB-CHC-1000001", True),
        ("careless", False),
        ("!!!", False),
        ("' & | !", False),
    ],
)
def test_a_name_is_found_by_its_words_begun_and_by_its_number(words: str, is_found: bool) -> None:
    registers.provider(1, name="Anytown Carers (O'Brien)", other_names="A Working Name")

    assert bool(names(words=words)) is is_found


def test_an_area_is_found_with_those_who_work_in_the_whole_around_it() -> None:
    registers.provider(1, name="Here")
    registers.provider(2, name="All over", areas=["K04000001"])
    registers.provider(3, name="Elsewhere", areas=["E10000016"])
    registers.provider(4, name="Unknown", areas=[])

    assert names(area="E09000003") == ["All over", "Here"]


def test_group_size_and_form_narrow_it_down() -> None:
    registers.provider(1, name="Wanted", served=[201], income=50_000, legal_form="cic")
    registers.provider(2, name="Other group", served=[202], income=50_000, legal_form="cic")
    registers.provider(3, name="Other size", served=[201], income=5, legal_form="cic")
    registers.provider(4, name="Other form", served=[201], income=50_000)

    assert names(who=201, size_band="small", legal_form="cic") == ["Wanted"]


def test_by_income_the_unknown_stand_last() -> None:
    registers.provider(1, name="Unknown", income=None)
    registers.provider(2, name="Small", income=1)
    registers.provider(3, name="Large", income=2)

    assert names(by_income=True) == ["Large", "Small", "Unknown"]


@pytest.mark.parametrize(
    ("income", "band"), [(None, ""), (0, "micro"), (10_000, "small"), (999_999, "medium"), (10**8, "super_major")]
)
def test_the_database_places_an_income_in_its_size_band(income: int | None, band: str) -> None:
    made = registers.provider(1, income=income)

    assert Provider.objects.get(pk=made.pk).size_band == band


def test_a_search_counts_no_further_than_anybody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers, "MOST_FOUND", 2)
    for number in range(3):
        registers.provider(number)

    pages = Pages(Wanted())

    assert (pages.count, pages.is_cut) == (2, True)


def test_a_row_is_found_by_its_number_however_it_is_written() -> None:
    made = registers.provider(1)

    assert providers.by_number("1000001") == providers.by_number("gb-chc-1000001") == made
    assert providers.by_number("7") is None


def test_months_of_reserves_are_known_only_where_both_figures_are() -> None:
    assert Provider(reserves=100, expenditure=1200).reserves_months == 1
    assert Provider(reserves=100, expenditure=0).reserves_months is None
    assert Provider(reserves=None, expenditure=1200).reserves_months is None
