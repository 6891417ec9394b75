"""Reads the audit log as lines of a page, and checks that its chain is whole."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet

from commissioning.core.audit import ChainLink, fingerprint
from commissioning.models import AuditEntry, Organisation, Role, User

LINES_ON_A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One entry as a reader sees it."""

    at: datetime
    by: str
    action: str
    about: str
    is_whole: bool


def of_organisation(organisation: Organisation, action: str = "") -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(organisation=organisation).select_related("by").order_by("-sequence")
    return entries.filter(action=action) if action else entries


def actions(organisation: Organisation) -> list[str]:
    """Return every kind of action that the organisation's log holds."""
    found = AuditEntry.objects.filter(organisation=organisation).order_by("action")
    return list(found.values_list("action", flat=True).distinct())


def page(organisation: Organisation, *, action: str, number: str) -> "Page[Line]":
    """Return one page of the log, newest first."""
    paginator = Paginator(of_organisation(organisation, action), LINES_ON_A_PAGE)
    found = paginator.get_page(number)
    entries = list(found.object_list)
    names = _names_of(entries)
    lines = [_line(entry, names) for entry in entries]
    return Page(lines, found.number, paginator)  # type: ignore[arg-type]


def _names_of(entries: list[AuditEntry]) -> dict[str, str]:
    """Look up, in one query, the names of all people whom the entries mention by id."""
    mentioned = {entry.detail.get("person") for entry in entries} - {None}
    ids = [UUID(text) for text in mentioned]
    return {str(person.pk): str(person) for person in User.objects.filter(pk__in=ids)} if ids else {}


def _line(entry: AuditEntry, names: dict[str, str]) -> Line:
    detail = entry.detail
    subject = names.get(detail.get("person", "")) or str(detail.get("name", "")) or entry.target_kind
    about = ", ".join(part for part in (subject, _role(detail)) if part)
    whole = entry.hash == fingerprint(link(entry))
    return Line(at=entry.at, by=str(entry.by or "The system"), action=entry.action, about=about, is_whole=whole)


def _role(detail: dict[str, str]) -> str:
    labels = dict(Role.choices)
    if "role_before" in detail:
        return f"{labels.get(detail['role_before'])} to {labels.get(detail['role'], '').lower()}"
    return str(labels.get(detail.get("role", ""), "")).lower()


def first_break(organisation: Organisation | None) -> int | None:
    """Return the place of the first entry that is altered, missing or out of order, or nothing where all is whole."""
    previous = ""
    entries = AuditEntry.objects.filter(organisation=organisation).order_by("sequence")
    for place, entry in enumerate(entries.iterator(), start=1):
        whole = entry.sequence == place and entry.previous_hash == previous
        if not whole or entry.hash != fingerprint(link(entry)):
            return place
        previous = entry.hash
    return None


def link(entry: AuditEntry) -> ChainLink:
    """Return what an entry's hash is made of."""
    return ChainLink(
        organisation=str(entry.organisation_id or ""),
        sequence=entry.sequence,
        at=entry.at.isoformat(),
        by=str(entry.by_id or ""),
        action=entry.action,
        target_kind=entry.target_kind,
        target_id=entry.target_id,
        detail=entry.detail,
        previous_hash=entry.previous_hash,
    )


@dataclass(frozen=True)
class LastChange:
    """Who changed a thing last, and when."""

    by: str
    at: datetime


def last_change(row: Model) -> LastChange | None:
    """Tell who changed a row last, in one query. Entries on parts of a programme have it as target, the part as row."""
    whole = str(getattr(row, "programme_id", row.pk))
    about = Q(target_id=str(row.pk)) | Q(target_id=whole, detail__row=str(row.pk))
    entries = AuditEntry.objects.filter(about, target_id__in={str(row.pk), whole})
    entry = entries.select_related("by").order_by("-at").first()
    return LastChange(str(entry.by or "The system"), entry.at) if entry else None


def chains() -> list[Organisation | None]:
    """Return every organisation that has a chain, and nothing for the chain of no organisation."""
    return [None, *Organisation.objects.filter(audit_entries__isnull=False).distinct()]
