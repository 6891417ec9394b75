"""Reads what people typed and have not saved."""

from django.contrib.auth.models import AnonymousUser

from commissioning.models import KeptText, User


def of_page(user: User | AnonymousUser, path: str) -> KeptText | None:
    """Give what the person left unsaved on the page, in one query."""
    if not isinstance(user, User):
        return None
    return KeptText.objects.filter(user=user, path=path).first()
