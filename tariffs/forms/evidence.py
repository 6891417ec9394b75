"""Evidence as people know it: how many reach a milestone without help, and what help was seen to change."""

from typing import Any

from commissioning.core.typed_numbers import write_pounds, write_share
from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper

from .entries import NumberField, PoundsField, ShareField
from .parts import EndField, SourcedForm

ONE_OF_TWO = "Give what was spent and reached, or the responsiveness, but not both"


class EvidenceForm(SourcedForm):
    """What is known of one group's chance to reach one milestone."""

    figure = "number without help"
    baseline = ShareField(
        ("evidence_row", "baseline"),
        what="number in 100 without help",
        label="Without help, how many in 100 reach it?",
        help_text="Of those who reached what comes before it. For example from past records or a comparison group: 11",
    )
    observed_spending = PoundsField(
        ("evidence_row", "observed.spending"),
        what="spending a person",
        example="1170",
        required=False,
        label="What was spent on helping one person, in pounds?",
    )
    observed_rate = ShareField(
        ("evidence_row", "observed.rate"),
        what="number in 100 with that help",
        example="15",
        required=False,
        label="With that help, how many in 100 reached it?",
    )
    responsiveness = NumberField(
        ("evidence_row", "responsiveness"),
        what="responsiveness",
        example="0.25",
        required=False,
        label="Or: responsiveness, from 0 to 1",
        help_text="Where a study gives it instead. 0: help changes nothing. Leave it empty if you do not know.",
    )
    response_scale = PoundsField(
        ("evidence_row", "response_scale"),
        what="spending at which help begins to tell",
        example="200",
        label="From how many pounds a person does help begin to tell?",
        help_text="200 unless you know better",
    )
    sample_size = NumberField(
        ("evidence_row", "sample_size"),
        what="number of people",
        example="1200",
        required=False,
        label="How many people is this from?",
    )
    interval_low = EndField(
        hundredths=True,
        label="Lowest it may be without help, in 100",
        help_text="Leave both ends empty where nothing is known",
    )
    interval_high = EndField(hundredths=True, label="Highest it may be without help, in 100")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"response_scale": "200"})
        super().__init__(*args, **kwargs)

    @classmethod
    def shown(cls, row: Any) -> dict[str, str]:
        texts = dict(super().shown(row))
        if row.observed_spending is not None or not row.responsiveness:
            texts["responsiveness"] = ""
        return texts | {
            "observed_spending": write_pounds(row.observed_spending),
            "observed_rate": write_share(row.observed_rate),
        }

    def lay_out(self) -> Helper:
        return helper(
            Field.text("baseline", field_width=Fixed.FIVE),
            Fieldset(
                Field.text("observed_spending", field_width=Fixed.TEN),
                Field.text("observed_rate", field_width=Fixed.FIVE),
                Field.text("responsiveness", field_width=Fixed.FIVE),
                legend="What help was seen to change",
                legend_size=Size.MEDIUM,
            ),
            self.source_fieldset(),
            Fieldset(
                Field.text("sample_size", field_width=Fixed.TEN),
                Field.text("response_scale", field_width=Fixed.TEN),
                legend="More about it",
                legend_size=Size.MEDIUM,
            ),
            submit="Save the evidence",
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        spending, rate = self.cleaned_data.get("observed_spending"), self.cleaned_data.get("observed_rate")
        if {"observed_spending", "observed_rate"} & set(self.errors):
            return self.cleaned_data
        if (spending is None) != (rate is None):
            missing = "observed_spending" if spending is None else "observed_rate"
            self.add_error(missing, "Enter both what was spent and how many reached it, or neither")
        elif spending is not None and self.cleaned_data.get("responsiveness"):
            self.add_error("responsiveness", ONE_OF_TWO)
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        found = super().values()
        found["responsiveness"] = {"responsiveness": self.cleaned_data.get("responsiveness") or 0.0}
        return found
