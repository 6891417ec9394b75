"""Writes a notice as an OCDS planning release, so that machines can follow what people read.

The Open Contracting Data Standard 1.1.5 (https://standard.open-contracting.org/1.1/en/schema/release/) in the profile
of Find a Tender, with the United Kingdom extension of 13 January 2026
(https://github.com/cabinetoffice/ocds_uk_extension).
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .procurement_notices import AUTHORITY_TYPES, NAMES, Authority, Notice, NoticeKind, Subject

_EXTENSIONS = "https://raw.githubusercontent.com/{}/extension.json"
EXTENSIONS = (
    _EXTENSIONS.format("cabinetoffice/ocds_uk_extension/main"),
    _EXTENSIONS.format("open-contracting-extensions/ocds_communication_extension/master"),
    _EXTENSIONS.format("open-contracting-extensions/ocds_location_extension/master"),
    _EXTENSIONS.format("open-contracting-extensions/ocds_lots_extension/master"),
    _EXTENSIONS.format("open-contracting-extensions/ocds_organizationClassification_extension/master"),
    _EXTENSIONS.format("open-contracting-extensions/ocds_suitability_extension/master"),
)
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_DOCUMENT_TYPES = {
    NoticeKind.PIPELINE: "plannedProcurementNotice",
    NoticeKind.ENGAGEMENT: "marketEngagementNotice",
    NoticeKind.PLANNED: "plannedProcurementNotice",
}


def package(notice: Notice, *, uri: str) -> dict[str, Any]:
    """Write a notice as an OCDS 1.1 release package of one release; `uri` is where the package itself stands."""
    return {
        "uri": uri,
        "version": "1.1",
        "publishedDate": moment(notice.released),
        "publisher": _filled({"name": notice.authority.name, "uri": notice.authority.website}),
        "license": LICENCE,
        "extensions": list(EXTENSIONS),
        "releases": [release(notice)],
    }


def release(notice: Notice) -> dict[str, Any]:
    """Write a notice as an OCDS planning release; what is not known is left out."""
    buyer = {"id": notice.authority.org_id or "buyer", "name": notice.authority.name}
    return {
        "ocid": notice.ocid,
        "id": notice.release,
        "date": moment(notice.released),
        "tag": ["planning" if notice.is_first else "planningUpdate"],
        "initiationType": "tender",
        "language": "en",
        "parties": [_party(notice.authority, buyer)],
        "buyer": buyer,
        "planning": _planning(notice),
        "tender": _tender(notice),
    }


def _party(authority: Authority, buyer: Mapping[str, str]) -> dict[str, Any]:
    of_type = authority.type and {
        "scheme": "UK_CA_TYPE",
        "id": authority.type.value,
        "description": AUTHORITY_TYPES[authority.type],
    }
    return _filled(
        {
            **buyer,
            "identifier": _filled(
                {"scheme": authority.scheme, "id": authority.identifier, "legalName": authority.name}
                if authority.org_id
                else {}
            ),
            "address": _filled(
                {
                    "streetAddress": authority.street,
                    "locality": authority.locality,
                    "postalCode": authority.postcode,
                    "region": authority.region,
                    "countryName": "United Kingdom",
                }
            ),
            "contactPoint": _filled(
                {
                    "name": authority.contact,
                    "email": authority.email,
                    "telephone": authority.telephone,
                    "url": authority.website,
                }
            ),
            "roles": ["buyer"],
            "details": {"classifications": [of_type]} if of_type else {},
        }
    )


def _planning(notice: Notice) -> dict[str, Any]:
    document = {
        "id": notice.release,
        "documentType": _DOCUMENT_TYPES[notice.kind],
        "noticeType": notice.kind.value,
        "title": NAMES[notice.kind],
        "url": notice.url,
        "datePublished": moment(notice.released),
        "format": "text/html",
        "language": "en",
    }
    found: dict[str, Any] = {"documents": [document]}
    if notice.engagement:
        found["milestones"] = [
            {
                "id": "engagement",
                "type": "engagement",
                "title": "Engagement end date",
                "description": notice.engagement.process,
                "dueDate": moment(notice.engagement.closes),
                "status": "met" if notice.engagement.is_over else "scheduled",
            }
        ]
    return found


def _tender(notice: Notice) -> dict[str, Any]:
    subject = notice.subject
    period = _filled({"startDate": _day(subject.starts), "endDate": _day(subject.ends)})
    suits = {"sme": subject.suits_small, "vcse": subject.suits_voluntary}
    return _filled(
        {
            "id": subject.reference or notice.ocid,
            "title": subject.title,
            "description": subject.description,
            "status": "planned" if notice.kind == NoticeKind.PLANNED else "planning",
            "mainProcurementCategory": "services",
            "value": _value(subject),
            "communication": _filled({"futureNoticeDate": _day(notice.tender_notice)}),
            "awardPeriod": _filled({"endDate": _day(notice.award)}),
            "contractPeriod": period,
            "lots": [_filled({"id": "1", "contractPeriod": period, "suitability": _filled(suits)})],
            "items": _items(subject),
        }
    )


def _items(subject: Subject) -> list[dict[str, Any]]:
    codes = [_filled({"scheme": "CPV", "id": each.code, "description": each.words}) for each in subject.codes]
    places = [{"region": subject.region}] if subject.region else []
    item = _filled({"additionalClassifications": codes, "deliveryAddresses": places})
    return [{"id": "1", "relatedLot": "1", **item}] if item else []


def _value(subject: Subject) -> dict[str, Any]:
    amounts = _filled({"amount": _number(subject.value), "amountGross": _number(subject.value_with_vat)})
    return {**amounts, "currency": "GBP"} if amounts else {}


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known; a no is an answer, and stays."""
    return {name: value for name, value in given.items() if value not in (None, "", [], {})}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def moment(of: datetime) -> str:
    """Write a moment as releases do: to the second, by Greenwich."""
    return of.isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else ""
