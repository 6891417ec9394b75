"""Drawing one line of the rules for all programmes of an authority."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms

from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Field, Fixed, Helper, Size, helper
from tariffs.core import feasibility
from tariffs.models import OwnThreshold
from tariffs.models.own_thresholds import LONGEST_REASON
from tariffs.sources.programme_limits import Limits

from .entries import EntryField, NumberField, ShareField
from .parts import written


class ThresholdForm(DraftForm):
    """Where the line is drawn, and why; `value` is added for the threshold."""

    reason = forms.CharField(
        label="Why do you draw it there?",
        help_text="It is shown beside every finding of this rule, to all who may read the findings.",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": f"Use at most {LONGEST_REASON:,} characters",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )
    field_order = ["value", "reason"]

    @classmethod
    def shown(cls, row: OwnThreshold) -> Mapping[str, str]:
        return {"value": written(cls.base_fields["value"], row.value), "reason": row.reason}

    def lay_out(self) -> Helper:
        return helper(
            Field.text("value", field_width=Fixed.FIVE, label_size=Size.SMALL),
            Field.textarea("reason", rows=4, label_size=Size.SMALL),
            submit="Save",
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("value") is not None and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Say why you draw the line there")
        return self.cleaned_data


@cache
def form_for(key: str) -> type[ThresholdForm]:
    """Give the form that draws one line."""
    threshold = feasibility.thresholds()[key]
    kind: type[EntryField] = ShareField if threshold.is_share else NumberField
    example = f"{100 * threshold.value:.10g}" if threshold.is_share else f"{threshold.value:.10g}"
    field = kind(
        Limits(threshold.low, threshold.high),
        what="line",
        required=False,
        label="Your own line, in 100" if threshold.is_share else "Your own line",
        help_text="Leave it empty to use the default again.",
        example=example,
    )
    return type("OneThresholdForm", (ThresholdForm,), {"value": field})
