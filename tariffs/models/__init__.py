"""What is kept of what is paid: tariffs, price lines, and what they are tested on."""

from .archetypes import Archetype
from .facts import Fact
from .finding_acceptances import FindingAcceptance
from .measure_bases import MeasureBasis, PriceLook
from .own_thresholds import OwnThreshold
from .panels import CaseMark, Mark, PanelMember, ReviewCase, ReviewPanel
from .price_lines import PriceLine
from .tariffs import Tariff
from .uncertainties import Uncertainty
from .versions import Version

__all__ = [
    "Archetype",
    "CaseMark",
    "Fact",
    "FindingAcceptance",
    "Mark",
    "MeasureBasis",
    "OwnThreshold",
    "PanelMember",
    "PriceLine",
    "PriceLook",
    "ReviewCase",
    "ReviewPanel",
    "Tariff",
    "Uncertainty",
    "Version",
]
