"""What the home page says of market position statements: those to be decided on, and those soon to be reviewed."""

from django.contrib.auth.models import AnonymousUser

from commissioning.models import User
from commissioning.services.home_parts import HomePart
from markets import queries


def part(user: User | AnonymousUser) -> HomePart | None:
    """Give the part of the home page, where there is something to say."""
    if not isinstance(user, User):
        return None
    waiting = queries.statements.waiting_for(user)
    return HomePart("markets/statements/_home.html", {"waiting": waiting}) if waiting else None
