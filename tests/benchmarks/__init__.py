"""Speed and memory, measured as ratios within one run: one JSON line for each measure."""

import commissioning  # noqa: F401 - before NumPy, whose linear algebra it keeps to one thread
