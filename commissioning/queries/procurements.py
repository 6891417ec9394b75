"""Reads what notices say of an authority and of what it means to buy; where nothing is written yet, an empty row."""

from commissioning.core.procurement_notices import EXAMPLE_PREFIX, Authority, Notice, NoticeKind, Subject, fields
from commissioning.models import AuthorityDetails, Organisation, Procurement, Programme


def details_of(organisation: Organisation) -> AuthorityDetails:
    """Give an authority's details."""
    found = AuthorityDetails.objects.filter(organisation=organisation).select_related("organisation").first()
    return found or AuthorityDetails(organisation=organisation)


def of_programme(programme: Programme) -> Procurement:
    """Give what a programme's notices say of the procurement."""
    found = Procurement.objects.filter(programme=programme).select_related("programme").first()
    return found or Procurement(programme=programme)


def authority_of(programme: Programme) -> Authority:
    """Give the authority of a programme as a notice names it."""
    return details_of(programme.organisation).to_core()


def subject_of(programme: Programme) -> Subject:
    """Give what a programme's notices say is to be bought."""
    return of_programme(programme).to_core()


def said(programme: Programme) -> list[tuple[str, str]]:
    """Give what a programme's notices say of the authority and the procurement, in words; empty where it is open."""
    details, procurement = details_of(programme.organisation), of_programme(programme)
    planned = Notice(
        kind=NoticeKind.PIPELINE,
        ocid=ocid(programme, details),
        release="",
        released=programme.created_at,
        url="",
        authority=details.to_core(),
        subject=procurement.to_core(),
        tender_notice=procurement.tender_notice_on,
        award=procurement.award_on,
    )
    return [(label, value) for label, value in fields(planned) if label != "Read more"]


def ocid(programme: Programme, details: AuthorityDetails) -> str:
    """Give the identifier of a programme's contracting process: the authority's prefix, and what never changes."""
    return f"{details.ocid_prefix or EXAMPLE_PREFIX}-{programme.pk}"
