"""Reads invitations: those still open, and the one that a link stands for."""

import hashlib

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from commissioning.models import Invitation, Organisation, User

from . import organisations


def open_now() -> QuerySet[Invitation]:
    now = timezone.now()
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return waiting.select_related("organisation", "invited_by")


def open_for(organisation: Organisation) -> QuerySet[Invitation]:
    return open_now().filter(organisation=organisation)


def managed_by(user: User | AnonymousUser) -> QuerySet[Invitation]:
    """Return the open invitations that a person may withdraw."""
    return open_now().filter(organisation__in=organisations.managed_by(user))


def hash_of(token: str) -> str:
    """Return what is kept of a link's secret. It is long and random, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Invitation | None:
    return open_now().filter(token_hash=hash_of(token)).first()
