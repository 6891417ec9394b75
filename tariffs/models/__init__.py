"""What is kept of what is paid: tariffs, price lines, and what they are tested on."""

from .answers import Answer, AnsweredComment, CommentModeration, CommentStanding
from .archetypes import Archetype
from .benches import BenchSheet, SharedBands
from .comments import Comment, Receipt
from .consultation_letters import ConsultationLetter
from .consultations import Consultation, ConsultationQuestion, ConsultedProvider
from .facts import Fact
from .finding_acceptances import FindingAcceptance
from .log_entries import LogEntry
from .measure_bases import MeasureBasis, PriceLook
from .own_thresholds import OwnThreshold
from .panels import CaseMark, Mark, PanelMember, ReviewCase, ReviewPanel
from .price_lines import PriceLine
from .tariffs import Tariff
from .uncertainties import Uncertainty
from .versions import Version

__all__ = [
    "Answer",
    "AnsweredComment",
    "Archetype",
    "BenchSheet",
    "CaseMark",
    "Comment",
    "CommentModeration",
    "CommentStanding",
    "Consultation",
    "ConsultationLetter",
    "ConsultationQuestion",
    "ConsultedProvider",
    "Fact",
    "FindingAcceptance",
    "LogEntry",
    "Mark",
    "MeasureBasis",
    "OwnThreshold",
    "PanelMember",
    "PriceLine",
    "PriceLook",
    "Receipt",
    "ReviewCase",
    "ReviewPanel",
    "SharedBands",
    "Tariff",
    "Uncertainty",
    "Version",
]
