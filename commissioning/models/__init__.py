"""What is kept: people, organisations, the audit log, programmes with their groups, pathway and evidence, and runs."""

from .audit import AuditEntry
from .cases import CaseAnswer, CaseConclusion, CaseEvidence, CasePublication, CaseWithdrawal
from .evidence import Evidence
from .fates import Fate, Moderation, RoomPublication
from .groups import Group
from .kept_texts import KeptText
from .measures import MeasureCard
from .milestones import Milestone
from .participants import Participant, Reaction, Statement, Theme, Vote
from .people import ROLES_OF_KIND, Invitation, Membership, Organisation, Role, User
from .procurements import AuthorityDetails, Procurement
from .programmes import Programme
from .rooms import Room, RoomCard, RoomInvitation, RoomLink
from .runs import Run, RunBlock

__all__ = [
    "ROLES_OF_KIND",
    "AuditEntry",
    "AuthorityDetails",
    "CaseAnswer",
    "CaseConclusion",
    "CaseEvidence",
    "CasePublication",
    "CaseWithdrawal",
    "Evidence",
    "Fate",
    "Group",
    "Invitation",
    "KeptText",
    "MeasureCard",
    "Membership",
    "Milestone",
    "Moderation",
    "Organisation",
    "Participant",
    "Procurement",
    "Programme",
    "Reaction",
    "Role",
    "Room",
    "RoomCard",
    "RoomInvitation",
    "RoomLink",
    "RoomPublication",
    "Run",
    "RunBlock",
    "Statement",
    "Theme",
    "User",
    "Vote",
]
