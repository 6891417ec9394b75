"""What a programme is called, when it runs and what it may cost: asked at its start, and changed later."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from commissioning.core import typed_months
from commissioning.core.typed_numbers import UnreadableError
from commissioning.forms.layouts import Field, Fixed, Helper, helper
from commissioning.models import Organisation

from .entries import PoundsField, WholeField, text_field
from .parts import PartForm


class MonthField(forms.CharField):
    """A month as people type it, kept as the programme file has it."""

    def clean(self, value: Any) -> str:
        try:
            return typed_months.read(super().clean(value))
        except UnreadableError:
            raise forms.ValidationError("Enter a month and a year, like April 2027") from None


def name_field() -> forms.CharField:
    """Make the field for the name of a programme."""
    return text_field(
        ("", "name"),
        what="name of the programme",
        label="What is the programme called?",
        help_text="For example: Into work, North district, 2027",
    )


def referral_months_field() -> WholeField:
    """Make the field for how long people are referred."""
    return WholeField(
        ("", "referral_months"),
        what="number of months of referrals",
        example="36",
        label="For how many months are people referred?",
    )


def contract_months_field() -> WholeField:
    """Make the field for how long the contract runs."""
    return WholeField(
        ("", "contract_months"),
        what="number of months of the contract",
        example="48",
        label="How many months does the contract run?",
        help_text="From the first referral to the last payment: long enough for the last people to reach the outcome",
    )


def with_room_for_referrals(form: forms.Form) -> dict[str, Any]:
    """Ask that the contract runs at least as long as people are referred."""
    referrals, contract = form.cleaned_data.get("referral_months"), form.cleaned_data.get("contract_months")
    if referrals and contract and referrals > contract:
        form.add_error("contract_months", "The contract must run at least as long as people are referred")
    return form.cleaned_data


class StartForm(forms.Form):
    """The few things a programme cannot be without; all else is written on its own pages."""

    # The programme's id to be, so that a button pressed twice makes one programme.
    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation._default_manager.none(),
        label="Which authority is the programme for?",
        error_messages={
            "required": "Choose the authority that the programme is for",
            "invalid_choice": "Choose an authority in which you may change programmes",
        },
        empty_label=None,
    )
    name = name_field()

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
        if organisations.count() == 1:
            field.widget, field.initial = forms.HiddenInput(), organisations.get()
        self.helper = self.lay_out()

    def lay_out(self) -> Helper:
        """Lay out the questions."""
        return helper("key", "organisation", Field.text("name"), submit="Start from this example")


class NewProgrammeForm(StartForm):
    """Starting from nothing."""

    referral_months = referral_months_field()
    contract_months = contract_months_field()

    def lay_out(self) -> Helper:
        return helper(
            "key",
            "organisation",
            Field.text("name"),
            Field.text("referral_months", field_width=Fixed.FIVE),
            Field.text("contract_months", field_width=Fixed.FIVE),
            submit="Start the programme",
        )

    def clean(self) -> dict[str, Any]:
        return with_room_for_referrals(self)


class DetailsForm(PartForm):
    """What a programme is about, when it runs, and what it may cost."""

    name = name_field()
    commissioner = text_field(
        ("", "commissioner"),
        what="commissioner",
        required=False,
        label="Who commissions it?",
        help_text="The department or team, as providers know it",
    )
    summary = text_field(
        ("", "summary"),
        what="summary",
        required=False,
        lines=6,
        label="What is it for, in a few sentences?",
        help_text="Providers and the public read this first",
    )
    start = MonthField(
        required=False,
        max_length=30,
        label="In which month does it start?",
        help_text="For example: April 2027. Leave it empty if it is not decided.",
    )
    referral_months = referral_months_field()
    contract_months = contract_months_field()
    budget = PoundsField(
        ("", "budget"),
        what="budget",
        example="1500000",
        required=False,
        label="What may it cost in all, in pounds?",
        help_text="Leave it empty where no budget is set",
    )

    def clean(self) -> dict[str, Any]:
        return with_room_for_referrals(self)

    @classmethod
    def shown(cls, row: Any) -> Mapping[str, str]:
        texts = dict(super().shown(row))
        budget = texts["budget"] if row.budget else ""
        return texts | {"start": typed_months.write(row.start), "budget": budget}

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name"),
            Field.text("commissioner"),
            Field.textarea("summary", rows=6),
            Field.text("start", field_width=Fixed.TWENTY),
            Field.text("referral_months", field_width=Fixed.FIVE),
            Field.text("contract_months", field_width=Fixed.FIVE),
            Field.text("budget", field_width=Fixed.TEN),
            submit="Save",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        return super().values() | {"budget": {"budget": self.cleaned_data.get("budget") or 0}}
