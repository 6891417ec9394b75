"""Tells people by e-mail that a run they asked for has ended: at most once, whatever dies in between."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.db.models.functions import Now

from commissioning.core import letters
from commissioning.models import Run
from commissioning.permissions import Ability, can

from . import works

# A slow mail server holds the sweeper up for so many letters a round and no more.
MOST_AT_ONCE = 5

logger = logging.getLogger(__name__)


def due() -> QuerySet[Run]:
    """Return the runs whose end somebody is to be told of, the longest waiting first."""
    owed = Run.objects.filter(tell_due=True, told_at=None).order_by("finished_at")
    return owed.defer("inputs_json", "result_json").select_related("created_by", "programme__organisation")


def send_due() -> int:
    """Send what is owed. While the mail server does not answer nothing is marked, and the next round tries again."""
    owed = list(due()[:MOST_AT_ONCE])
    if not owed:
        return 0
    server = get_connection()
    try:
        server.open()
        return sum(_tell(run, server) for run in owed)
    except (OSError, SMTPException):
        logger.exception("The mail server did not answer.")
        return 0
    finally:
        server.close()


def claim(run: Run) -> bool:
    """Mark a run as told before the letter leaves: of two who try, one sends. Better no letter than two."""
    return bool(Run.objects.filter(pk=run.pk, tell_due=True, told_at=None).update(told_at=Now()))


def _tell(run: Run, server: BaseEmailBackend) -> bool:
    person = run.created_by
    if not claim(run) or not can(person, Ability.VIEW, run.programme.organisation):
        return False
    letter = letters.run_ended(
        programme=run.programme.name,
        succeeded=run.state == Run.State.SUCCEEDED,
        link=f"{settings.PUBLIC_ADDRESS}{works.page(run)}",
    )
    EmailMessage(letter.subject, letter.body, None, [person.email], connection=server).send()
    return True
