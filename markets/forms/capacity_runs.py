"""Asking who could carry the contract: on which providers, and which contracts say who holds the market now."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.forms.layouts import Field, Fluid, Size, helper

from .diversity_runs import MADE_UP, register_field

_CODE = re.compile(r"[0-9]{2,8}")
MOST_CODES = 20


class CapacityForm(forms.Form):
    """Which providers, and which contracts."""

    register = register_field()
    cpv = forms.CharField(
        label="Which published contracts are like this one?",
        help_text="First digits of their CPV codes, with commas between: 85 is health and social work, 80 education, "
        "79611 job search. They tell how concentrated the market is. Leave it empty to leave that out.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use at most 200 characters"},
    )

    def __init__(self, *args: Any, local: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"] = register_field(local)
        self.helper = helper(
            Field.radios("register", legend_size=Size.MEDIUM),
            Field.text("cpv", field_width=Fluid.ONE_HALF, label_size=Size.MEDIUM),
            submit="Work it out",
        )

    def clean_cpv(self) -> list[str]:
        codes = [code for code in re.split(r"[\s,;]+", self.cleaned_data["cpv"]) if code]
        if len(codes) > MOST_CODES or not all(_CODE.fullmatch(code) for code in codes):
            raise ValidationError("Enter codes of 2 to 8 digits with commas between, like 85, 80")
        return codes

    def given(self) -> dict[str, Any]:
        """Give what was asked for, as the service takes it."""
        return {"is_made_up": self.cleaned_data["register"] == MADE_UP, "cpv": self.cleaned_data["cpv"]}
