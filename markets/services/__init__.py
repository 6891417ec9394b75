"""All writes of who can deliver: one function for each thing a person does."""

from . import (
    claims,
    designs,
    diversity_runs,
    import_leases,
    import_workers,
    imports,
    register_merges,
    stages,
    trade_merges,
)

__all__ = [
    "claims",
    "designs",
    "diversity_runs",
    "import_leases",
    "import_workers",
    "imports",
    "register_merges",
    "stages",
    "trade_merges",
]
