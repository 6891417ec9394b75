"""Units: what a number in the cores is counted in."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pounds: TypeAlias = float
People: TypeAlias = float
Share: TypeAlias = float
Months: TypeAlias = int
LogOdds: TypeAlias = float

Array: TypeAlias = NDArray[np.floating[Any]]
