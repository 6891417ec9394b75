"""A day and a time of day in London, typed in two fields and read as one moment in UTC."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.core import london_times
from commissioning.core.figures import LONDON
from commissioning.core.london_times import DoubleTimeError, MissingTimeError, UnreadableTimeError
from commissioning.forms.layouts import DateField, Field, Fieldset, Fixed, Size

ON, AT = "_on", "_at"
SHAPE = "Enter the time of day, like 5pm or 17:00"
MISSING = "There is no such time that night: clocks go forward by an hour. Choose a time before 1am or from 2am on."
DOUBLE = "Clocks show that time twice that night, as they go back by an hour. Choose a time before 1am or from 2am on."
LATEST = 2100


def fields(name: str, *, what: str, required: bool = True, default: str = "") -> dict[str, forms.Field]:
    """Make the two fields of a moment; `what` names it in errors: "closing"."""
    day = DateField(label="Day", required=required, help_text="For example, 27 3 2027")
    # The pack's own field takes no messages.
    day.error_messages["required"] = f"Enter the day of {what}"
    clock = forms.CharField(
        label="Time of day in London",
        required=required,
        max_length=20,
        initial=default,
        help_text="For example, 5pm or 17:00",
        error_messages={
            "required": f"Enter the time of day of {what}",
            "max_length": SHAPE,
            "null_characters_not_allowed": SHAPE,
        },
    )
    return {name + ON: day, name + AT: clock}


def fieldset(name: str, legend: str) -> Fieldset:
    """Lay the two fields out under one heading."""
    return Fieldset(name + ON, Field.text(name + AT, field_width=Fixed.FIVE), legend=legend, legend_size=Size.MEDIUM)


def clean(form: forms.Form, name: str) -> datetime | None:
    """Read the moment of a form that has its fields; errors stand beside the time."""
    day, clock = form.cleaned_data.get(name + ON), form.cleaned_data.get(name + AT)
    if {name + ON, name + AT} & set(form.errors):
        return None
    if not day and not clock:
        return None
    if not day or not clock:
        form.add_error(name + (AT if day else ON), "Enter both the day and the time of day, or neither")
        return None
    try:
        return _moment(day, str(clock))
    except ValidationError as error:
        form.add_error(name + AT, error)
        return None


def _moment(day: date, clock: str) -> datetime:
    if not 2000 < day.year < LATEST:
        raise ValidationError(f"Enter a day before {LATEST}")
    try:
        return london_times.moment(day, london_times.read_time(clock))
    except UnreadableTimeError:
        raise ValidationError(SHAPE) from None
    except MissingTimeError:
        raise ValidationError(MISSING) from None
    except DoubleTimeError:
        raise ValidationError(DOUBLE) from None


def initial(name: str, at: datetime | None) -> dict[str, Any]:
    """Write a moment as its two fields show it."""
    if at is None:
        return {}
    return {name + ON: at.astimezone(LONDON).date(), name + AT: london_times.write_time(at)}


def put_errors(form: forms.Form, error: ValidationError) -> None:
    """Put what a service refuses beside the fields that it names; a moment's beside its time of day."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in found.items():
        place = next((each for each in (name, name.removesuffix("_at") + AT) if each in form.fields), None)
        form.add_error(place, messages)
