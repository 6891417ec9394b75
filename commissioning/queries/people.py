"""Reads people."""

from commissioning.models import User


def by_email(email: str) -> User | None:
    return User.objects.filter(email=email.lower()).first()
