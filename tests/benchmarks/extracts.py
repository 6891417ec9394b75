"""A made-up register extract in the Charity Commission's real format and of its real size: no such charity exists."""

import json
import random
import zipfile
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from markets.core.areas import atlas

CHARITIES, PART_B, LINKED = 395_000, 70_000, 0.06
DAY = "2026-11-02T00:00:00"
_WORDS = (
    "Anytown", "Bridge", "Carers", "Children", "Community", "Disability", "Elder", "Family", "Friends", "Hands", "Help",
    "Homes", "Hope", "Hospice", "Housing", "Learning", "Neighbours", "Open", "Parents", "Play", "Recovery", "Relief",
    "River", "School", "Shelter", "Skills", "Sport", "Support", "Trust", "Women", "Work", "Youth",
)  # fmt: skip
#: Income in bands, with how many of a hundred registered charities have it (register aggregates, February 2025).
_BANDS = ((0, 5e3, 32), (5e3, 25e3, 26), (25e3, 1e5, 19), (1e5, 5e5, 15), (5e5, 1e6, 3), (1e6, 1e7, 4), (1e7, 1e8, 1))


def write(folder: Path, *, charities: int = CHARITIES, part_b: int = PART_B) -> list[Path]:
    """Write the charities as JSON, and accounts, areas and classification as tab-delimited text, each zipped."""
    luck = random.Random(1)
    rich: list[int] = []
    made = [_zipped(folder, "charity", "json", _as_json(_charities(luck, charities, rich)))]
    years = (year for year in range(5) for _ in range(1))
    rows = (_accounts(luck, number, year) for year in years for number in rich)
    made.append(_zipped(folder, "charity_annual_return_partb", "txt", _as_text(_first(rows, part_b))))
    living = charities // 2
    made.append(_zipped(folder, "charity_classification", "txt", _as_text(_codes(luck, living))))
    made.append(_zipped(folder, "charity_area_of_operation", "txt", _as_text(_areas(luck, living))))
    return made


