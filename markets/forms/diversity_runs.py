"""Asking for a comparison of designs: on which register, with which tariffs, how thorough."""

from collections.abc import Iterable
from typing import Any

from django import forms

from commissioning.forms.layouts import Choice, Field, Fixed, Helper, Size, helper
from tariffs.forms.incentive_runs import MOST_SEED
from tariffs.models import Tariff

QUICK, USUAL, THOROUGH = 100, 500, 2_000
CHOICES = [
    (QUICK, "A quick look: 100 futures"),
    (USUAL, "The usual: 500 futures"),
    (THOROUGH, "Thorough: 2,000 futures, which may take minutes"),
]
LOCAL, MADE_UP = "local", "made-up"


def register_field(local: int = 0) -> forms.ChoiceField:
    """Ask on which providers; the local market is offered where it has any."""
    found = Choice(LOCAL, f"The local market: up to {local:,} providers", hint="From the registers and your own list")
    invented = Choice(MADE_UP, "A made-up register", hint="From published figures; its providers do not exist")
    return forms.ChoiceField(
        label="On which providers?",
        choices=[found, invented] if local else [invented],
        initial=LOCAL if local else MADE_UP,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the providers", "invalid_choice": "Choose from the list"},
    )


class DiversityRunForm(forms.Form):
    """Which providers, which tariffs beside the designs, and how many futures."""

    register = register_field()
    tariffs = forms.MultipleChoiceField(
        label="Compare other tariffs too?",
        help_text="Each stands beside the designs, let as the reference is.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose tariffs of this programme"},
    )
    draws = forms.TypedChoiceField(
        label="How thorough should it be?",
        help_text="Every future lets the contract again and again, with its own luck.",
        choices=CHOICES,
        coerce=int,
        initial=USUAL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how thorough it should be", "invalid_choice": "Choose from the list"},
    )
    seed = forms.IntegerField(
        label="Seed",
        help_text="The same seed is the same luck. Leave it at 1 unless you want to see how much luck matters.",
        min_value=0,
        max_value=MOST_SEED,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Enter a seed, like 1",
            "invalid": "The seed must be a whole number, like 1",
            "min_value": "The seed must be 0 or more",
            "max_value": f"The seed must be {MOST_SEED:,} or less",
        },
    )

    def __init__(self, *args: Any, others: Iterable[Tariff], local: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"] = register_field(local)
        self.others = {str(tariff.pk): tariff for tariff in others}
        tariffs = self.fields["tariffs"]
        assert isinstance(tariffs, forms.MultipleChoiceField)
        tariffs.choices = [(key, str(tariff)) for key, tariff in self.others.items()]
        if not self.others:
            del self.fields["tariffs"]
        self.helper = self._laid_out()

    def _laid_out(self) -> Helper:
        tariffs = [Field.checkboxes("tariffs", legend_size=Size.MEDIUM)] if "tariffs" in self.fields else []
        return helper(
            Field.radios("register", legend_size=Size.MEDIUM),
            *tariffs,
            Field.radios("draws", legend_size=Size.MEDIUM),
            Field.text("seed", field_width=Fixed.TEN),
            submit="Compare the designs",
        )

    def given(self) -> dict[str, Any]:
        """Give what was asked for, as the service takes it."""
        chosen = self.cleaned_data
        return {
            "tariffs": [self.others[key] for key in chosen.get("tariffs", ())],
            "is_made_up": chosen["register"] == MADE_UP,
            "draws": chosen["draws"],
            "seed": chosen["seed"],
        }
