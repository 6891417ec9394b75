"""What readers give, row by row: rows for a table of the stage, rows left out on purpose, and faults."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | float | bool | None

#: The stage: one table for each kind of row. Types are PostgreSQL's; nothing in it is kept.
TABLES: dict[str, dict[str, str]] = {
    "provider": {
        "key": "text",
        "org_id": "text",
        "company_org_id": "text",
        "name": "text",
        "legal_form": "text",
        "constitution": "text",
        "status": "text",
        "reporting_status": "text",
        "registered_on": "date",
        "removed_on": "date",
        "is_distressed": "boolean",
        "year_end": "date",
        "income": "numeric(15,2)",
        "expenditure": "numeric(15,2)",
    },
    "code": {"key": "text", "codes": "smallint[]"},
    "area": {"key": "text", "areas": "text[]"},
    "name": {"key": "text", "name": "text"},
    "trustee": {"key": "text"},
    "event": {"key": "text", "happened_on": "date"},
    "year": {
        "key": "text",
        "part": "text",
        "year_start": "date",
        "year_end": "date",
        "cycle": "text",
        "income": "numeric(15,2)",
        "expenditure": "numeric(15,2)",
        "reserves": "numeric(15,2)",
        "unrestricted_funds": "numeric(15,2)",
        "own_use_assets": "numeric(15,2)",
        "cash": "numeric(15,2)",
        "current_assets": "numeric(15,2)",
        "current_creditors": "numeric(15,2)",
        "government_contracts": "numeric(15,2)",
        "government_grants": "numeric(15,2)",
        "employees": "integer",
        "volunteers": "integer",
        "is_suppressed": "boolean",
    },
    "contract": {
        "ocid": "text",
        "award": "text",
        "supplier_key": "text",
        "released_at": "timestamptz",
        "buyer": "text",
        "title": "text",
        "cpv": "text",
        "places": "text",
        "lots": "text",
        "supplier": "text",
        "supplier_org_id": "text",
        "suppliers": "smallint",
        "value": "numeric(15,2)",
        "currency": "text",
        "awarded_on": "date",
        "starts_on": "date",
        "ends_on": "date",
    },
    "grant_made": {
        "identifier": "text",
        "title": "text",
        "funder": "text",
        "funder_org_id": "text",
        "recipient": "text",
        "recipient_org_id": "text",
        "amount": "numeric(15,2)",
        "currency": "text",
        "awarded_on": "date",
        "starts_on": "date",
        "ends_on": "date",
    },
    "listed": {
        "reference": "text",
        "org_id": "text",
        "name": "text",
        "legal_form": "text",
        "income": "numeric(15,2)",
        "expenditure": "numeric(15,2)",
        "free_reserves": "numeric(15,2)",
        "year_registered": "smallint",
        "served": "smallint[]",
        "areas": "text[]",
        "appetite": "numeric(5,4)",
        "has_outcomes_experience": "boolean",
    },
}


class Row(NamedTuple):
    """One row for a table of the stage, its values in the table's order."""

    table: str
    values: tuple[Value, ...]


class LeftOut(NamedTuple):
    """A row that is whole and not wanted, with the reason that counts it."""

    reason: str


class Fault(NamedTuple):
    """A row that cannot be read: the line it begins in, from 1, and why."""

    line: int
    reason: str


class Extract(NamedTuple):
    """The day that a source stands at, where its rows say so."""

    day: str


Found: TypeAlias = Iterator[Row | LeftOut | Fault | Extract]


class FaultError(ValueError):
    """What is wrong with one row."""
