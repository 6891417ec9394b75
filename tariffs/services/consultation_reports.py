"""Publishes what came of a consultation, with what was learned, to everybody at the same moment."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.models import Consultation, LogEntry

from . import consultation_letters

OPEN_STILL = "The consultation is still open"
UNANSWERED = "Comments still lack an answer that is released. Answer them first."


@transaction.atomic
def publish(*, consultation: Consultation, learned: str, by: User) -> Consultation:
    """Publish the report of a closed consultation whose comments are all answered; a second press changes nothing."""
    programme = consultation.version.programme
    if not can(by, Ability.APPROVE, programme.organisation):
        raise PermissionDenied
    locked = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    if locked.reported_at:
        return locked
    now = queries.consultations.now()
    if now < locked.closes_at:
        raise ValidationError(OPEN_STILL)
    if queries.answers.owed(locked).is_held:
        raise ValidationError(UNANSWERED)
    locked.learned, locked.reported_at, locked.reported_by = learned, now, by
    locked.full_clean(exclude=["version", "made_by", "reported_by", "next_version"])
    locked.save(update_fields=["learned", "reported_at", "reported_by"])
    LogEntry.objects.create(consultation=locked, kind="learned", text=learned, released_at=now, written_by=by)
    consultation_letters.owe(consultation, "news", consultation_letters.everybody_in(consultation), now)
    detail = {"row": locked.pk, "name": str(consultation)}
    organisation, action = programme.organisation, "published the report of a consultation"
    audit.record(by=by, action=action, target=programme, organisation=organisation, detail=detail)
    return locked
