"""The terms of a tariff: what is paid besides prices, when, how much at most, and on which target."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from crispy_forms.layout import LayoutObject
from django import forms

from commissioning.forms.layouts import Div, Field, Fieldset, Fixed, Helper, Size, helper
from commissioning.models import Milestone
from tariffs.models import Tariff

from .entries import PoundsField, ShareField, WholeField, text_field
from .parts import PartForm

#: Where nothing is what an empty field means, it is shown empty too.
NOTHING = ("service_fee_monthly", "upfront_payment", "minimum_service", "annual_price_change", "volume_guarantee")
TARGET = ("target_rule", "target_milestone", "target_rate", "target_rate_from", "target_window_months")


def _pounds(key: str, what: str, example: str, label: str, help_text: str) -> PoundsField:
    return PoundsField(("tariff", key), what=what, example=example, required=False, label=label, help_text=help_text)


class TermsForm(PartForm):
    """Every term of the programme file. `anchors` are the names by which links point at each term."""

    version = text_field(
        ("tariff", "version"),
        what="name of the tariff",
        required=False,
        label="What is this tariff called?",
        help_text="A name to tell it from others by, such as “With half paid upfront”",
    )
    upfront_payment = _pounds(
        "upfront_payment",
        "payment at the start",
        "50000",
        "Grant or payment at the start, whatever is achieved, in pounds",
        "This is where an upfront grant goes. Providers with low reserves need not lend the money until results are "
        "paid, and more of them can bid; you carry the risk that results stay out. Leave it empty where there is none.",
    )
    service_fee_monthly = _pounds(
        "service_fee_monthly",
        "service fee",
        "12000",
        "Service fee a month, whatever is achieved, in pounds",
        "For all providers together. It carries the cost of the service until results come; the more of the price it "
        "is, the less depends on results. Leave it empty where there is none.",
    )
    payment_lag_months = WholeField(
        ("tariff", "payment_lag_months"),
        what="number of months until a payment arrives",
        example="2",
        label="How many months after a result does its payment arrive?",
        help_text="Count the time to prove the result too. For each month the provider lends the money: a small "
        "provider may have reserves for few of them.",
    )
    minimum_service = _pounds(
        "minimum_service",
        "minimum service",
        "150",
        "Least to be spent on helping each person, in pounds",
        "Protects people whom the prices give nobody a reason to help. The provider carries its cost, whether or not "
        "it leads to a result. Leave it empty where there is none.",
    )
    payment_cap = _pounds(
        "payment_cap",
        "most that the contract pays",
        "1500000",
        "Most the contract pays in all, in pounds",
        "Fees included. It keeps you within your budget; providers carry the cost of results beyond it, and have no "
        "reason to help once it is reached. Leave it empty for no limit.",
    )
    person_cap = _pounds(
        "person_cap",
        "most that one person earns",
        "6000",
        "Most that one person can earn a provider, in pounds",
        "It limits what is paid for the person with the most results. Leave it empty for no limit.",
    )
    annual_price_change = ShareField(
        ("tariff", "annual_price_change"),
        what="change of prices a year",
        example="-5",
        required=False,
        label="By how many in 100 do prices change each year?",
        help_text="Counted from the contract's start; -5 where they fall by 5 in 100. Falling prices pass the risk "
        "that the service does not become cheaper to the provider. Leave it empty where they stay.",
    )
    volume_guarantee = ShareField(
        ("tariff", "volume_guarantee"),
        what="share of planned referrals guaranteed",
        example="80",
        required=False,
        label="How many in 100 of the planned referrals do you guarantee?",
        help_text="Where fewer people are referred, what is paid on referral is made up to this. Without it, providers "
        "carry the risk of empty places, which they do not control. Leave it empty where there is none.",
    )
    target_rule = forms.ChoiceField(
        label="Does payment depend on a target?",
        choices=[
            ("none", "No target: every result is paid"),
            ("binary", "All or nothing: below the target nothing is paid"),
            ("excess", "Only what is above the target is paid"),
            ("sliding", "A rising share is paid, and all from the target on"),
        ],
        help_text="A target is met by luck or missed by luck where few people are referred. All or nothing puts the "
        "most at risk; a rising share puts less at risk at any one point.",
        error_messages={"required": "Choose a rule", "invalid_choice": "Choose a rule from the list"},
    )
    target_milestone = forms.ChoiceField(
        label="Which milestone is the target about?",
        required=False,
        error_messages={"invalid_choice": "Choose the milestone from the list"},
    )
    target_rate = ShareField(
        ("target", "rate"),
        what="rate that the target asks",
        example="30",
        required=False,
        label="How many in 100 people referred have to reach it?",
        help_text="Well above how many would reach it without help, or providers are paid for what happens anyway",
    )
    target_rate_from = ShareField(
        ("target", "rate_from"),
        what="rate from which a rising share is paid",
        example="20",
        required=False,
        label="For a rising share: from how many in 100 on is something paid?",
        help_text="Leave it empty for the other rules",
    )
    target_window_months = WholeField(
        ("target", "window_months"),
        what="number of months",
        example="12",
        label="Over how many months of referrals is it counted?",
        help_text="The longer, the more people are counted and the less is luck; but the later it is paid",
    )

    def __init__(
        self, *args: Any, milestones: tuple[Milestone, ...], anchors: Mapping[str, str], **kwargs: Any
    ) -> None:
        self.milestones, self.anchors = milestones, anchors
        super().__init__(*args, **kwargs)
        choices = [("", "None"), *((str(each.pk), str(each)) for each in milestones)]
        self.fields["target_milestone"].choices = choices  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"milestones": self.milestones, "anchors": self.anchors}

    @classmethod
    def shown(cls, row: Tariff) -> Mapping[str, str]:
        empty = {name: "" for name in NOTHING if not getattr(row, name)}
        return {**super().shown(row), **empty}

    def values(self) -> dict[str, dict[str, Any]]:
        found = super().values()
        found |= {name: {name: self.cleaned_data.get(name) or 0} for name in NOTHING}
        chosen = self.cleaned_data.get("target_milestone")
        found["target_milestone"] = {"target_milestone_id": UUID(chosen) if chosen else None}
        return found

    def lay_out(self) -> Helper:
        return helper(
            Field.text("version"),
            self._fieldset("Paid whatever is achieved", "upfront_payment", "service_fee_monthly"),
            self._fieldset("When, and how prices change", "payment_lag_months", "annual_price_change"),
            self._fieldset("Least and most", "minimum_service", "person_cap", "payment_cap", "volume_guarantee"),
            Div(
                Fieldset(
                    Field.radios("target_rule"),
                    Field.select("target_milestone"),
                    *(Field.text(name, field_width=Fixed.FIVE) for name in TARGET[2:]),
                    legend="Target",
                    legend_size=Size.MEDIUM,
                ),
                css_id=self.anchors["target"],
            ),
            submit="Save the terms",
        )

    def _fieldset(self, legend: str, *names: str) -> LayoutObject:
        fields = (Div(Field.text(name, field_width=Fixed.TEN), css_id=self.anchors[name]) for name in names)
        return Fieldset(*fields, legend=legend, legend_size=Size.MEDIUM)
