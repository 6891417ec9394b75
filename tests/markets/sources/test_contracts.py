"""Awards from OCDS releases: packages, lots of suppliers, and values that are nothing."""

import io
import json
from typing import Any

import pytest

from markets.sources import contracts
from markets.sources.archives import SourceError
from markets.sources.contracts import NO_AWARD, NO_VALUE
from markets.sources.staged import TABLES, Fault, LeftOut, Row

RELEASE: dict[str, Any] = {
    "ocid": "ocds-213czf-1",
    "date": "2026-03-01T10:00:00Z",
    "buyer": {"name": "Anytown Council"},
    "tender": {
        "title": "Carers' support",
        "classification": {"scheme": "CPV", "id": "85300000"},
        "items": [
            {
                "additionalClassifications": [{"scheme": "CPV", "id": "85311000"}, {"scheme": "OTHER", "id": "x"}],
                "deliveryAddresses": [{"region": "London"}, {"postalCode": "N1 1AA"}],
            }
        ],
    },
    "parties": [
        {"id": "s1", "name": "Help C.I.C.", "identifier": {"scheme": "GB-COH", "id": "1501421"}},
        {
            "id": "GB-FTS-2",
            "name": "Hands Trust",
            "additionalIdentifiers": [{"scheme": "GB-CHC", "id": "1100001"}],
        },
    ],
    "awards": [
        {
            "id": "a1",
            "date": "2026-02-01T00:00:00+00:00",
            "value": {"amount": 100.01, "currency": "GBP"},
            "relatedLots": ["1", "2"],
            "suppliers": [{"id": "s1", "name": "Help C.I.C."}, {"id": "GB-FTS-2"}, {"id": "s9", "name": "Third, Ltd."}],
            "contractPeriod": {"startDate": "2026-04-01T00:00:00Z", "endDate": "2028-03-31T00:00:00Z"},
        }
    ],
}


def read(document: Any) -> list[Any]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return list(contracts.read(io.BytesIO(content)))


def rows(document: Any) -> list[dict[str, Any]]:
    found = [each for each in read(document) if isinstance(each, Row)]
    return [dict(zip(TABLES["contract"], row.values, strict=True)) for row in found]


def test_an_award_is_read_with_its_buyer_lots_places_and_days() -> None:
    found = rows({"releases": [RELEASE]})[0]

    assert found == {
        "ocid": "ocds-213czf-1",
        "award": "a1",
        "supplier_key": "GB-COH-01501421",
        "released_at": "2026-03-01T10:00:00+00:00",
        "buyer": "Anytown Council",
        "title": "Carers' support",
        "cpv": "85300000 85311000",
        "places": "London",
        "lots": "1 2",
        "supplier": "Help C.I.C.",
        "supplier_org_id": "GB-COH-01501421",
        "suppliers": 3,
        "value": "33.34",
        "currency": "GBP",
        "awarded_on": "2026-02-01",
        "starts_on": "2026-04-01",
        "ends_on": "2028-03-31",
    }


def test_a_supplier_without_an_official_number_is_known_by_its_name_within_the_award_alone() -> None:
    found = rows([RELEASE])

    assert [row["supplier_org_id"] for row in found] == ["GB-COH-01501421", "GB-CHC-1100001", ""]
    assert found[2]["supplier_key"] == "third ltd"


@pytest.mark.parametrize(
    "wrapped",
    [
        {"releases": [RELEASE]},
        {"records": [{"compiledRelease": RELEASE}]},
        [RELEASE],
        RELEASE,
        json.dumps(RELEASE).encode() + b"\n" + json.dumps(RELEASE).encode(),
        b"\xef\xbb\xbf" + json.dumps([{"releases": [RELEASE]}]).encode(),
    ],
    ids=["package", "records", "array", "one", "lines", "packages"],
)
def test_releases_are_found_however_they_are_wrapped(wrapped: Any) -> None:
    assert rows(wrapped)[0]["ocid"] == "ocds-213czf-1"


def test_an_award_that_is_worth_nothing_has_no_known_value() -> None:
    award = {**RELEASE["awards"][0], "value": {"amount": 0, "currency": "GBP"}}

    found = read([{**RELEASE, "awards": [award]}])

    assert LeftOut(NO_VALUE) in found
    assert rows([{**RELEASE, "awards": [award]}])[0]["value"] is None


def test_the_value_of_a_contract_stands_in_for_its_awards() -> None:
    award = {name: value for name, value in RELEASE["awards"][0].items() if name not in ("value", "contractPeriod")}
    contract = {"awardID": "a1", "value": {"amountGross": 300}, "period": {"endDate": "2030-01-01"}}

    found = rows([{**RELEASE, "awards": [award], "contracts": [contract]}])[0]

    assert (found["value"], found["ends_on"]) == ("100.00", "2030-01-01")


def test_a_release_without_an_award_is_left_out() -> None:
    assert read([{"ocid": "x", "tag": ["planning"]}]) == [LeftOut(NO_AWARD)]


@pytest.mark.parametrize(
    ("release", "reason"),
    [
        ({**RELEASE, "date": "soon"}, "is no moment"),
        ({**RELEASE, "date": "0001-01-01T00:00:00+14:00"}, "is no moment of our time"),
        ({**RELEASE, "ocid": ""}, "ocid is empty"),
        ({**RELEASE, "awards": [{**RELEASE["awards"][0], "value": {"amount": [1]}}]}, "no amount of money"),
        ({**RELEASE, "awards": [{**RELEASE["awards"][0], "relatedLots": 5}]}, "not what the standard says"),
        (7, "not a release"),
    ],
)
def test_a_broken_release_is_told_and_the_rest_is_read(release: Any, reason: str) -> None:
    found = read([RELEASE, release, RELEASE])

    (fault,) = [each for each in found if isinstance(each, Fault)]
    assert reason in fault.reason
    assert len([each for each in found if isinstance(each, Row)]) == 6


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"releases": [', b"not json", b"[1, 2", b"[" * 9000])
def test_a_file_that_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError):
        read(content)
