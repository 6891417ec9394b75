"""All writes: one function for each thing a person does."""

from . import audit, pathways

__all__ = ["audit", "pathways"]
