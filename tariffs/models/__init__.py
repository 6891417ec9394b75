"""What is kept of what is paid: tariffs, price lines, and what they are tested on."""

from .archetypes import Archetype
from .finding_acceptances import FindingAcceptance
from .price_lines import PriceLine
from .tariffs import Tariff
from .uncertainties import Uncertainty
from .versions import Version

__all__ = ["Archetype", "FindingAcceptance", "PriceLine", "Tariff", "Uncertainty", "Version"]
