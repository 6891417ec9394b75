"""The register extract of England and Wales: both formats, every quirk, and what is not read."""

import io
from collections import Counter
from typing import Any

import pytest

from markets.sources import charity_commission
from markets.sources.archives import SourceError
from markets.sources.charity_commission import ABROAD, LINKED, NOT_NEEDED
from markets.sources.staged import TABLES, Extract, Fault, LeftOut, Row
from tests.factories import registers
from tests.factories.registers import as_json, as_text


def read(content: bytes) -> list[Any]:
    return list(charity_commission.read(io.BufferedReader(io.BytesIO(content))))


def rows(content: bytes) -> list[dict[str, Any]]:
    found = [each for each in read(content) if isinstance(each, Row)]
    return [dict(zip(TABLES[row.table], row.values, strict=True)) for row in found]


def faults(content: bytes) -> list[Fault]:
    return [each for each in read(content) if isinstance(each, Fault)]


@pytest.mark.parametrize("write", [as_json, as_text])
def test_a_charity_is_read_alike_from_both_formats(write: Any) -> None:
    (found,) = rows(write([registers.charity()]))

    assert {name: str(value) for name, value in found.items()} == {
        "key": "11",
        "org_id": "GB-CHC-1100001",
        "company_org_id": "GB-COH-01234567",
        "name": "ANYTOWN CARERS",
        "legal_form": "charity",
        "constitution": "CIO",
        "status": "registered",
        "reporting_status": "Submission Received",
        "registered_on": "2009-03-04",
        "removed_on": "None",
        "is_distressed": "False",
        "year_end": "2026-03-31",
        "income": "900000",
        "expenditure": "800000",
    }


def test_the_extract_says_of_which_day_it_is() -> None:
    assert Extract("2026-11-02") in read(as_json([registers.charity()]))
    with pytest.raises(SourceError, match="date_of_extract"):
        read(as_json([registers.charity(date_of_extract=None)]))


def test_no_contact_and_no_persons_name_is_read() -> None:
    everything = [
        *read(as_json([registers.charity()])),
        *read(as_json([registers.trustee()])),
    ]

    assert not [
        each for each in everything if "01632" in str(each) or "@" in str(each) or "Not To Be Kept" in str(each)
    ]


def test_linked_charities_are_left_out_and_removed_ones_are_not() -> None:
    content = as_json(
        [
            registers.charity(linked_charity_number=1),
            registers.charity(charity_registration_status="Removed", date_of_removal="2019-03-04T00:00:00"),
        ]
    )

    assert LeftOut(LINKED) in read(content)
    assert [row["status"] for row in rows(content)] == ["removed"]


def test_a_record_that_is_broken_over_lines_is_put_together() -> None:
    broken = as_text([registers.charity()]).replace(b"ANYTOWN CARERS\t", b"ANYTOWN\r\nCARERS\r\n\t")

    (found,) = rows(broken)

    assert found["name"] == "ANYTOWN CARERS"
    assert faults(broken) == []


def test_an_escaped_tab_null_bytes_and_the_mark_of_the_encoding_do_no_harm() -> None:
    text = as_text([registers.charity(charity_name="ANY\\\tTOWN\0")])

    (found,) = rows(b"\xef\xbb\xbf" + text)

    assert found["name"] == "ANY TOWN"


def test_broken_rows_are_told_with_their_line_and_the_rest_is_read() -> None:
    good = registers.charity()
    content = as_json([good, registers.charity(latest_income="much"), good]) + b"\r\n,{broken\r\n"

    found = faults(content)

    assert len(rows(content)) == 2
    assert found == [
        Fault(2, 'latest_income: "much" is no amount of money'),
        Fault(4, "not a JSON record on one line"),
    ]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"registered_charity_number": 0}, "no charity number"),
        ({"charity_name": "  "}, "charity_name is empty"),
        ({"charity_registration_status": "Pending"}, "charity_registration_status"),
        ({"date_of_registration": "2009-02-30T00:00:00"}, "is no day"),
        ({"organisation_number": None}, "organisation_number is empty"),
        ({"charity_insolvent": "perhaps"}, "neither true nor false"),
    ],
)
def test_what_is_wrong_with_a_charity_is_said(given: dict[str, Any], reason: str) -> None:
    (found,) = faults(as_json([registers.charity(**given)]))

    assert reason in found.reason


