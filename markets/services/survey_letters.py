"""Sends the letters of surveys: a few a round, each at most once, its link's secret made as it leaves."""

import logging
import secrets
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from commissioning.core.figures import plain_date
from commissioning.models import User
from commissioning.permissions import Ability, can
from markets import queries
from markets.core import survey_letters
from markets.models import Survey, SurveyRecipient

# A slow mail server holds the sweeper up for so many letters a round and no more.
MOST_AT_ONCE = 5
TOKEN_BYTES = 32

logger = logging.getLogger(__name__)


def due() -> QuerySet[SurveyRecipient]:
    """Give whom a letter is owed to, of surveys that still take answers."""
    owed = SurveyRecipient.objects.filter(queries.surveys.answerable(timezone.localdate()), is_due=True)
    return owed.select_related("survey__programme__organisation").order_by("survey", "pk")


def send_due() -> int:
    """Send what is owed. While the mail server does not answer nothing is marked, and the next round tries again."""
    owed = list(due()[:MOST_AT_ONCE])
    if not owed:
        return 0
    server = get_connection()
    try:
        server.open()
        return sum(_send(recipient, server) for recipient in owed)
    except (OSError, SMTPException) as error:
        # Its words could hold an address.
        logger.warning("A letter of a survey was not sent: %s", type(error).__name__)
        return 0
    finally:
        server.close()


def _send(recipient: SurveyRecipient, server: BaseEmailBackend) -> bool:
    token = _issue(recipient)
    if token is None:
        return False
    survey = recipient.survey
    letter = survey_letters.asking(
        programme=survey.programme.name,
        authority=survey.programme.organisation.name,
        link=f"{settings.PUBLIC_ADDRESS}{reverse('survey-answer', args=[token])}",
        until=plain_date(survey.closes_on),
        is_reminder=survey.reminded_at is not None,
    )
    EmailMessage(letter.subject, letter.body, None, [recipient.email], connection=server).send()
    return True


def _issue(recipient: SurveyRecipient) -> str | None:
    """Make a link's secret before the letter leaves; of two who try, one sends. Better no letter than two.

    Whoever has answered keeps the link by which the answer can be changed.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    mine = SurveyRecipient.objects.filter(pk=recipient.pk, is_due=True, has_answered=False)
    return token if mine.update(is_due=False, token_hash=queries.surveys.hash_of(token)) else None


@transaction.atomic
def try_out(*, survey: Survey, by: User) -> str | None:
    """Give the secret of a link that nobody has used: only in a demonstration, which sends no e-mail."""
    if not settings.DEMO or not can(by, Ability.EDIT, survey.programme.organisation):
        return None
    waiting = survey.recipients.filter(queries.surveys.answerable(timezone.localdate()), has_answered=False)
    recipient = waiting.select_for_update(of=("self",)).order_by("email").first()
    if recipient is None:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SurveyRecipient.objects.filter(pk=recipient.pk).update(is_due=False, token_hash=queries.surveys.hash_of(token))
    return token
