"""What is kept: people, organisations, the audit log, and programmes with their groups, pathway and evidence."""

from .audit import AuditEntry
from .evidence import Evidence
from .groups import Group
from .milestones import Milestone
from .people import ROLES_OF_KIND, Invitation, Membership, Organisation, Role, User
from .programmes import Programme

__all__ = [
    "ROLES_OF_KIND",
    "AuditEntry",
    "Evidence",
    "Group",
    "Invitation",
    "Membership",
    "Milestone",
    "Organisation",
    "Programme",
    "Role",
    "User",
]
