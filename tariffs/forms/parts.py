"""What the forms for all parts of a programme share: writing rows as their fields show them, and naming a source."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from commissioning.core import typed_numbers
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Field, Fieldset, Fixed, Size
from commissioning.models.provenance import Sourced

from .entries import LONGEST, WRITERS, EntryField, text_field

INTERVAL = (-1e12, 1e12)
ENDS = ("interval_low", "interval_high")


class PartForm(DraftForm):
    """A form whose fields have the names of the row's attributes."""

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        # A file may leave a part without a name; whoever changes something else there is not made to give one.
        if row is not None and not str(getattr(row, "name", "there is no such thing")).strip():
            self.fields["name"].required = False

    @classmethod
    def shown(cls, row: Any) -> Mapping[str, str]:
        return {name: written(field, getattr(row, name)) for name, field in cls.base_fields.items()}


def written(field: forms.Field, value: Any) -> str:
    """Write a value of a row as its field shows it."""
    if isinstance(field, EntryField):
        return WRITERS[type(field)](value)
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    return "" if value is None else str(getattr(value, "pk", value))


class EndField(forms.CharField):
    """One end of the range in which a figure may lie; `hundredths` where the figure is typed as so many in 100."""

    def __init__(self, *, hundredths: bool = False, **kwargs: Any) -> None:
        self.hundredths = hundredths
        super().__init__(required=False, max_length=LONGEST, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = typed_numbers.read_share(text) if self.hundredths else float(typed_numbers.read(text))
        except typed_numbers.UnreadableError:
            raise forms.ValidationError("Enter the end of the range as a number, like 12.5") from None
        if not INTERVAL[0] <= number <= INTERVAL[1]:
            raise forms.ValidationError("The end of the range must be from -1,000,000,000,000 to 1,000,000,000,000")
        return number


class SourcedForm(PartForm):
    """A form on a row whose figures come from somewhere: source, date, quality, and how far the figure may be wrong."""

    source = text_field(
        ("group", "source"),
        what="source",
        required=False,
        lines=3,
        label="Where does this come from?",
        help_text="Author, title, year and page, or who worked it out and how. If it is assumed, say why.",
    )
    source_url = text_field(("group", "url"), what="web address", required=False, label="Web address of the source")
    source_date = text_field(("group", "date"), what="date", required=False, label="Date of the source")
    quality = forms.ChoiceField(
        label="How far can it be relied on?",
        required=False,
        choices=[("", "Not said"), *Sourced.Quality.choices],
        error_messages={"invalid_choice": "Choose how far the source can be relied on"},
    )
    interval_low = EndField(label="Lowest it may be", help_text="Leave both ends empty where nothing is known")
    interval_high = EndField(label="Highest it may be")
    #: What the range is a range of.
    figure: ClassVar[str] = ""

    def source_fieldset(self) -> Fieldset:
        """Lay out the questions about the source."""
        return Fieldset(
            Field.textarea("source", rows=3),
            Field.text("source_url"),
            Field.text("source_date", field_width=Fixed.TWENTY),
            Field.select("quality"),
            *(Field.text(name, field_width=Fixed.TEN) for name in ENDS if name in self.fields),
            legend=f"Where the {self.figure} comes from",
            legend_size=Size.MEDIUM,
        )

    @classmethod
    def shown(cls, row: Any) -> Mapping[str, str]:
        ends = {name: cls.base_fields[name] for name in ENDS if name in cls.base_fields}
        scaled = {
            name: (typed_numbers.write_share if getattr(field, "hundredths", False) else typed_numbers.write)(
                getattr(row, name)
            )
            for name, field in ends.items()
        }
        return {**super().shown(row), **scaled}

    def clean(self) -> dict[str, Any]:
        low, high = self.cleaned_data.get("interval_low"), self.cleaned_data.get("interval_high")
        if set(ENDS) & set(self.errors):
            return self.cleaned_data
        if (low is None) != (high is None):
            missing = "interval_low" if low is None else "interval_high"
            self.add_error(missing, "Enter both ends of the range, or neither")
        elif low is not None and high is not None and low > high:
            self.add_error("interval_high", "The high end of the range must not be below the low end")
        return self.cleaned_data
