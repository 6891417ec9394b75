"""Making a milestone of an agreed measure: its name, its place on the way, and how many reach it without help."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from commissioning.core import typed_numbers
from commissioning.core.units import Share
from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper
from commissioning.models import Group, MeasureCard, Milestone
from tariffs.core import baseline_figures
from tariffs.sources.programme_limits import Limits

from .entries import ShareField, WholeField, text_field
from .milestones import REFERRAL
from .parts import PartForm

BASELINE = "baseline-"


class MeasureMilestoneForm(PartForm):
    """A milestone as the card would have it; what the card does not say in figures is asked for."""

    name = text_field(
        ("milestone", "name"),
        what="name of the milestone",
        label="What has the person reached?",
        help_text="It is the name of the column in the price grid",
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
        label="How many months later is it known?",
        help_text="From what comes before it. 0 where it is at once.",
    )
    is_final = forms.BooleanField(
        label="This is the final outcome: what the service is for, of which there is exactly one", required=False
    )

    def __init__(
        self, *args: Any, card: MeasureCard, groups: Sequence[Group], others: Sequence[Milestone], **kwargs: Any
    ) -> None:
        self.card, self.groups, self.others = card, groups, others
        said = "" if card.lag_months is None else str(card.lag_months)
        kwargs.setdefault("initial", {"name": card.name, "delay_months": said, **_baselines(card, groups)})
        super().__init__(*args, **kwargs)
        choices = [("", REFERRAL), *((str(other.pk), str(other)) for other in others)]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"card": self.card, "groups": self.groups, "others": self.others}

    def lay_out(self) -> Helper:
        baselines = [Field.text(f"{BASELINE}{group.pk}", field_width=Fixed.FIVE) for group in self.groups]
        more = Fieldset(
            *baselines,
            legend="How many in 100 reach it without the service?",
            legend_size=Size.MEDIUM,
        )
        return helper(
            Field.text("name"),
            Field.select("after"),
            Field.text("delay_months", field_width=Fixed.FIVE),
            Field.checkbox("is_final"),
            *([more] if baselines else []),
            submit="Make the milestones" if self.card.own_outcomes > 1 else "Make the milestone",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        given = self.cleaned_data
        return {
            "name": {"name": given["name"]},
            "after": {"after_id": UUID(given["after"]) if given["after"] else None},
            "delay_months": {"delay_months": given["delay_months"]},
            "is_final": {"is_final": given["is_final"]},
        }

    def baselines(self) -> dict[UUID, Share]:
        """Give for each group how many reach it without the service."""
        return {group.pk: self.cleaned_data[f"{BASELINE}{group.pk}"] for group in self.groups}


def milestone_form(groups: Sequence[Group]) -> type[MeasureMilestoneForm]:
    """Give the form that asks for each group's baseline."""
    fields = {
        f"{BASELINE}{group.pk}": ShareField(Limits(0, 1), what=f"number for {group}", label=str(group), example="20")
        for group in groups
    }
    return type("MilestoneOfMeasureForm", (MeasureMilestoneForm,), fields)


def _baselines(card: MeasureCard, groups: Sequence[Group]) -> Mapping[str, str]:
    """Fill in what the card says in figures of the groups that it is for; the rest is left to be asked."""
    share = baseline_figures.read(card.baseline)
    if share is None:
        return {}
    meant = [group for group in groups if card.for_everyone or group.pk == card.group_id]
    return {f"{BASELINE}{group.pk}": typed_numbers.write_share(share) for group in meant}
