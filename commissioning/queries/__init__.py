"""All reads: who may see what, and what a page shows."""

from . import (
    audit,
    cases,
    home,
    invitations,
    kept_texts,
    measures,
    memberships,
    organisations,
    pathways,
    people,
    programmes,
    published_cases,
    room_figures,
    room_standings,
    rooms,
    runs,
)

__all__ = [
    "audit",
    "cases",
    "home",
    "invitations",
    "kept_texts",
    "measures",
    "memberships",
    "organisations",
    "pathways",
    "people",
    "programmes",
    "published_cases",
    "room_figures",
    "room_standings",
    "rooms",
    "runs",
]
