"""Asking for a text: how long it may be, and what is said where it does not fit."""

from typing import Any

from django import forms


def line(label: str, longest: int, hint: str = "", *, required: str = "", **more: Any) -> forms.CharField:
    """Ask for a few words; `required` is what is said where they are missing, nothing where they may be left out."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        error_messages={
            "required": required,
            "max_length": f"Use at most {longest:,} characters",
            "null_characters_not_allowed": "Remove the null characters",
        },
        **more,
    )
