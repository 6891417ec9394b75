"""How concentrated a market is: information with its date, never a pass or a fail by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Pounds

#: HHI is told on a scale to 10,000. Source: Competition Commission and Office of Fair Trading, Merger Assessment
#: Guidelines (CC2, OFT1254, 2010): above 1,000 concentrated, above 2,000 highly concentrated.
_SCALE, _CONCENTRATED, _HIGHLY = 10_000.0, 1_000.0, 2_000.0


@dataclass(frozen=True, slots=True)
class Concentration:
    """HHI from 0 to 10,000, and Hill numbers of order 0 (the count), 1 (exp of Shannon's entropy) and 2 (1/HHI)."""

    hhi: float
    order_0: int
    order_1: float
    order_2: float

    @property
    def reading(self) -> str:
        """Say how the competition authority reads the HHI."""
        if self.hhi > _HIGHLY:
            return "highly concentrated"
        return "concentrated" if self.hhi > _CONCENTRATED else "not concentrated"


def concentration(values: Sequence[Pounds]) -> Concentration | None:
    """Measure what each of several holds, £; None where nothing is held.

    Notes
    -----
    Source: Hill (1973), Diversity and evenness: a unifying notation and its consequences, Ecology 54(2).
    """
    held = np.array([value for value in values if value > 0], dtype=float)
    if not len(held):
        return None
    shares = held / held.sum()
    squares = float((shares**2).sum())
    entropy = float(-(shares * np.log(shares)).sum())
    return Concentration(_SCALE * squares, len(held), float(np.exp(entropy)), 1.0 / squares)
