"""What is kept of what is paid: tariffs, price lines, and what they are tested on."""

from .archetypes import Archetype
from .facts import Fact
from .finding_acceptances import FindingAcceptance
from .own_thresholds import OwnThreshold
from .price_lines import PriceLine
from .tariffs import Tariff
from .uncertainties import Uncertainty
from .versions import Version

__all__ = ["Archetype", "Fact", "FindingAcceptance", "OwnThreshold", "PriceLine", "Tariff", "Uncertainty", "Version"]
