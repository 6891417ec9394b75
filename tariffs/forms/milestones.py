"""One milestone of the pathway: what it is, what it follows, when, and how often it can be reached."""

from typing import Any

from django import forms

from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper
from commissioning.models import Milestone

from .entries import WholeField, text_field
from .parts import SourcedForm

REFERRAL = "Being referred to the service"


class MilestoneForm(SourcedForm):
    """A point on the way from referral to what lasts; `others` are the milestones that it may follow."""

    figure = "milestone and its time"
    name = text_field(
        ("milestone", "name"),
        what="name of the milestone",
        label="What has the person reached?",
        help_text="For example: in work for 26 weeks",
    )
    after = forms.ChoiceField(
        label="What comes before it?",
        required=False,
        help_text="People reach a milestone only after the one before it",
        error_messages={"invalid_choice": "Choose what comes before it from the list"},
    )
    delay_months = WholeField(
        ("milestone", "delay_months"),
        what="number of months",
        label="How many months later is it reached?",
        help_text="From what comes before it, for those who reach it. 0 where it is at once.",
    )
    is_final = forms.BooleanField(
        label="This is the final outcome: what the service is for, of which there is exactly one",
        required=False,
    )
    repeats = WholeField(
        ("milestone", "repeats"),
        what="number of times",
        example="1",
        label="How many times can it be reached?",
        help_text="More than 1 for what is proven again and again, such as each month in work",
    )
    repeat_every_months = WholeField(
        ("milestone", "repeat_every_months"),
        what="number of months between two times",
        example="1",
        label="How many months lie between two times?",
    )

    # A milestone is no figure that could lie in a range.
    interval_low = None  # type: ignore[assignment]
    interval_high = None  # type: ignore[assignment]

    def __init__(self, *args: Any, others: tuple[Milestone, ...] = (), **kwargs: Any) -> None:
        self.others = others
        kwargs.setdefault("initial", {"delay_months": "0", "repeats": "1", "repeat_every_months": "1"})
        super().__init__(*args, **kwargs)
        choices = [("", REFERRAL), *((str(other.pk), str(other)) for other in others)]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"others": self.others}

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name"),
            Field.select("after"),
            Field.text("delay_months", field_width=Fixed.FIVE),
            Field.checkbox("is_final"),
            Fieldset(
                Field.text("repeats", field_width=Fixed.FIVE),
                Field.text("repeat_every_months", field_width=Fixed.FIVE),
                legend="Reached more than once",
                legend_size=Size.MEDIUM,
            ),
            self.source_fieldset(),
            submit="Save the milestone",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        found = super().values()
        found["after"] = {"after_id": self.cleaned_data.get("after") or None}
        return found
