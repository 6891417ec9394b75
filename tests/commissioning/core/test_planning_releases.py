"""A notice as machines read it: the standard has nothing against it, and nothing unknown is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from commissioning.core import planning_releases, procurement_notices
from commissioning.core.procurement_notices import (
    Authority,
    AuthorityType,
    Code,
    Engagement,
    Notice,
    NoticeKind,
    Subject,
)
from tests import ocds

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
AUTHORITY = Authority(
    name="Anytown Council",
    scheme="GB-LAE",
    identifier="ANY",
    type=AuthorityType.SUB_CENTRAL,
    street="1 High Street",
    locality="Anytown",
    postcode="AN1 1AA",
    region="UKI71",
    contact="Commissioning team",
    email="commissioning@anytown.example",
    telephone="01632 960000",
    website="https://anytown.example/",
)
SUBJECT = Subject(
    title="Into work, North district",
    reference="NW-2027-01",
    description="Help into lasting work for 900 people.",
    codes=(Code("79611000", "Job search services"),),
    region="UKI71",
    value=Decimal("2400000.00"),
    value_with_vat=Decimal("2880000.00"),
    starts=date(2027, 10, 1),
    ends=date(2031, 9, 30),
    suits_small=True,
    suits_voluntary=True,
)
NOTICE = Notice(
    kind=NoticeKind.ENGAGEMENT,
    ocid="ocds-213czf-nw-2027-01",
    release="nw-2027-01-1",
    released=NOW,
    url="https://pbr.anytown.example/consultations/1/",
    authority=AUTHORITY,
    subject=SUBJECT,
    engagement=Engagement(closes=datetime(2027, 3, 1, 17, tzinfo=UTC), process="An event, then written comments."),
)
BARE = Notice(
    kind=NoticeKind.ENGAGEMENT,
    ocid="ocds-213czf-1",
    release="1",
    released=NOW,
    url="https://pbr.example/1/",
    authority=Authority(name="Anytown Council"),
    subject=Subject(title="Into work", reference=""),
)


def packed(notice: Notice) -> dict[str, Any]:
    return planning_releases.package(notice, uri=f"{notice.url}notice.json")


@ocds.needs_schema
@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("notice", [NOTICE, BARE], ids=["full", "bare"])
def test_the_standard_has_nothing_against_a_notice_of_any_kind(kind: NoticeKind, notice: Notice) -> None:
    whole = replace(notice, kind=kind, tender_notice=date(2027, 6, 1), award=date(2027, 8, 1))

    assert ocds.errors(packed(whole)) == []


@ocds.needs_schema
def test_the_check_sees_a_wrong_code_a_wrong_type_and_an_unknown_name() -> None:
    broken = packed(NOTICE)
    broken["releases"][0]["tag"] = ["plan"]
    broken["releases"][0]["tender"]["value"]["amount"] = "2400000"
    broken["releases"][0]["tender"]["budget"] = 1

    assert len(ocds.errors(broken)) == 3


def test_an_engagement_notice_says_when_it_closes_and_links_to_its_page() -> None:
    release = packed(NOTICE)["releases"][0]

    assert release["tag"] == ["planning"]
    assert release["planning"]["documents"][0]["documentType"] == "marketEngagementNotice"
    assert release["planning"]["documents"][0]["noticeType"] == "UK2"
    assert release["planning"]["documents"][0]["url"] == NOTICE.url
    [milestone] = release["planning"]["milestones"]
    assert (milestone["dueDate"], milestone["status"]) == ("2027-03-01T17:00:00Z", "scheduled")
    assert release["tender"]["status"] == "planning"
    assert release["tender"]["value"] == {"amount": 2400000.0, "amountGross": 2880000.0, "currency": "GBP"}


def test_engagement_that_is_over_is_met_and_a_later_release_is_an_update() -> None:
    assert NOTICE.engagement
    late = replace(NOTICE, engagement=replace(NOTICE.engagement, is_over=True), is_first=False)

    release = packed(late)["releases"][0]

    assert release["tag"] == ["planningUpdate"]
    assert release["planning"]["milestones"][0]["status"] == "met"


def test_a_planned_procurement_is_planned_and_says_when_its_tender_comes() -> None:
    tender = packed(replace(NOTICE, kind=NoticeKind.PLANNED, engagement=None, tender_notice=date(2027, 6, 1)))
    release = tender["releases"][0]

    assert release["tender"]["status"] == "planned"
    assert release["tender"]["communication"] == {"futureNoticeDate": "2027-06-01T00:00:00Z"}
    assert "milestones" not in release["planning"]


def test_what_is_not_known_is_left_out_and_a_no_stays() -> None:
    bare = packed(BARE)["releases"][0]
    no = packed(replace(NOTICE, subject=replace(SUBJECT, suits_small=False)))["releases"][0]

    assert bare["buyer"] == {"id": "buyer", "name": "Anytown Council"}
    assert not {"value", "items", "contractPeriod", "awardPeriod", "communication"} & set(bare["tender"])
    assert "identifier" not in bare["parties"][0]
    assert no["tender"]["lots"][0]["suitability"] == {"sme": False, "vcse": True}


def test_what_the_regulations_ask_for_and_is_not_there_is_named() -> None:
    assert procurement_notices.missing(NOTICE) == []
    assert len(procurement_notices.missing(BARE)) == 9
    assert procurement_notices.missing(replace(NOTICE, kind=NoticeKind.PIPELINE)) == [
        "the day of the tender notice",
        "the day of the award",
    ]
    assert procurement_notices.missing(replace(NOTICE, kind=NoticeKind.PLANNED)) == ["the day of the tender notice"]


def test_as_a_text_every_field_stands_on_its_line_and_gaps_are_said() -> None:
    text = procurement_notices.as_text(NOTICE, closes="5pm on 1 March 2027 (London time)")
    bare = procurement_notices.as_text(BARE)

    assert text.startswith("Preliminary market engagement notice (UK2)\n\n")
    assert "Engagement closes: 5pm on 1 March 2027 (London time)\n" in text
    assert "Estimated value: £2,400,000 without VAT, £2,880,000 with VAT\n" in text
    assert "Contract: 1 October 2027 to 30 September 2031\n" in text
    assert "Suitable for small and medium-sized enterprises: yes\n" in text
    assert "Identifier: not given yet\n" in bare
    assert "Suitable for small and medium-sized enterprises: not given yet\n" in bare
    assert "How engagement goes: not given yet\n" in bare


def test_an_engagement_that_is_over_closed_and_a_pipeline_names_its_award() -> None:
    assert NOTICE.engagement
    over = replace(NOTICE, engagement=replace(NOTICE.engagement, is_over=True))
    pipeline = replace(NOTICE, kind=NoticeKind.PIPELINE, award=date(2027, 8, 1))

    assert "Engagement closed: then\n" in procurement_notices.as_text(over, closes="then")
    assert "Award expected: 1 August 2027\n" in procurement_notices.as_text(pipeline)
    no = replace(NOTICE, subject=replace(SUBJECT, suits_small=False))
    assert "Suitable for small and medium-sized enterprises: no\n" in procurement_notices.as_text(no)


def test_codes_are_read_one_on_a_line_with_words_or_without() -> None:
    assert procurement_notices.read_codes("79611000-0 Job search services\n\n 85312000 : Social work\n80000000") == (
        Code("79611000", "Job search services"),
        Code("85312000", "Social work"),
        Code("80000000"),
    )
    assert procurement_notices.read_codes("") == ()


@pytest.mark.parametrize("line", ["Job search", "7961100", "796110000"])
def test_a_line_without_a_code_is_named(line: str) -> None:
    with pytest.raises(procurement_notices.UnreadableCodeError, match=line):
        procurement_notices.read_codes(line)
