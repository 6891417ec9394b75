"""Fills notices: preliminary market engagement (UK2) from a consultation, with what the procurement itself says."""

from datetime import datetime

from commissioning import queries as commissioning_queries
from commissioning.core import london_times
from commissioning.core.procurement_notices import Engagement, Notice, NoticeKind
from tariffs.models import Consultation, LogEntry

#: What of the log tells how engagement goes.
EVENTS = (LogEntry.Kind.BRIEFING, LogEntry.Kind.DATE, LogEntry.Kind.EXTENSION)
MOST_EVENTS = 50
PROCESS = (
    "{who} read version {number} of the draft tariff and comment on it in writing, line by line, from {opens} to "
    "{closes}. Everything that one of them is told is told to all of them at the same moment."
)
WHO = {
    Consultation.Audience.NAMED: "Providers that were asked",
    Consultation.Audience.PUBLIC: "Anyone may take part: providers",
}


def of_consultation(consultation: Consultation, *, url: str, now: datetime) -> Notice:
    """Fill the notice of preliminary market engagement from a consultation; `url` is the page that people read."""
    programme = consultation.version.programme
    details = commissioning_queries.procurements.details_of(programme.organisation)
    procurement = commissioning_queries.procurements.of_programme(programme)
    ocid = commissioning_queries.procurements.ocid(programme, details)
    return Notice(
        kind=NoticeKind.ENGAGEMENT,
        ocid=ocid,
        release=f"{ocid}-uk2-{now:%Y%m%dT%H%M%SZ}",
        released=now,
        url=url,
        authority=details.to_core(),
        subject=procurement.to_core(),
        engagement=Engagement(
            closes=consultation.closes_at, process=_process(consultation, now), is_over=consultation.closes_at <= now
        ),
        tender_notice=procurement.tender_notice_on,
        award=procurement.award_on,
    )


def _process(consultation: Consultation, now: datetime) -> str:
    """Tell how engagement goes: who takes part how, what is asked, and every event that everybody was told of."""
    said = [
        PROCESS.format(
            who=WHO[Consultation.Audience(consultation.audience)],
            number=consultation.version.number,
            opens=london_times.in_london(consultation.opens_at),
            closes=london_times.in_london(consultation.closes_at),
        ),
        consultation.introduction,
    ]
    told = consultation.log.filter(kind__in=EVENTS, released_at__lte=now).order_by("released_at", "id")
    said += [f"{entry.get_kind_display()}: {entry.text}" for entry in told[:MOST_EVENTS]]
    return "\n\n".join(filter(None, said))
