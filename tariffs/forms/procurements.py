"""What a programme's notices say: what is to be bought, for how much, when, and for whom it suits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from commissioning.core.procurement_notices import UnreadableCodeError, read_codes
from commissioning.forms.cases import long_text
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Choice, DateField, Field, Fieldset, Fixed, Helper, Size, helper
from commissioning.forms.texts import line
from commissioning.models import Procurement
from commissioning.models.limits import MOST_POUNDS
from tariffs.sources.programme_limits import Limits

from .entries import PoundsField
from .parts import written

ANSWERS = {"yes": True, "no": False, "": None}
DAYS = ("tender_notice_on", "award_on", "starts_on", "ends_on")


def _pounds(label: str, what: str) -> PoundsField:
    hint = "For the whole contract, as far as it is known"
    return PoundsField(
        Limits(0, MOST_POUNDS), what=what, required=False, label=label, help_text=hint, example="2400000"
    )


def _day(label: str) -> DateField:
    return DateField(label=label, help_text="Leave it open if it is not known. For example, 27 3 2027", required=False)


def _suits(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[Choice("yes", "Yes"), Choice("no", "No"), Choice("", "Not said yet")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose an answer from the list"},
    )


class ProcurementForm(DraftForm):
    """Everything that a notice asks and the programme itself does not say."""

    reference = line("Your reference", 50, "Every notice about this contract carries it")
    description = long_text("What is to be bought?", "A few sentences for somebody who has never heard of it")
    codes = long_text(
        "Codes of the Common Procurement Vocabulary", "One on a line, such as 79611000 Job search services"
    )
    region = line("Code of the area where it is delivered", 10, "NUTS or ITL, such as UKI71")
    value = _pounds("Estimated value without VAT, in pounds", "value without VAT")
    value_with_vat = _pounds("Estimated value with VAT, in pounds", "value with VAT")
    tender_notice_on = _day("When will the tender notice come?")
    award_on = _day("When will the contract be awarded?")
    starts_on = _day("First day of the contract")
    ends_on = _day("Last day of the contract")
    suits_small = _suits("Is it suitable for small and medium-sized enterprises?")
    suits_voluntary = _suits("Is it suitable for voluntary, community and social enterprises?")

    @classmethod
    def shown(cls, row: Procurement) -> Mapping[str, str]:
        texts = {name: written(field, getattr(row, name)) for name, field in cls.base_fields.items()}
        for name in DAYS:
            day: date | None = getattr(row, name)
            texts[name] = f"{day.day} {day.month} {day.year}" if day else ""
        for name in ("suits_small", "suits_voluntary"):
            texts[name] = next(word for word, answer in ANSWERS.items() if answer is getattr(row, name))
        return texts

    def lay_out(self) -> Helper:
        return helper(
            Fieldset(
                Field.text("reference", field_width=Fixed.TWENTY),
                Field.textarea("description", rows=5),
                Field.textarea("codes", rows=3),
                Field.text("region", field_width=Fixed.TEN),
                legend="What",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.text("value", field_width=Fixed.TEN),
                Field.text("value_with_vat", field_width=Fixed.TEN),
                legend="For how much",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(*(Field(name) for name in DAYS), legend="When", legend_size=Size.MEDIUM),
            Fieldset(
                Field.radios("suits_small", legend_size=Size.SMALL),
                Field.radios("suits_voluntary", legend_size=Size.SMALL),
                legend="Who could do it",
                legend_size=Size.MEDIUM,
            ),
            submit="Save the procurement",
        )

    def clean_codes(self) -> str:
        text = str(self.cleaned_data["codes"])
        try:
            read_codes(text)
        except UnreadableCodeError as error:
            said = f"Start every line with a code of eight figures. This one does not: {str(error)[:100]}"
            raise forms.ValidationError(said) from None
        return text

    def clean(self) -> dict[str, Any]:
        for earlier, later, message in (
            ("starts_on", "ends_on", "The contract cannot end before it starts"),
            ("tender_notice_on", "award_on", "The award cannot come before the tender notice"),
            ("award_on", "starts_on", "The contract cannot start before the award"),
        ):
            first, then = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
            if first and then and then < first:
                self.add_error(later, message)
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        answers = {name: ANSWERS[self.cleaned_data.get(name) or ""] for name in ("suits_small", "suits_voluntary")}
        return {**super().values(), **{name: {name: answer} for name, answer in answers.items()}}
