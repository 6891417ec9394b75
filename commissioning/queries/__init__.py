"""All reads: who may see what, and what a page shows."""

from . import (
    audit,
    home,
    invitations,
    kept_texts,
    memberships,
    organisations,
    pathways,
    people,
    programmes,
    runs,
)

__all__ = [
    "audit",
    "home",
    "invitations",
    "kept_texts",
    "memberships",
    "organisations",
    "pathways",
    "people",
    "programmes",
    "runs",
]
