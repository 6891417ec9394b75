"""One group of service users: who they are, how many, and which price band pays for them."""

from typing import Any

from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper

from .entries import NumberField, PoundsField, text_field
from .parts import SourcedForm


class GroupForm(SourcedForm):
    """Service users of like need."""

    figure = "number of referrals"
    name = text_field(
        ("group", "name"),
        what="name of the group",
        label="What do you call these people?",
        help_text="For example: 18 to 24 years old, out of work for nine months",
    )
    referrals_per_month = NumberField(
        ("group", "referrals_per_month"),
        what="number of referrals a month",
        label="How many are referred each month?",
        help_text="On average, over the months in which people are referred",
    )
    price_band = text_field(
        ("group", "id"),
        what="price band",
        label="Which price band pays for them?",
        help_text="Groups in the same band are paid the same. A name of your own, such as Standard or Complex needs.",
    )
    intended_support = PoundsField(
        ("group", "intended_support"),
        what="planned spending",
        required=False,
        label="What should be spent on helping one of them?",
        help_text="In pounds, as you plan it. Leave it empty where you have no plan.",
    )
    social_value = PoundsField(
        ("group", "social_value"),
        what="value of one final outcome",
        required=False,
        label="What is one final outcome worth to society?",
        help_text="In pounds, for example from a cost-benefit study. Leave it empty where you have no figure.",
    )
    need_spread = NumberField(
        ("group", "need_spread"),
        what="spread of need",
        example="1",
        label="How much do people within the group differ?",
        help_text="0 where all are alike, 1 as usual, 2 where some are close to the outcome and others very far",
    )

    def __init__(self, *args: Any, bands: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.bands = bands
        kwargs.setdefault("initial", {"need_spread": "1"})
        super().__init__(*args, **kwargs)
        if bands:
            self.fields["price_band"].help_text += f" So far: {', '.join(bands)}."

    def again(self) -> dict[str, Any]:
        return {"bands": self.bands}

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name"),
            Field.text("referrals_per_month", field_width=Fixed.TEN),
            Field.text("price_band", field_width=Fixed.TWENTY),
            Fieldset(
                Field.text("intended_support", field_width=Fixed.TEN),
                Field.text("social_value", field_width=Fixed.TEN),
                Field.text("need_spread", field_width=Fixed.TEN),
                legend="What they need",
                legend_size=Size.MEDIUM,
            ),
            self.source_fieldset(),
            submit="Save the group",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        found = super().values()
        found["social_value"] = {"social_value": self.cleaned_data.get("social_value") or 0}
        return found
