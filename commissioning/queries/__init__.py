"""All reads: who may see what, and what a page shows."""

from . import programmes

__all__ = ["programmes"]
