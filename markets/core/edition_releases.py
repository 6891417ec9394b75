"""Editions of market position statements as OCDS 1.1 planning releases, and as notices of what is planned.

Every edition is a release of its own with an id that never comes again, and so is its withdrawal; all of one
programme's share its contracting process. How it is written: the Open Contracting Data Standard 1.1.5, planning
section, with documents that lead back to the page (https://standard.open-contracting.org/1.1/en/schema/release/).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from commissioning.core import planning_releases
from commissioning.core.procurement_notices import EXAMPLE_PREFIX, Authority, Code, Notice, NoticeKind, Subject

from .editions import Edition

#: Milestone types of the standard, by the key of the date.
_ENGAGEMENT = ("engagement_from", "engagement_to")
_MARKET_STUDY = "marketStudies"


@dataclass(frozen=True, slots=True)
class Released:
    """An edition to be released: `url` is the page that people read; the authority is as it is named today."""

    edition: Edition
    authority: Authority
    url: str
    published: datetime
    withdrawn: datetime | None = None


def notice(released: Released, kind: NoticeKind = NoticeKind.PLANNED) -> Notice:
    """Fill a notice from an edition: of a planned procurement (UK3), or of a pipeline (UK1)."""
    edition, held = released.edition, released.edition.procurement or {}
    ocid = str(held.get("ocid") or f"{EXAMPLE_PREFIX}-{edition.statement}")
    release = f"{edition.statement}-{edition.number}"
    return Notice(
        kind=kind,
        ocid=ocid,
        release=f"{release}-withdrawn" if released.withdrawn else release,
        released=released.withdrawn or released.published,
        url=released.url,
        authority=released.authority,
        subject=_subject(edition, held),
        tender_notice=_day(held.get("tender_notice")) or _event(edition, "tender_notice_on"),
        award=_day(held.get("award")) or _event(edition, "award_on"),
        is_first=edition.number == 1 and not released.withdrawn,
    )


def package(released: Released, *, uri: str) -> dict[str, Any]:
    """Write an edition as a release package; `uri` is where the package itself stands."""
    found = planning_releases.package(notice(released), uri=uri)
    [release] = found["releases"]
    documents = release["planning"]["documents"]
    statement = {
        "id": f"{released.edition.statement}-{released.edition.number}-statement",
        "documentType": _MARKET_STUDY,
        "title": f"Market position statement: {released.edition.title}, edition {released.edition.number}",
        "description": released.edition.change_note or "First edition",
        "url": released.url,
        "datePublished": planning_releases.moment(released.published),
        "format": "text/html",
        "language": "en",
    }
    release["planning"] = {
        "rationale": f"Market position statement of {released.edition.authority}: {released.edition.title}",
        "documents": [statement, *documents],
        "milestones": _milestones(released.edition),
    }
    if not release["planning"]["milestones"]:
        del release["planning"]["milestones"]
    if released.withdrawn:
        release["tender"]["status"] = "withdrawn"
    return found


def _milestones(edition: Edition) -> list[dict[str, Any]]:
    """Write the dates that are set as planning milestones."""
    return [
        {
            "id": event.key,
            "title": event.what,
            "type": "engagement" if event.key in _ENGAGEMENT else "preProcurement",
            "dueDate": f"{event.on}T00:00:00Z",
            "status": "scheduled",
        }
        for event in edition.events
        if event.on
    ]


def _subject(edition: Edition, held: Mapping[str, Any]) -> Subject:
    return Subject(
        title=edition.title,
        reference=str(held.get("reference") or edition.statement),
        description=str(held.get("description") or edition.service),
        codes=tuple(Code(**code) for code in held.get("codes") or ()),
        region=str(held.get("region") or ""),
        starts=_day(held.get("starts")) or _event(edition, "starts_on"),
        ends=_day(held.get("ends")) or _event(edition, "ends_on"),
        value=_pounds(held.get("value")),
        value_with_vat=_pounds(held.get("value_with_vat")),
        suits_small=held.get("suits_small"),
        suits_voluntary=held.get("suits_voluntary"),
    )


def _event(edition: Edition, key: str) -> date | None:
    return next((event.day for event in edition.events if event.key == key), None)


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _pounds(text: object) -> Decimal | None:
    return Decimal(str(text)) if text else None
