"""One kind of provider that the tariff is tested on."""

from typing import Any

from django import forms

from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper
from tariffs.models import Archetype

from .entries import NumberField, PoundsField, ShareField, text_field
from .parts import SourcedForm

NOT_LISTED = "Choose one of the answers"


def pounds_field(key: str, *, what: str, **kwargs: Any) -> PoundsField:
    """Make a field for money of a provider; empty means none."""
    return PoundsField(("provider", key), what=what, required=False, **kwargs)


class ArchetypeForm(SourcedForm):
    """A typical provider: what drives its spending, and how deep its pockets are."""

    figure = "description"
    interval_low = None  # type: ignore[assignment]
    interval_high = None  # type: ignore[assignment]
    name = text_field(
        ("provider", "name"),
        what="name",
        label="What do you call this kind of provider?",
        help_text="For example: a local charity of middling size. Never the name of a real one.",
    )
    legal_form = text_field(
        ("provider", "legal_form"),
        what="legal form",
        required=False,
        label="What is its legal form?",
        help_text="Such as charity, cic, company, public_body, mutual",
    )
    share = ShareField(
        ("provider", "share"),
        what="share of the referrals",
        example="50",
        label="How many in 100 of the people referred does it take on?",
        help_text="100 where it has the whole contract. All kinds together take on at most 100.",
    )
    spending_rule = forms.ChoiceField(
        label="What makes it stop spending on a person?",
        widget=forms.RadioSelect,
        choices=Archetype.SpendingRule.choices,
        error_messages={"required": NOT_LISTED, "invalid_choice": NOT_LISTED},
        help_text="Providers of the Work Programme were seen to spend a set share of their income",
    )
    income_share = ShareField(
        ("provider", "income_share"),
        what="share of its income",
        example="90",
        label="If it spends a set share of its income: how many in 100 pounds?",
    )
    budget_scope = forms.ChoiceField(
        label="Is each group's income spent on that group?",
        widget=forms.RadioSelect,
        choices=Archetype.BudgetScope.choices,
        error_messages={"required": NOT_LISTED, "invalid_choice": NOT_LISTED},
    )
    mission_weight = NumberField(
        ("provider", "mission_weight"),
        what="weight of its mission",
        example="0.1",
        label="What is a pound of value to society worth to it, in pounds?",
        help_text="0 where only money counts; 0.1 where it would give up 10 pence for a pound of value to society",
    )
    unit_cost = NumberField(
        ("provider", "unit_cost"),
        what="cost of a pound's worth of support",
        example="1",
        label="What does a pound's worth of support cost it, in pounds?",
        help_text="1 as usual; 1.2 where it pays a fifth more than others",
    )
    risk_discount = ShareField(
        ("provider", "risk_discount"),
        what="discount for risk",
        example="10",
        label="How much less is uncertain income worth to it, in 100?",
        help_text="0 where it takes risk as it comes",
    )
    cost_of_capital = ShareField(
        ("provider", "cost_of_capital"),
        what="cost of capital",
        example="8",
        label="What does it pay for capital, in 100 a year?",
    )
    overhead_monthly = pounds_field(
        "overhead_monthly", what="overhead", label="What does it spend a month, whoever comes, in pounds?"
    )
    reserves = pounds_field("reserves", what="reserves", label="How much has it in free reserves, in pounds?")
    reserve_floor_months = NumberField(
        ("provider", "reserve_floor_months"),
        what="number of months",
        example="1",
        label="Below how many months of its costs does it begin to save?",
        help_text="When its cash falls below this, it spends less on each person",
    )
    overdraft = pounds_field("overdraft", what="overdraft", label="How far may it overdraw its account, in pounds?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", ASSUMED)
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name"),
            Field.text("legal_form", field_width=Fixed.TWENTY),
            Field.text("share", field_width=Fixed.FIVE),
            Fieldset(
                Field.radios("spending_rule", legend_size=Size.SMALL),
                Field.text("income_share", field_width=Fixed.FIVE),
                Field.radios("budget_scope", legend_size=Size.SMALL),
                Field.text("mission_weight", field_width=Fixed.FIVE),
                Field.text("unit_cost", field_width=Fixed.FIVE),
                Field.text("risk_discount", field_width=Fixed.FIVE),
                Field.text("cost_of_capital", field_width=Fixed.FIVE),
                legend="What drives its spending",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                *(Field.text(name, field_width=Fixed.TEN) for name in MONEY),
                Field.text("reserve_floor_months", field_width=Fixed.FIVE),
                legend="How deep its pockets are",
                legend_size=Size.MEDIUM,
            ),
            self.source_fieldset(),
            submit="Save this kind of provider",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        return super().values() | {name: {name: self.cleaned_data.get(name) or 0} for name in MONEY}


MONEY = ("overhead_monthly", "reserves", "overdraft")
#: What a new kind of provider starts with; each is to be thought about, and its source says that it is assumed.
ASSUMED = {
    "share": "100",
    "spending_rule": "income_share",
    "income_share": "90",
    "budget_scope": "group",
    "mission_weight": "0",
    "unit_cost": "1",
    "risk_discount": "0",
    "cost_of_capital": "3.5",
    "reserve_floor_months": "1",
    "quality": "assumption",
}
