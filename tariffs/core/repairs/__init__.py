"""Repairs: what would cure a tariff that parks people or drains its providers, what that costs, and what it cures."""

from .changes import Change, NewBand, NewPrice, applied, final_of, line_of
from .prices import LowestPrice, Obstacle, Parking, lowest_price
from .suggestions import (
    ENGINE,
    RATE_PLACES,
    Kind,
    Part,
    Question,
    change_of,
    parts,
    put_together,
    rounded,
    worked_out,
)

__all__ = [
    "ENGINE",
    "RATE_PLACES",
    "Change",
    "Kind",
    "LowestPrice",
    "NewBand",
    "NewPrice",
    "Obstacle",
    "Parking",
    "Part",
    "Question",
    "applied",
    "change_of",
    "final_of",
    "line_of",
    "lowest_price",
    "parts",
    "put_together",
    "rounded",
    "worked_out",
]
