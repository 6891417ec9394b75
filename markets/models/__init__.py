"""What is kept of who can deliver: public registers, contracts and grants, an authority's own list, claims, imports."""

from .claims import Claim, Correction
from .imports import Import, ImportFault, ImportFile
from .local_markets import ListedProvider, LocalMarket
from .providers import FinancialYear, Provider
from .surveys import Survey, SurveyAnswer, SurveyRecipient
from .trade import Contract, Grant

__all__ = [
    "Claim",
    "Contract",
    "Correction",
    "FinancialYear",
    "Grant",
    "Import",
    "ImportFault",
    "ImportFile",
    "ListedProvider",
    "LocalMarket",
    "Provider",
    "Survey",
    "SurveyAnswer",
    "SurveyRecipient",
]
