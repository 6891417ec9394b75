"""Naming a scenario, and choosing which tariffs to test on the same luck."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.forms.layouts import Choice, Field, Size, helper
from tariffs.models import Tariff

from .entries import text_field
from .incentive_runs import CHOICES, USUAL

FEWEST, MOST = 2, 5


class ScenarioForm(forms.Form):
    """A new tariff beside the others: what it is called, and from which it is copied."""

    name = text_field(
        ("tariff", "version"),
        what="name of the tariff",
        label="What should the new tariff be called?",
        help_text="Say what is different about it, such as: Half paid upfront",
    )
    copied = forms.ModelChoiceField(
        queryset=Tariff._default_manager.none(),
        label="Which tariff should it start from?",
        empty_label=None,
        error_messages={"required": "Choose a tariff", "invalid_choice": "Choose a tariff from the list"},
    )

    def __init__(self, *args: Any, tariffs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["copied"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = tariffs
        self.helper = helper(Field.text("name"), Field.select("copied"), submit="Add the tariff")


class ScenarioTestForm(forms.Form):
    """Two to five tariffs, and how thoroughly to test them."""

    tariffs = forms.MultipleChoiceField(
        label="Which tariffs do you want to compare?",
        help_text=f"Choose {FEWEST} to {MOST}. The first is the one that the others are set against.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Choose {FEWEST} to {MOST} tariffs", "invalid_choice": "Choose from the list"},
    )
    draws = forms.TypedChoiceField(
        label="How thorough should the test be?",
        choices=CHOICES,
        coerce=int,
        initial=USUAL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how thorough the test should be", "invalid_choice": "Choose from the list"},
    )

    def __init__(self, *args: Any, tariffs: Sequence[Tariff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(tariff.pk): tariff for tariff in tariffs}
        choices = [Choice(key, str(tariff)) for key, tariff in self.known.items()]
        self.fields["tariffs"].choices = choices  # type: ignore[attr-defined]
        self.initial["tariffs"] = list(self.known)[:MOST]
        self.helper = helper(
            Field.checkboxes("tariffs", legend_size=Size.SMALL),
            Field.radios("draws", legend_size=Size.SMALL),
            submit="Compare them on the same luck",
        )

    def clean_tariffs(self) -> list[Tariff]:
        chosen = self.cleaned_data["tariffs"]
        if not FEWEST <= len(chosen) <= MOST:
            raise ValidationError(f"Choose {FEWEST} to {MOST} tariffs")
        return [tariff for key, tariff in self.known.items() if key in chosen]
