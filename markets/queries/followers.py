"""Reads who follows market position statements: by the secret of a letter alone, and what is owed to whom."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from markets.models import EditionFollower, PublishedEdition

SALT = "edition-follower"
#: How long a link that confirms works, and an address that is not confirmed is kept.
WITHIN = timedelta(days=7)


def token(follower: EditionFollower) -> str:
    """Give the secret by which a follower is known: its id, signed under this copy's key."""
    return signing.dumps(follower.pk.hex, salt=SALT)


def by_token(secret: str, *, within: timedelta | None = None) -> EditionFollower | None:
    """Give the follower that a secret belongs to; nothing where it is forged, too old, or the address is gone."""
    try:
        key = signing.loads(secret, salt=SALT, max_age=within)
    except signing.BadSignature:
        return None
    return EditionFollower.objects.filter(pk=UUID(key)).select_related("statement").first()


def unconfirmed() -> QuerySet[EditionFollower]:
    """Give the addresses to which a letter that asks to confirm is owed."""
    return EditionFollower.objects.filter(is_due=True, confirmed_on=None).select_related("statement")


def lapsed() -> QuerySet[EditionFollower]:
    """Give the addresses that nobody confirmed in time."""
    return EditionFollower.objects.filter(confirmed_on=None, asked_at__lt=timezone.now() - WITHIN)


def untold() -> QuerySet[EditionFollower]:
    """Give who has not been told of the newest edition, which `newest` numbers, or of its withdrawal, named `gone`."""
    editions = PublishedEdition.objects.filter(statement=OuterRef("statement")).order_by("-number")
    found = EditionFollower.objects.filter(confirmed_on__isnull=False).annotate(
        newest=Subquery(editions.values("number")[:1]), gone=Subquery(editions.values("withdrawal__pk")[:1])
    )
    news = Q(newest__gt=F("told_number"), gone=None) | Q(newest__gt=F("withdrawn_number"), gone__isnull=False)
    return found.filter(news).select_related("statement").order_by("pk")
