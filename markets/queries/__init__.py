"""All reads of who can deliver."""

from . import claims, designs, diversity_runs, imports, profiles, providers, registers

__all__ = ["claims", "designs", "diversity_runs", "imports", "profiles", "providers", "registers"]
