"""What is kept of who can deliver: public registers, contracts and grants, own lists, claims, imports, statements."""

from .claims import Claim, Correction
from .editions import EditionWithdrawal, PublishedEdition
from .followers import EditionFollower
from .imports import Import, ImportFault, ImportFile
from .local_markets import ListedProvider, LocalMarket
from .providers import FinancialYear, Provider
from .statements import PositionStatement, StatementComment, StatementFigure, StatementPlan, StatementSection
from .surveys import Survey, SurveyAnswer, SurveyRecipient
from .trade import Contract, Grant

__all__ = [
    "Claim",
    "Contract",
    "Correction",
    "EditionFollower",
    "EditionWithdrawal",
    "FinancialYear",
    "Grant",
    "Import",
    "ImportFault",
    "ImportFile",
    "ListedProvider",
    "LocalMarket",
    "PositionStatement",
    "Provider",
    "PublishedEdition",
    "StatementComment",
    "StatementFigure",
    "StatementPlan",
    "StatementSection",
    "Survey",
    "SurveyAnswer",
    "SurveyRecipient",
]
