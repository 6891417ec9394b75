"""Bands in which a provider may show a figure without giving it away."""

from commissioning.core.units import Pounds, Share

_APPETITE = ((0.1, "less than a tenth"), (0.25, "a tenth to a quarter"), (0.5, "a quarter to a half"))
_MONTHS = ((1.0, "less than one month"), (3.0, "one to three months"), (6.0, "three to six months"))
_POUNDS = ((1e4, "under £10,000"), (1e5, "£10,000 to £100,000"), (1e6, "£100,000 to £1 million"))
_YEAR = 12.0
_BEYOND = "more than a half"
#: Every band of appetite in words, the lowest first.
APPETITES = (*(words for _, words in _APPETITE), _BEYOND)


def appetite(share: Share) -> str:
    """Say the share of free reserves that trustees would put at risk as a band."""
    return f"{_first(_APPETITE, share, _BEYOND)} of free reserves"


def reserves(pounds: Pounds, spending: Pounds | None) -> str:
    """Say free reserves as a band of months of spending, or of pounds where the spending is not known.

    Parameters
    ----------
    pounds : free reserves.
    spending : a year's spending, or None where it is not known or nothing.
    """
    if not spending:
        return _first(_POUNDS, pounds, "over £1 million")
    return f"{_first(_MONTHS, pounds / spending * _YEAR, 'more than six months')} of spending"


def _first(edges: tuple[tuple[float, str], ...], value: float, beyond: str) -> str:
    return next((words for edge, words in edges if value < edge), beyond)
