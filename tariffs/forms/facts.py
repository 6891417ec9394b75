"""Answering one question about what is known beside the draft and the case."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms

from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Choice, Field, Fixed, Helper, Size, helper
from tariffs.core.feasibility import FactQuestion, Kind, fact_questions
from tariffs.models import Fact
from tariffs.models.facts import FINEST, LONGEST_SOURCE
from tariffs.sources.programme_limits import Limits

from .entries import EntryField, NumberField, PoundsField, ShareField, WholeField
from .parts import written

YES, NO, UNKNOWN = "1", "0", ""
FIELDS: dict[Kind, tuple[type[EntryField], str]] = {
    Kind.SHARE: (ShareField, "How many in 100?"),
    Kind.COUNT: (WholeField, "How many?"),
    Kind.NUMBER: (NumberField, "The number"),
    Kind.POUNDS: (PoundsField, "Pounds a year"),
}


class FactForm(DraftForm):
    """An answer and where it is known from; `value` is added for the kind of question."""

    source = forms.CharField(
        label="Where do you know this from?",
        help_text="A document with its date, a web address, or who said so and when. Auditors may read it.",
        required=False,
        max_length=LONGEST_SOURCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": f"Use at most {LONGEST_SOURCE:,} characters",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )
    field_order = ["value", "source"]

    @classmethod
    def shown(cls, row: Fact) -> Mapping[str, str]:
        field = cls.base_fields["value"]
        if isinstance(field, EntryField):
            return {"value": _shown(field, row.value), "source": row.source}
        return {"value": "" if row.value is None else str(int(row.value)), "source": row.source}

    def lay_out(self) -> Helper:
        value = self.fields["value"]
        if isinstance(value, EntryField):
            entry = Field.text("value", field_width=Fixed.TEN, label_size=Size.SMALL)
        else:
            entry = Field.radios("value", legend_size=Size.SMALL)
        return helper(entry, Field.textarea("source", rows=3, label_size=Size.SMALL), submit="Save")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("value") not in (None, "") and not self.cleaned_data.get("source"):
            self.add_error("source", "Say where you know this from")
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        value = self.cleaned_data["value"]
        kept = None if value in (None, "") else Decimal(str(value)).quantize(FINEST)
        return {**super().values(), "value": {"value": kept}}


def _shown(field: EntryField, value: Decimal | None) -> str:
    """Write a value as its field does."""
    if isinstance(field, PoundsField):
        return written(field, value)
    return written(field, None if value is None else float(value))


@cache
def form_for(key: str) -> type[FactForm]:
    """Give the form that asks one question."""
    question = fact_questions()[key]
    return type("OneFactForm", (FactForm,), {"value": _value_field(question)})


def _value_field(question: FactQuestion) -> forms.Field:
    if question.kind is Kind.YES_NO:
        return forms.ChoiceField(
            label="Your answer",
            required=False,
            choices=[Choice(YES, "Yes"), Choice(NO, "No", divider="or"), Choice(UNKNOWN, "Not known")],
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choose an answer from the list"},
        )
    field, label = FIELDS[question.kind]
    return field(
        Limits(question.low, question.high),
        what="answer",
        required=False,
        label=label,
        help_text=f"For example {question.example}. Leave it empty if it is not known.",
        example=question.example,
    )
