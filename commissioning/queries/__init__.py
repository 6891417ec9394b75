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
    "runs",
]
