"""Asking what would cure a tariff: how many may be parked, and for which kind of provider."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.core import typed_numbers
from commissioning.core.typed_numbers import UnreadableError, write_share
from commissioning.core.units import Share
from commissioning.forms.layouts import Choice, Field, Fixed, Size, helper
from tariffs.core.parameters import PARAMETERS

MOST = 0.9


class RepairForm(forms.Form):
    """The most of a group that may be parked, and the kind of provider whose plans and reserves are looked at."""

    limit = forms.CharField(
        label="How many of a group may be parked, in 100?",
        help_text="A person is parked where they get less than a quarter of the average support, and are less likely "
        "than most to get there by themselves. People differ, so that none at all may be out of reach.",
        max_length=20,
        error_messages={"required": "Enter how many in 100 may be parked, like 10"},
    )
    provider = forms.ChoiceField(
        label="For which kind of provider?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind of provider", "invalid_choice": "Choose from the list"},
    )

    def __init__(self, *args: Any, providers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [Choice(key, name) for key, name in providers]  # type: ignore[attr-defined]
        self.initial.setdefault("limit", write_share(PARAMETERS.parked_limit))
        self.initial.setdefault("provider", providers[0][0] if providers else "")
        self.helper = helper(
            Field.text("limit", field_width=Fixed.FIVE),
            Field.radios("provider", legend_size=Size.SMALL),
            submit="Look for cures",
        )

    def clean_limit(self) -> Share:
        try:
            share = typed_numbers.read_share(self.cleaned_data["limit"])
        except UnreadableError:
            raise ValidationError("How many may be parked must be a number, like 10") from None
        if not 0 <= share <= MOST:
            raise ValidationError(f"How many may be parked must lie between 0 and {write_share(MOST)} in 100")
        return share
