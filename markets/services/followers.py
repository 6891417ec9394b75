"""Writes who follows market position statements, and sends their letters: a few a round, each at most once."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from commissioning.core.letters import Letter
from markets import queries
from markets.core import follower_letters
from markets.models import EditionFollower, PositionStatement, PublishedEdition

#: A slow mail server holds the sweeper up for so many letters a round and no more.
MOST_AT_ONCE = 20
#: Whoever asks again within this time gets no second letter.
PAUSE = timedelta(minutes=10)
#: More addresses than this no statement has; beyond it somebody is playing.
MOST = 20_000

logger = logging.getLogger(__name__)


@transaction.atomic
def ask(*, statement: PositionStatement, email: str) -> None:
    """Keep an address that wants to follow, until it is confirmed. Nobody learns whether it is known already."""
    PositionStatement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    found = EditionFollower.objects.filter(statement=statement, email=email.lower()).first()
    if found is None:
        if EditionFollower.objects.filter(statement=statement).count() < MOST:
            EditionFollower.objects.create(statement=statement, email=email.lower())
    elif found.confirmed_on is None and found.asked_at < timezone.now() - PAUSE:
        EditionFollower.objects.filter(pk=found.pk).update(is_due=True, asked_at=timezone.now())


@transaction.atomic
def confirm(*, follower: EditionFollower) -> None:
    """Begin to follow, from the newest edition on; a second press changes nothing."""
    editions = PublishedEdition.objects.filter(statement=follower.statement).select_related("withdrawal")
    newest = editions.defer("text").order_by("-number").first()
    number = newest.number if newest else 0
    EditionFollower.objects.filter(pk=follower.pk, confirmed_on=None).update(
        confirmed_on=timezone.localdate(),
        is_due=False,
        told_number=number,
        withdrawn_number=number if newest and newest.is_withdrawn else 0,
    )


def stop(*, follower: EditionFollower) -> None:
    """Forget an address."""
    EditionFollower.objects.filter(pk=follower.pk).delete()


def send_due() -> int:
    """Forget what was not confirmed, and send what is owed. While the mail server does not answer nothing is marked."""
    queries.followers.lapsed().delete()
    asking = list(queries.followers.unconfirmed()[:MOST_AT_ONCE])
    telling = list(queries.followers.untold()[: MOST_AT_ONCE - len(asking)])
    if not asking and not telling:
        return 0
    server = get_connection()
    try:
        server.open()
        return sum(_ask(each, server) for each in asking) + sum(_tell(each, server) for each in telling)
    except (OSError, SMTPException) as error:
        # Its words could hold an address.
        logger.warning("A letter to a follower was not sent: %s", type(error).__name__)
        return 0
    finally:
        server.close()


def _ask(follower: EditionFollower, server: BaseEmailBackend) -> bool:
    # Marked before it leaves: better no letter than two.
    if not EditionFollower.objects.filter(pk=follower.pk, is_due=True).update(is_due=False):
        return False
    link = _address("follower-confirm", follower)
    days = queries.followers.WITHIN.days
    return _send(follower_letters.confirm(title=str(follower.statement), link=link, days=days), follower, server)


def _tell(follower: EditionFollower, server: BaseEmailBackend) -> bool:
    """Tell of the newest edition, or of its withdrawal, whoever has not been told by another sweeper meanwhile."""
    newest, is_gone = follower.newest, follower.gone is not None  # type: ignore[attr-defined]
    number = "withdrawn_number" if is_gone else "told_number"
    before = getattr(follower, number)
    if not EditionFollower.objects.filter(pk=follower.pk, **{number: before}).update(**{number: newest}):
        return False
    editions = PublishedEdition.objects.select_related("withdrawal")
    edition = editions.get(statement=follower.statement, number=newest)
    letter = _of_withdrawal(edition, follower) if is_gone else _of_edition(edition, before, follower)
    return _send(letter, follower, server)


def _of_withdrawal(edition: PublishedEdition, follower: EditionFollower) -> Letter:
    return follower_letters.withdrawn(
        title=edition.title,
        reason=edition.withdrawal.reason,
        link=f"{settings.PUBLIC_ADDRESS}{edition.get_absolute_url()}",
        stop=_address("follower-stop", follower),
    )


def _of_edition(edition: PublishedEdition, before: int, follower: EditionFollower) -> Letter:
    newest = edition.number
    changes = f"{reverse('edition-changes', args=[edition.slug])}?from={before}&to={newest}"
    return follower_letters.published(
        title=edition.title,
        number=newest,
        note=edition.change_note,
        link=f"{settings.PUBLIC_ADDRESS}{edition.get_absolute_url()}",
        changes=f"{settings.PUBLIC_ADDRESS}{changes}",
        stop=_address("follower-stop", follower),
    )


def _send(letter: Letter, follower: EditionFollower, server: BaseEmailBackend) -> bool:
    headers = {
        # One press in the mail program is enough (RFC 8058).
        "List-Unsubscribe": f"<{_address('follower-stop', follower)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    EmailMessage(letter.subject, letter.body, None, [follower.email], headers=headers, connection=server).send()
    return True


def _address(route: str, follower: EditionFollower) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(route, args=[queries.followers.token(follower)])}"
