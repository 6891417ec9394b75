"""All writes: one function for each thing a person does."""

from . import audit, demonstrations, invitations, memberships, organisations, pathways, people

__all__ = ["audit", "demonstrations", "invitations", "memberships", "organisations", "pathways", "people"]
