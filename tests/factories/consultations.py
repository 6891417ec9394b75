"""Consultations, comments and their answers, made through the product's own services."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from commissioning.models import Membership, Organisation, Programme, Role, User
from tariffs import queries
from tariffs.core.consultation_targets import Kind, Target
from tariffs.models import Answer, Comment, Consultation, LogEntry, Receipt, Version
from tariffs.services import (
    answers,
    comments,
    consultation_logs,
    consultation_reports,
    consultations,
    next_versions,
)
from tariffs.services.answers import Draft
from tariffs.services.comments import Place, Said
from tariffs.services.consultation_logs import Telling
from tariffs.services.consultations import Plan
from tests.factories import versions

DAY = timedelta(days=1)
USUAL = {"about": "low", "weight": "must", "reason": "It does not cover our costs", "sight": "commissioner"}


def now() -> datetime:
    return queries.consultations.now()


def plan(**given: Any) -> Plan:
    usual = {"audience": "named", "introduction": "Tell us", "opens_at": None, "closes_at": now() + 7 * DAY}
    return Plan(**{**usual, "questions": ("Could you start in May?",), **given})


def editor_of(programme: Programme) -> User:
    held = Membership.objects.filter(organisation=programme.organisation, role__in=[Role.EDITOR, Role.APPROVER])
    return held.earliest("created_at").user


def version_of(programme: Programme) -> Version:
    return programme.versions.first() or versions.frozen(programme, by=editor_of(programme))


def opened(programme: Programme, *providers: Organisation, **given: Any) -> Consultation:
    """Open a consultation, to these providers where there are any, else to the public."""
    by = editor_of(programme)
    usual = plan(**{"audience": "named" if providers else "public", **given})
    made = consultations.open_on(version=version_of(programme), plan=usual, by=by)
    if providers:
        consultations.invite(consultation=made, organisations=providers, by=by)
    return again(made)


def again(consultation: Consultation) -> Consultation:
    """Read a consultation anew, as its pages do."""
    found = queries.consultations.of_programme(consultation.version.programme)
    return found.select_related("version__programme__organisation").get(pk=consultation.pk)


def close(consultation: Consultation) -> Consultation:
    """Let its time run out."""
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=now() - 9 * DAY, closes_at=now())
    return again(consultation)


def target(consultation: Consultation, kind: str = Kind.PRICE, place: int = 0) -> Target:
    """Give a line of the consulted draft."""
    found = [each for section in queries.consultations.targets(consultation) for each in section.targets]
    return [each for each in found if each.kind == kind][place]


def said(line: Target, **given: Any) -> Said:
    if "proposed" in given:
        given = {"entry": line.entry.value, **given}
    return Said(**{**USUAL, **given})


def receipt(consultation: Consultation, by: User, line: Target | None = None, **given: Any) -> Receipt:
    """Give a comment for the provider to which a person belongs."""
    house = Organisation.objects.get(memberships__user=by, kind="provider")
    found = line or target(consultation)
    key = given.pop("key", None) or uuid4()
    place = Place(consultation, house, found)
    return comments.give(place=place, said=said(found, **given), key=key, by=by)


def comment(consultation: Consultation, by: User, line: Target | None = None, **given: Any) -> Comment:
    return receipt(consultation, by, line, **given).comment


def told(consultation: Consultation, text: str = "A briefing", **given: Any) -> LogEntry:
    by = editor_of(consultation.version.programme)
    telling = Telling(**{"key": uuid4(), "kind": "briefing", "text": text, **given})
    return consultation_logs.tell(consultation=consultation, telling=telling, by=by)


def asked(consultation: Consultation, by: User, question: str = "When does it start?", key: UUID | None = None) -> Any:
    house = Organisation.objects.get(memberships__user=by, kind="provider")
    given = {"organisation": house, "question": question, "key": key or uuid4(), "by": by}
    return consultation_logs.ask(consultation=consultation, **given)


def posted(**given: Any) -> dict[str, Any]:
    """Fill in the form of a comment."""
    return {"key": str(uuid4()), "secret_until_0": "", "secret_until_1": "", "secret_until_2": "", **USUAL, **given}


def answered(
    comment: Comment, *others: Comment, decision: str = "declined", reason: str = "No money", key: str = ""
) -> Answer:
    """Draft an answer to a comment and others alike."""
    by = editor_of(comment.consultation.version.programme)
    draft = Draft(decision, reason, key)
    return answers.write(consultation=comment.consultation, comments=[comment, *others], draft=draft, by=by)


def released(consultation: Consultation) -> int:
    """Close a consultation and release what is drafted."""
    closed = close(consultation)
    return answers.release(consultation=closed, by=editor_of(closed.version.programme))


def followed(consultation: Consultation, override: str = "") -> Consultation:
    """Freeze the draft as it is, and show it to everybody who was asked."""
    programme = consultation.version.programme
    by = editor_of(programme)
    version = versions.frozen(programme, "After the consultation", by=by)
    return next_versions.show(consultation=again(consultation), version=version, override=override, by=by)


def changed(consultation: Consultation, by: User) -> Comment:
    """Comment on a price, and have it changed, answered and shown."""
    found = comment(consultation, by)
    answered(found)
    released(consultation)
    versions.reprice(consultation.version.programme, Decimal(1500))
    followed(consultation)
    return Comment.objects.get(pk=found.pk)


def reported(consultation: Consultation, by: User, approver: User, **given: Any) -> Consultation:
    """Take one public comment, answer it, and publish the report."""
    answered(comment(consultation, by, **{"sight": "named", **given}))
    released(consultation)
    return consultation_reports.publish(consultation=again(consultation), learned="Ask earlier", by=approver)
