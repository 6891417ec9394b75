"""How far outcomes and referrals may turn out other than planned."""

from collections.abc import Mapping
from typing import Any

from django import forms

from commissioning.core import typed_numbers
from commissioning.core.typed_numbers import UnreadableError
from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper

from .entries import LONGEST, NumberField, ShareField, WholeField
from .parts import SourcedForm

MONTHS = 12
MOST_SEASON = 20
ALIKE = "The season must be twelve numbers, January first, with spaces between"


class SeasonField(forms.CharField):
    """Twelve numbers, January first; nothing where all months are alike."""

    def clean(self, value: Any) -> list[float]:
        parts = super().clean(value).replace(",", " ").split()
        try:
            months = [float(typed_numbers.read(part)) for part in parts]
        except UnreadableError:
            raise forms.ValidationError(ALIKE) from None
        if len(months) not in (0, MONTHS) or any(abs(month) > MOST_SEASON for month in months):
            raise forms.ValidationError(f"{ALIKE}, each from -{MOST_SEASON} to {MOST_SEASON}")
        return months or [0.0] * MONTHS


class UncertaintyForm(SourcedForm):
    """What no provider controls."""

    figure = "uncertainty"
    interval_low = None  # type: ignore[assignment]
    interval_high = None  # type: ignore[assignment]
    outcome_shock = NumberField(
        ("uncertainty", "outcome_shock"),
        what="shock to all outcomes",
        example="0.15",
        label="How far may outcomes as a whole turn out better or worse than planned?",
        help_text="With 0.15, where 20 in 100 are planned, it is between 18 and 23 in 100 two times in three",
    )
    outcome_shock_monthly = NumberField(
        ("uncertainty", "outcome_shock_monthly"),
        what="shock from month to month",
        example="0.1",
        label="And how far may they drift from month to month?",
        help_text="In the same measure: 0 where they do not drift, 0.1 where the labour market comes and goes",
    )
    season = SeasonField(
        required=False,
        max_length=12 * LONGEST,
        label="Is there a season?",
        help_text="Twelve numbers in the same measure, January first. Leave it empty where all months are alike.",
    )
    volume_spread = NumberField(
        ("uncertainty", "volume_spread"),
        what="spread of referrals",
        example="0.2",
        label="How far may the number of people referred differ from the plan?",
        help_text="With 0.2 it is between 20% below and 20% above the plan two times in three",
    )
    volume_trend = ShareField(
        ("uncertainty", "volume_trend"),
        what="trend of referrals",
        example="-5",
        label="By how many in 100 do referrals grow a year?",
        help_text="Below 0 where they shrink",
    )
    replacement_months = WholeField(
        ("uncertainty", "replacement_months"),
        what="number of months",
        example="4",
        label="How many months does it take to replace a provider that fails?",
    )

    @classmethod
    def shown(cls, row: Any) -> Mapping[str, str]:
        season = " ".join(typed_numbers.write(month) for month in row.season) if any(row.season) else ""
        return {**super().shown(row), "season": season}

    def lay_out(self) -> Helper:
        return helper(
            Fieldset(
                Field.text("outcome_shock", field_width=Fixed.FIVE),
                Field.text("outcome_shock_monthly", field_width=Fixed.FIVE),
                Field.text("season"),
                legend="Outcomes",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.text("volume_spread", field_width=Fixed.FIVE),
                Field.text("volume_trend", field_width=Fixed.FIVE),
                Field.text("replacement_months", field_width=Fixed.FIVE),
                legend="People referred",
                legend_size=Size.MEDIUM,
            ),
            self.source_fieldset(),
            submit="Save",
        )