def test_a_row_with_too_few_columns_or_a_missing_one_is_a_fault() -> None:
    text = as_text([registers.charity(), registers.charity()]).rsplit(b"\t", 3)[0] + b"\r\n"
    without = {name: value for name, value in registers.charity().items() if name != "latest_income"}

    assert "columns where the heading has" in faults(text)[0].reason
    assert faults(as_json([without]))[0].reason == "the column latest_income is missing"


def test_reserves_come_from_part_b_and_what_is_empty_is_not_known() -> None:
    (found,) = rows(as_json([registers.part_b(assets_cash=None)]))

    assert (found["part"], found["reserves"], found["cash"], found["employees"]) == ("b", 200000, None, None)


@pytest.mark.parametrize(
    ("contracts", "amount", "cycle", "known"),
    [
        (True, 300000, "AR26", 300000),
        (False, None, "AR26", 0),
        (None, None, "AR26", None),
        (None, 5, "AR17", 5),
        (False, None, "AR12", None),
        (False, None, None, 0),
    ],
)
def test_income_from_government_is_nothing_only_where_the_charity_said_so(
    contracts: bool | None, amount: int | None, cycle: str | None, known: int | None
) -> None:
    row = registers.part_a(
        charity_receives_govt_funding_contracts=contracts,
        income_from_government_contracts=amount,
        ar_cycle_reference=cycle,
    )

    (found,) = rows(as_json([row]))

    assert found["government_contracts"] == known


def test_figures_that_the_register_hides_stay_hidden() -> None:
    period = {name: registers.part_a()[name] for name in list(registers.part_a())[:6]}
    history = {**period, "total_gross_income": 5, "total_gross_expenditure": 6, "accounts_qualified": None}

    (hidden,) = rows(as_json([{**history, "suppression_ind": True}]))
    (shown,) = rows(as_json([{**history, "suppression_ind": False}]))

    assert (hidden["income"], hidden["is_suppressed"]) == (None, True)
    assert (shown["income"], shown["is_suppressed"]) == (5, False)


def test_a_year_without_its_last_day_is_a_fault() -> None:
    (found,) = faults(as_json([registers.part_b(fin_period_end_date=None)]))

    assert found.reason == "fin_period_end_date is empty"


@pytest.mark.parametrize(
    ("kind", "name", "codes"),
    [
        ("Local Authority", "Barnet", "{E09000003}"),
        ("Local Authority", "Cumbria", "{E06000063,E06000064}"),
        ("Region", "Throughout England And Wales", "{K04000001}"),
        ("Metropolitan Counties", "Greater London", "{E12000007}"),
        ("Country", "Scotland", "{S92000003}"),
    ],
)
def test_areas_become_the_codes_of_today(kind: str, name: str, codes: str) -> None:
    (found,) = rows(as_json([registers.area(name, kind)]))

    assert found == {"key": "11", "areas": codes}


def test_other_countries_are_left_out_and_unknown_places_are_faults() -> None:
    content = as_json([registers.area("Kenya", "Country"), registers.area("Atlantis")])

    assert LeftOut(ABROAD) in read(content)
    assert "Atlantis" in faults(content)[0].reason


def test_codes_names_and_trustees_are_read_by_the_organisations_number() -> None:
    assert rows(as_json([registers.code(203)])) == [{"key": "11", "codes": "{203}"}]
    assert rows(as_json([registers.other_name()])) == [{"key": "11", "name": "Carers Together"}]
    assert rows(as_json([registers.trustee()])) == [{"key": "11"}]
    assert rows(as_json([registers.event(), registers.event("")])) == [{"key": "11", "happened_on": "1998-05-06"}]
    assert "classification_code" in faults(as_json([registers.code(999)]))[0].reason


def test_tables_that_the_market_does_not_need_are_known_and_left_out() -> None:
    content = as_json([{"date_of_extract": "2026-11-02T00:00:00", "policy_name": "Risk"}])

    assert Counter(read(content)) == {Extract("2026-11-02"): 1, LeftOut(NOT_NEEDED): 1}


def test_any_other_table_is_refused() -> None:
    with pytest.raises(SourceError, match="not columns of the register extract"):
        read(as_json([{"date_of_extract": "2026-11-02", "shoe_size": 9}]))


def test_an_extract_that_is_written_over_several_lines_is_read_too() -> None:
    content = as_json([registers.charity()]).replace(b", ", b",\n")

    assert len(rows(content)) == 1
