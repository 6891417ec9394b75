"""What is kept: people, organisations, the audit log, programmes with their groups, pathway and evidence, and runs."""

from .audit import AuditEntry
from .cases import CaseAnswer, CaseConclusion, CaseEvidence, CasePublication, CaseWithdrawal
from .evidence import Evidence
from .groups import Group
from .kept_texts import KeptText
from .measures import MeasureCard
from .milestones import Milestone
from .people import ROLES_OF_KIND, Invitation, Membership, Organisation, Role, User
from .programmes import Programme
from .runs import Run, RunBlock

__all__ = [
    "ROLES_OF_KIND",
    "AuditEntry",
    "CaseAnswer",
    "CaseConclusion",
    "CaseEvidence",
    "CasePublication",
    "CaseWithdrawal",
    "Evidence",
    "Group",
    "Invitation",
    "KeptText",
    "MeasureCard",
    "Membership",
    "Milestone",
    "Organisation",
    "Programme",
    "Role",
    "Run",
    "RunBlock",
    "User",
]
