"""Asking for a simulation: how thorough, and which luck."""

from typing import Any

from django import forms

from commissioning.forms.layouts import Field, Fixed, Size, helper

QUICK, USUAL, THOROUGH = 1_024, 8_192, 65_536
CHOICES = [
    (QUICK, "A quick look: 1,024 draws, a second or so"),
    (USUAL, "The usual: 8,192 draws, some seconds"),
    (THOROUGH, "Thorough: 65,536 draws, a minute or more"),
]
MOST_SEED = 2**31 - 1


class IncentiveRunForm(forms.Form):
    """How many draws, and the number that their luck starts from."""

    draws = forms.TypedChoiceField(
        label="How thorough should the test be?",
        help_text="More draws give narrower figures. Each draw plays the whole contract through once.",
        choices=CHOICES,
        coerce=int,
        initial=USUAL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how thorough the test should be", "invalid_choice": "Choose from the list"},
    )
    seed = forms.IntegerField(
        label="Seed",
        help_text="Runs with the same seed meet the same luck, so that they can be compared draw by draw. "
        "Leave it at 1 unless you want to see how much luck matters.",
        min_value=0,
        max_value=MOST_SEED,
        initial=1,
        # The form pack leaves a number's own widget without the look of an input.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Enter a seed, like 1",
            "invalid": "The seed must be a whole number, like 1",
            "min_value": "The seed must be 0 or more",
            "max_value": f"The seed must be {MOST_SEED:,} or less",
        },
    )

    tell = forms.BooleanField(
        label="Tell me by e-mail when it is done",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.radios("draws", legend_size=Size.MEDIUM),
            Field.text("seed", field_width=Fixed.TEN),
            Field.checkbox("tell"),
            submit="Start the run",
        )
