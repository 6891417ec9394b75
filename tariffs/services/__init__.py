"""All writes of what is paid: one function for each thing a person does."""

from . import demonstrations, price_lines, programmes

__all__ = ["demonstrations", "price_lines", "programmes"]
