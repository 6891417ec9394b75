"""Notices of the Procurement Act 2023 before a tender: what each holds, what it lacks, and how it reads.

UK1 tells of a pipeline, UK2 of preliminary market engagement, UK3 of a planned procurement. Which fields each needs:
Procurement Regulations 2024 (SI 2024/692), regulations 13 to 17.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

_CODE = re.compile(r"(\d{8})(?:-\d)?(?!\d)(.*)\Z")
#: For examples only: whoever publishes registers a prefix of their own (https://standard.open-contracting.org).
EXAMPLE_PREFIX = "ocds-213czf"


class NoticeKind(StrEnum):
    """Which notice it is, by its number on Find a Tender."""

    PIPELINE = "UK1"
    ENGAGEMENT = "UK2"
    PLANNED = "UK3"


NAMES = {
    NoticeKind.PIPELINE: "Pipeline notice",
    NoticeKind.ENGAGEMENT: "Preliminary market engagement notice",
    NoticeKind.PLANNED: "Planned procurement notice",
}


class AuthorityType(StrEnum):
    """Which kind of contracting authority it is: codes of the scheme UK_CA_TYPE."""

    CENTRAL = "publicAuthorityCentralGovernment"
    SUB_CENTRAL = "publicAuthoritySubCentralGovernment"
    UNDERTAKING = "publicUndertaking"


AUTHORITY_TYPES = {
    AuthorityType.CENTRAL: "Public authority - central government",
    AuthorityType.SUB_CENTRAL: "Public authority - sub-central government",
    AuthorityType.UNDERTAKING: "Public undertaking",
}


@dataclass(frozen=True, slots=True)
class Authority:
    """The contracting authority (regulation 13). An empty text is not known yet."""

    name: str
    scheme: str = ""
    identifier: str = ""
    type: AuthorityType | None = None
    street: str = ""
    locality: str = ""
    postcode: str = ""
    region: str = ""
    contact: str = ""
    email: str = ""
    telephone: str = ""
    website: str = ""

    @property
    def org_id(self) -> str:
        """Its identifier with its scheme, as org-id.guide writes them."""
        return f"{self.scheme}-{self.identifier}" if self.scheme and self.identifier else ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the Common Procurement Vocabulary (eight figures) with its words."""

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be bought. Values in £, net and with VAT; region by a code of the UK's NUTS or ITL areas."""

    title: str
    reference: str
    description: str = ""
    codes: tuple[Code, ...] = ()
    region: str = ""
    value: Decimal | None = None
    value_with_vat: Decimal | None = None
    starts: date | None = None
    ends: date | None = None
    suits_small: bool | None = None
    suits_voluntary: bool | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """Preliminary market engagement: when it closes, or closed, and how it goes (regulation 17)."""

    closes: datetime
    process: str
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `url` is the page that people read; `released` makes the release's identity with its number."""

    kind: NoticeKind
    ocid: str
    release: str
    released: datetime
    url: str
    authority: Authority
    subject: Subject
    engagement: Engagement | None = None
    tender_notice: date | None = None
    award: date | None = None
    is_first: bool = True


class UnreadableCodeError(ValueError):
    """A line does not start with a code of the Common Procurement Vocabulary; the text is the line."""


def read_codes(text: str) -> tuple[Code, ...]:
    """Read codes typed one on a line, each with its words or without: eight figures, and a check digit if it has one.

    Raises
    ------
    UnreadableCodeError
        If a line starts otherwise.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _CODE.match(line)
        if not match:
            raise UnreadableCodeError(line)
        found.append(Code(match[1], match[2].strip(" :,-")))
    return tuple(found)


def missing(notice: Notice) -> list[str]:
    """Name what the regulations ask of this notice and what is not there."""
    authority, subject = notice.authority, notice.subject
    needed: list[tuple[str, object]] = [
        ("the authority's identifier", authority.org_id),
        ("the authority's postal address", authority.street and authority.postcode),
        ("the authority's e-mail address", authority.email),
        ("whom to ask", authority.contact),
        ("the title", subject.title),
        ("the reference of the procurement", subject.reference),
        ("what is to be bought", subject.description),
        ("a code of the Common Procurement Vocabulary", subject.codes),
    ]
    if notice.kind == NoticeKind.ENGAGEMENT:
        needed.append(("the day on which engagement closes", notice.engagement))
        needed.append(("how engagement goes", notice.engagement and notice.engagement.process))
    else:
        needed.append(("the day of the tender notice", notice.tender_notice))
    if notice.kind == NoticeKind.PIPELINE:
        needed.append(("the day of the award", notice.award))
    return [words for words, found in needed if not found]


def as_text(notice: Notice, *, closes: str = "") -> str:
    """Write a notice to be read, or typed into Find a Tender field by field; `closes` is the closing time in words."""
    lines = [f"{NAMES[notice.kind]} ({notice.kind.value})", ""]
    lines += [f"{label}: {value or 'not given yet'}" for label, value in fields(notice, closes=closes)]
    return "\n".join(lines) + "\n"


def fields(notice: Notice, *, closes: str = "") -> Iterator[tuple[str, str]]:
    """Give a notice's fields in the order of the regulations, each in words; empty where it is not known."""
    authority, subject = notice.authority, notice.subject
    yield "Contracting authority", authority.name
    yield "Identifier", authority.org_id
    yield "Type", AUTHORITY_TYPES[authority.type] if authority.type else ""
    yield "Address", ", ".join(filter(None, (authority.street, authority.locality, authority.postcode)))
    yield "Contact", ", ".join(filter(None, (authority.contact, authority.email, authority.telephone)))
    yield "Title", subject.title
    yield "Reference", subject.reference
    yield "Identifier of the contracting process", notice.ocid
    yield "What is to be bought", subject.description
    yield "Category", "Services"
    yield "CPV codes", "; ".join(" ".join(filter(None, (each.code, each.words))) for each in subject.codes)
    yield "Estimated value", _in_words(subject)
    yield "Place of performance", subject.region
    yield "Contract", " to ".join(filter(None, (_plain(subject.starts), _plain(subject.ends))))
    yield "Suitable for small and medium-sized enterprises", _yes_no(subject.suits_small)
    yield "Suitable for voluntary, community and social enterprises", _yes_no(subject.suits_voluntary)
    if notice.kind == NoticeKind.ENGAGEMENT:
        over = notice.engagement is not None and notice.engagement.is_over
        yield "Engagement closed" if over else "Engagement closes", closes
        yield "How engagement goes", notice.engagement.process if notice.engagement else ""
    yield "Tender notice expected", _plain(notice.tender_notice)
    if notice.kind == NoticeKind.PIPELINE:
        yield "Award expected", _plain(notice.award)
    yield "Read more", notice.url


def _in_words(subject: Subject) -> str:
    net = "" if subject.value is None else f"£{subject.value:,.0f} without VAT"
    gross = "" if subject.value_with_vat is None else f"£{subject.value_with_vat:,.0f} with VAT"
    return ", ".join(filter(None, (net, gross)))


def _plain(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"
