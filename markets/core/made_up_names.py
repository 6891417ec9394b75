"""Names of organisations that do not exist: put together from plain words, each saying of itself that it is made up."""

from collections.abc import Sequence

from .registers import LegalForm

MADE_UP = "(made up)"
_FIRST = (
    "Amberfield", "Brackenside", "Cobblegate", "Dappledown", "Elderwick", "Fernhollow", "Gorsebridge", "Hazelmoor",
    "Ivybank", "Juniper Row", "Kestrelby", "Larkmeadow", "Millrace", "Nettleton Way", "Oakenshaw End", "Pebblecross",
    "Quillfold", "Rowanhurst", "Saltersford", "Thistledale", "Umberstone", "Vetchling", "Willowgarth", "Yarrowby",
    "Zephyr Lane",
)  # fmt: skip
_WORK = (
    "Work", "Skills", "Routes to Work", "Employment", "Fresh Start", "Learning", "Wellbeing", "Independent Living",
    "Advice", "Youth", "Community", "Opportunity", "Training", "Recovery", "Family", "Inclusion", "Careers", "Futures",
    "Support", "Together",
)  # fmt: skip
_KIND = {
    LegalForm.CHARITY: "Trust",
    LegalForm.CIC: "CIC",
    LegalForm.COMPANY: "Ltd",
    LegalForm.PUBLIC_BODY: "College",
    LegalForm.MUTUAL: "Co-operative",
}
#: How many are told apart by their names.
MOST = len(_FIRST) * len(_WORK)


def names(forms: Sequence[LegalForm]) -> list[str]:
    """Name so many organisations of these legal forms, each differently from all others, up to the most."""
    return [_name(number, form) for number, form in enumerate(forms)]


def _name(number: int, form: LegalForm) -> str:
    first, turn = number % len(_FIRST), number // len(_FIRST)
    return f"{_FIRST[first]} {_WORK[(first + turn) % len(_WORK)]} {_KIND[form]} {MADE_UP}"
