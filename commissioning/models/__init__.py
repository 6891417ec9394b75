"""What is kept: people, organisations and the audit log."""

from .audit import AuditEntry
from .people import ROLES_OF_KIND, Invitation, Membership, Organisation, Role, User

__all__ = ["ROLES_OF_KIND", "AuditEntry", "Invitation", "Membership", "Organisation", "Role", "User"]