def _first(rows: Iterator[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    for _, row in zip(range(count), rows, strict=False):
        yield row


def _zipped(folder: Path, table: str, ending: str, texts: Iterator[str]) -> Path:
    path = folder / f"publicextract.{table}.zip"
    encoding = "utf-8-sig" if ending == "json" else "utf-8"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(f"publicextract.{table}.{ending}", "w", force_zip64=True) as member,
        TextIOWrapper(member, encoding, newline="") as out,
    ):
        out.writelines(texts)
    return path


def _as_json(rows: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    for place, row in enumerate(rows):
        yield ("," if place else "[") + json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\r\n"
    yield "]"


def _as_text(rows: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    for place, row in enumerate(rows):
        if not place:
            yield "\t".join(row) + "\r\n"
        yield "\t".join("" if value is None else str(value) for value in row.values()) + "\r\n"


def _charities(luck: random.Random, count: int, rich: list[int]) -> Iterator[dict[str, Any]]:
    for place in range(count):
        number, is_linked = 200_000 + place, luck.random() < LINKED
        is_removed = place >= count // 2
        low, high, _ = luck.choices(_BANDS, [band[2] for band in _BANDS])[0]
        income = None if is_linked or is_removed else round(luck.uniform(low, high))
        if income and income >= 5e5:
            rich.append(number)
        yield {
            "date_of_extract": DAY,
            "organisation_number": number,
            "registered_charity_number": 300_000 + place,
            "linked_charity_number": int(is_linked),
            "charity_name": " ".join(luck.sample(_WORDS, 4)).upper() + f" {place}",
            "charity_type": None if is_linked else luck.choice(["CIO", "Charitable company", "Trust", "Other"]),
            "charity_registration_status": "Removed" if is_removed else "Registered",
            "date_of_registration": f"{luck.randint(1961, 2025)}-0{luck.randint(1, 9)}-1{luck.randint(0, 9)}T00:00:00",
            "date_of_removal": "2019-03-04T00:00:00" if is_removed else None,
            "charity_reporting_status": "Removed" if is_removed else "Submission Received",
            "latest_acc_fin_period_start_date": None if income is None else "2025-04-01T00:00:00",
            "latest_acc_fin_period_end_date": None if income is None else "2026-03-31T00:00:00",
            "latest_income": income,
            "latest_expenditure": None if income is None else round(income * luck.uniform(0.8, 1.15)),
            **{f"charity_contact_address{line}": luck.choice(_WORDS) for line in range(1, 6)},
            "charity_contact_postcode": "ZZ1 1ZZ",
            "charity_contact_phone": "01632 960000",
            "charity_contact_email": "nobody@example.org",
            "charity_contact_web": "www.example.org",
            "charity_company_registration_number": None if luck.random() < 0.8 else f"{luck.randint(1, 10**8 - 1):08}",
            "charity_insolvent": False,
            "charity_in_administration": False,
            "charity_previously_excepted": None,
            "charity_is_cdf_or_cif": None,
            "charity_is_cio": None,
            "cio_is_dissolved": None,
            "date_cio_dissolution_notice": None,
            "charity_activities": " ".join(luck.choices(_WORDS, k=45)),
            "charity_gift_aid": None,
            "charity_has_land": None,
        }


_PART_B = (
    "income_donations_and_legacies", "income_other_trading_activities", "income_charitable_activities",
    "income_investments", "income_other", "income_total_income_and_endowments", "income_legacies", "income_endowments",
    "expenditure_raising_funds", "expenditure_charitable_expenditure", "expenditure_other", "expenditure_total",
    "expenditure_investment_management", "expenditure_grants_institution", "expenditure_governance",
    "expenditure_support_costs", "expenditure_depreciation", "gain_loss_investment", "gain_loss_pension_fund",
    "gain_loss_revaluation_fixed_investment", "gain_loss_other", "reserves", "assets_total_fixed", "assets_own_use",
    "assets_long_term_investment", "defined_benefit_pension_scheme", "assets_other_assets", "assets_total_liabilities",
    "assets_current_investment", "assets_total_assets_and_liabilities", "creditors_one_year_total_current",
    "creditors_falling_due_after_one_year", "assets_cash", "funds_endowment", "funds_unrestricted", "funds_restricted",
    "funds_total", "count_employees",
)  # fmt: skip


def _accounts(luck: random.Random, number: int, back: int) -> dict[str, Any]:
    year = 2026 - back
    figures = {column: luck.randint(0, 3_000_000) for column in _PART_B} | {"count_employees": luck.randint(1, 300)}
    return {
        "date_of_extract": f"{DAY[:10]} 00:00:00.0000000",
        "organisation_number": number,
        "registered_charity_number": number + 100_000,
        "latest_fin_period_submitted_ind": back == 0,
        "fin_period_order_number": back + 1,
        "ar_cycle_reference": f"AR{year - 2000}",
        "fin_period_start_date": f"{year - 1}-04-01 00:00:00.0000000",
        "fin_period_end_date": f"{year}-03-31 00:00:00.0000000",
        "ar_due_date": f"{year + 1}-01-31 00:00:00.0000000",
        "ar_received_date": None,
        **figures,
        "charity_only_accounts": True,
        "consolidated_accounts": None,
    }


def _of(number: int) -> dict[str, Any]:
    whose = {"organisation_number": number, "registered_charity_number": number + 100_000, "linked_charity_number": 0}
    return {"date_of_extract": f"{DAY[:10]} 00:00:00.0000000", **whose}


def _codes(luck: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for place in range(count):
        codes = [*luck.sample(range(101, 118), 2), *luck.sample(range(201, 208), 2), *luck.sample(range(301, 311), 2)]
        for code in codes:
            yield {
                **_of(200_000 + place),
                "classification_code": code,
                "classification_type": "What",
                "classification_description": "as the code says",
            }


def _areas(luck: random.Random, count: int) -> Iterator[dict[str, Any]]:
    names = [area.name for area in atlas().areas if area.code[0] in "EW"]
    for place in range(count):
        if luck.random() < 0.1:
            kind, name = "Region", "Throughout England And Wales"
        else:
            kind, name = "Local Authority", luck.choice(names)
        yield {
            **_of(200_000 + place),
            "geographic_area_type": kind,
            "geographic_area_description": name,
            "parent_geographic_area_type": None,
            "parent_geographic_area_description": None,
            "welsh_ind": False,
        }
