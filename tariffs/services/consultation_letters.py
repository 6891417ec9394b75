"""Owes letters to people in a consultation, within its transaction, and sends them a few a round, each at most once."""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.db.models.functions import Now

from commissioning.models import Membership, Organisation
from commissioning.permissions import Ability, roles_with
from tariffs import queries
from tariffs.core import consultation_letters as words
from tariffs.models import Consultation, ConsultationLetter

# A slow mail server holds the sweeper up for so many letters a round and no more.
MOST_AT_ONCE = 5

logger = logging.getLogger(__name__)
Kind = ConsultationLetter.Kind


def owe(consultation: Consultation, kind: str, people: Iterable[UUID], due_at: datetime) -> None:
    """Owe a letter to each of these people, not before a moment. A letter of the kind that still waits is enough."""
    rows = [
        ConsultationLetter(consultation=consultation, person_id=person, kind=kind, due_at=due_at)
        for person in sorted(set(people))
    ]
    ConsultationLetter.objects.bulk_create(rows, ignore_conflicts=True)


def voices_of(organisations: QuerySet[Organisation]) -> list[UUID]:
    """Give the people who may comment for some providers."""
    held = Membership.objects.filter(organisation__in=organisations, role__in=roles_with(Ability.COMMENT))
    return list(held.filter(user__is_active=True).values_list("user", flat=True))


def everybody_in(consultation: Consultation) -> list[UUID]:
    """Give the people who speak in a consultation: for the providers that it names, or that have said something."""
    named = consultation.consulted.values("organisation")
    if consultation.audience == Consultation.Audience.NAMED:
        return voices_of(Organisation.objects.filter(pk__in=named))
    spoke = consultation.comments.values("organisation").union(
        consultation.log.exclude(asked_by=None).values("asked_by")
    )
    return voices_of(Organisation.objects.filter(pk__in=spoke))


def due() -> QuerySet[ConsultationLetter]:
    """Give the letters that are due by the database's clock."""
    owed = ConsultationLetter.objects.filter(sent_at=None, due_at__lte=Now())
    return owed.select_related("consultation__version__programme__organisation", "person").order_by("due_at", "id")


def send_due() -> int:
    """Send what is due. While the mail server does not answer nothing is marked, and the next round tries again."""
    owed = list(due()[:MOST_AT_ONCE])
    if not owed:
        return 0
    server = get_connection()
    try:
        server.open()
        return sum(_send(letter, server) for letter in owed)
    except (OSError, SMTPException) as error:
        # Its words could hold an address.
        logger.warning("A letter of a consultation was not sent: %s", type(error).__name__)
        return 0
    finally:
        server.close()


def _send(letter: ConsultationLetter, server: BaseEmailBackend) -> bool:
    """Mark a letter before it leaves: of two who try, one sends. Better no letter than two."""
    mine = ConsultationLetter.objects.filter(pk=letter.pk, sent_at=None)
    if not mine.update(sent_at=Now()) or not _may_still_read(letter):
        return False
    consultation = letter.consultation
    programme = consultation.version.programme
    said = words.write(
        letter.kind,
        programme=programme.name,
        authority=programme.organisation.name,
        link=f"{settings.PUBLIC_ADDRESS}{consultation.get_absolute_url()}",
        closes_at=consultation.closes_at,
    )
    EmailMessage(said.subject, said.body, None, [letter.person.email], connection=server).send()
    return True


def _may_still_read(letter: ConsultationLetter) -> bool:
    return queries.consultations.commentable_by(letter.person).filter(pk=letter.consultation_id).exists()
