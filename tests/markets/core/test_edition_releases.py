"""An edition as machines read it: the standard has nothing against it, ids never come again, and nothing is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from commissioning.core.procurement_notices import Authority, NoticeKind, missing
from markets.core import edition_releases
from markets.core.edition_releases import Released
from markets.core.editions import Event
from tests import ocds
from tests.markets.core.test_editions import EDITION

HELD = {
    "ocid": "ocds-abc123-1",
    "title": "Another title",
    "reference": "NW-2027-01",
    "description": "Help into lasting work",
    "codes": [{"code": "79611000", "words": "Job search services"}],
    "region": "UKI71",
    "value": "2400000.00",
    "value_with_vat": "2880000.00",
    "starts": "2027-10-01",
    "ends": "",
    "tender_notice": "2027-06-01",
    "award": "2027-08-01",
    "suits_small": True,
    "suits_voluntary": False,
    "authority": {"name": "Anytown Council"},
}
EVENTS = (
    Event("engagement_to", "Last day of market engagement", "2027-02-01"),
    Event("tender_notice_on", "Tender notice", "2027-06-02"),
    Event("award_on", "Award", ""),
)
RELEASED = Released(
    edition=replace(EDITION, events=EVENTS, procurement=HELD),
    authority=Authority("Anytown Council", scheme="GB-LAE", identifier="ANY"),
    url="https://pbr.example/market-position-statements/jobs/editions/2/",
    published=datetime(2026, 11, 22, 20, tzinfo=UTC),
)
WITHDRAWN = replace(RELEASED, withdrawn=datetime(2027, 1, 5, 12, tzinfo=UTC))
BARE = replace(RELEASED, edition=replace(EDITION, number=1, events=(), procurement=None))


def release(released: Released) -> dict[str, Any]:
    [found] = edition_releases.package(released, uri="https://pbr.example/release.json")["releases"]
    return dict(found)


@ocds.needs_schema
@pytest.mark.parametrize("released", [RELEASED, BARE, WITHDRAWN])
def test_the_standard_has_nothing_against_an_edition(released: Released) -> None:
    assert ocds.errors(edition_releases.package(released, uri="https://pbr.example/release.json")) == []


def test_a_release_leads_back_to_the_page_and_says_what_was_frozen() -> None:
    found = release(RELEASED)

    study, notice = found["planning"]["documents"]
    assert (study["documentType"], notice["noticeType"]) == ("marketStudies", "UK3")
    assert study["url"] == RELEASED.url
    assert found["ocid"] == "ocds-abc123-1"
    assert found["tender"]["status"] == "planned"
    assert found["tender"]["title"] == EDITION.title
    assert found["tender"]["value"] == {"amount": 2400000.0, "amountGross": 2880000.0, "currency": "GBP"}
    assert found["tender"]["communication"] == {"futureNoticeDate": "2027-06-01T00:00:00Z"}
    assert found["tender"]["lots"][0]["suitability"] == {"sme": True, "vcse": False}


def test_dates_that_are_set_are_milestones() -> None:
    found = release(RELEASED)["planning"]["milestones"]

    assert [(each["id"], each["type"]) for each in found] == [
        ("engagement_to", "engagement"),
        ("tender_notice_on", "preProcurement"),
    ]


def test_no_two_editions_share_a_release_and_later_ones_are_updates() -> None:
    first, second = release(BARE), release(RELEASED)

    assert first["id"] != second["id"]
    assert (first["tag"], second["tag"]) == (["planning"], ["planningUpdate"])
    assert "milestones" not in first["planning"]
    assert first["ocid"] == f"ocds-213czf-{EDITION.statement}"


def test_a_withdrawal_is_a_release_of_its_own_that_withdraws_the_plan() -> None:
    before, after = release(RELEASED), release(WITHDRAWN)

    assert after["tender"]["status"] == "withdrawn"
    assert after["id"] == f"{before['id']}-withdrawn"
    assert (after["ocid"], after["tag"]) == (before["ocid"], ["planningUpdate"])
    assert after["date"] == "2027-01-05T12:00:00Z"
    # The page that it leads to is as old as it was.
    assert after["planning"]["documents"][0] == before["planning"]["documents"][0]


def test_without_a_programme_the_statements_own_dates_stand_in() -> None:
    own = replace(RELEASED, edition=replace(RELEASED.edition, procurement=None))

    assert edition_releases.notice(own).tender_notice == date(2027, 6, 2)
    assert edition_releases.notice(own).award is None


def test_an_edition_fills_the_fields_of_a_pipeline_and_of_a_planned_procurement_notice() -> None:
    pipeline = edition_releases.notice(RELEASED, NoticeKind.PIPELINE)

    assert pipeline.award == date(2027, 8, 1)
    assert "the day of the tender notice" not in missing(pipeline)
    assert missing(edition_releases.notice(RELEASED)) == [
        "the authority's postal address",
        "the authority's e-mail address",
        "whom to ask",
    ]
