"""All reads of who can deliver."""

from . import (
    capacity_runs,
    claims,
    designs,
    diversity_runs,
    editions,
    followers,
    imports,
    incumbents,
    local_markets,
    profiles,
    providers,
    registers,
    statement_checks,
    statement_drafts,
    statements,
    surveys,
)

__all__ = [
    "capacity_runs",
    "claims",
    "designs",
    "diversity_runs",
    "editions",
    "followers",
    "imports",
    "incumbents",
    "local_markets",
    "profiles",
    "providers",
    "registers",
    "statement_checks",
    "statement_drafts",
    "statements",
    "surveys",
]
