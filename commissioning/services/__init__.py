"""All writes: one function for each thing a person does."""

from . import audit

__all__ = ["audit"]
