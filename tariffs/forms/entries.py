"""Fields for numbers as people type them, with the limits of the programme file and errors that say what to type."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.core import typed_numbers
from commissioning.core.typed_numbers import FractionError, UnreadableError
from tariffs.sources import programme_limits
from tariffs.sources.programme_limits import Limits

#: A number never needs more characters, however small it is.
LONGEST = 400
#: Where the value stands in the programme file: a definition of its schema, and a key there. Or limits of its own.
Place = tuple[str, str] | Limits


class EntryField(forms.CharField):
    """One number; `what` names it in errors: "number of referrals a month"."""

    example = "350"
    unit = ""

    def __init__(self, place: Place, *, what: str, example: str = "", required: bool = True, **kwargs: Any) -> None:
        self.limits = place if isinstance(place, Limits) else programme_limits.limits(*place)
        self.what = what
        self.example = example or self.example
        missing = {"required": f"Enter the {what}", "max_length": self._shape(what)}
        super().__init__(max_length=LONGEST, required=required, error_messages=missing, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "spellcheck": "false"}

    def _shape(self, what: str) -> str:
        return f"Enter the {what} as a number, like {self.example}"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = self.read(text)
        except UnreadableError:
            raise ValidationError(self._shape(self.what)) from None
        except FractionError:
            raise ValidationError(self.too_fine()) from None
        if not self.limits.low <= number <= self.limits.high:
            raise ValidationError(self._outside())
        return number

    def read(self, text: str) -> Any:
        """Read what is typed."""
        return float(typed_numbers.read(text))

    def write(self, limit: float) -> str:
        """Write a limit in the unit that people type."""
        return f"{limit:,.10g}"

    def too_fine(self) -> str:
        """Say what is wrong with a fraction."""
        return f"The {self.what} must be a whole number, like {self.example}"

    def _outside(self) -> str:
        low, high = self.write(self.limits.low), self.write(self.limits.high)
        return f"The {self.what} must be from {low} to {high}"


class NumberField(EntryField):
    """A number that may have a fraction."""


class WholeField(EntryField):
    """A whole number."""

    example = "12"

    def read(self, text: str) -> Any:
        return typed_numbers.read_whole(text)


class PoundsField(EntryField):
    """Pounds and whole pennies."""

    example = "1200 or 1200.50"

    def read(self, text: str) -> Any:
        return typed_numbers.read_pounds(text)

    def write(self, limit: float) -> str:
        return f"£{limit:,.10g}" if limit < 10**12 else "£1 million million"

    def too_fine(self) -> str:
        return f"Enter the {self.what} in pounds and whole pennies, like 1200.50"


class ShareField(EntryField):
    """So many in a hundred, kept as a share of one."""

    example = "11"

    def read(self, text: str) -> Any:
        return typed_numbers.read_share(text)

    def write(self, limit: float) -> str:
        return f"{100 * limit:,.10g} in 100"


#: How each kind of field writes the value of a row: what it writes reads as the very same value.
WRITERS: dict[type[EntryField], Callable[[Any], str]] = {
    NumberField: typed_numbers.write,
    WholeField: typed_numbers.write,
    PoundsField: typed_numbers.write_pounds,
    ShareField: typed_numbers.write_share,
}


def text_field(
    place: tuple[str, str], *, what: str, required: bool = True, lines: int = 1, **kwargs: Any
) -> forms.CharField:
    """Make a field for words, as long as the programme file takes."""
    longest = programme_limits.longest(*place)
    errors = {
        "required": f"Enter the {what}",
        "max_length": f"The {what} must be {longest:,} characters or fewer",
        "null_characters_not_allowed": f"Remove the null characters from the {what}",
    }
    widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
    return forms.CharField(max_length=longest, required=required, error_messages=errors, widget=widget, **kwargs)
