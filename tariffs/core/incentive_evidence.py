"""What one observed point says about how far support moves a chance."""

from math import log, log1p

from commissioning.core.units import Pounds, Share


def implied_responsiveness(baseline: Share, rate: Share, spending: Pounds, response_scale: Pounds) -> Share:
    """Work out the responsiveness with which spending so much a person lifts the baseline to the rate.

    Parameters
    ----------
    baseline, rate : chances without support and with it, both strictly between 0 and 1.
    spending : pounds a person, above 0.
    response_scale : pounds at which support begins to tell, above 0.

    Returns
    -------
    The responsiveness; outside 0 to 1 where the model cannot reproduce the point.
    """
    return (_log_odds(rate) - _log_odds(baseline)) / log1p(spending / response_scale)


def _log_odds(chance: Share) -> float:
    return log(chance) - log1p(-chance)
