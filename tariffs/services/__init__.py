"""All writes of what is paid: one function for each thing a person does."""

from . import price_lines, programmes

__all__ = ["price_lines", "programmes"]
