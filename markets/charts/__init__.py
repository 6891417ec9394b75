"""Pictures of who can deliver: from plain figures, each with its sentence and its table."""

from .finances import finances

__all__ = ["finances"]
