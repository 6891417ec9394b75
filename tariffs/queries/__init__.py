"""All reads of what is paid."""

from . import programmes

__all__ = ["programmes"]
