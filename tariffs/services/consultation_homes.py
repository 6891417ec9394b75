"""What the home page says of consultations: those open to the reader, and those where answers are owed."""

from django.contrib.auth.models import AnonymousUser

from commissioning.models import User
from commissioning.services.home_parts import HomePart
from tariffs import queries


def part(user: User | AnonymousUser) -> HomePart | None:
    """Give the part of the home page, where there is something to say; at most five of each."""
    told = {
        "open": list(queries.consultations.open_to(user)[: queries.consultations.ON_HOME]),
        "behind": list(queries.consultations.behind(user)[: queries.consultations.ON_HOME]),
        "run": queries.consultations.running(user),
        "owing": queries.consultations.owing(user),
    }
    return HomePart("tariffs/consultations/_home.html", told) if any(told.values()) else None
