"""All reads of who can deliver."""

from . import claims, registers

__all__ = ["claims", "registers"]
