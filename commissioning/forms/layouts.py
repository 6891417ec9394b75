"""The one door to the form pack: forms of every app take their helper and layout from here.

    class RunForm(forms.Form):
        draws = forms.IntegerField(label="How many draws", help_text="More draws take longer")

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.helper = helper(Field.text("draws", field_width=5), submit="Start the run")

In the template: {% load crispy_forms_tags %} {% crispy form %}. The base template shows the error summary by itself
where the page's form is in the context as "form".
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.choices import Choice
from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Div, Field, Fieldset, Fixed, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError

__all__ = [
    "HTML",
    "Button",
    "Choice",
    "DateField",
    "Div",
    "Field",
    "Fieldset",
    "Fixed",
    "Fluid",
    "Helper",
    "Layout",
    "Size",
    "helper",
]


class Helper(FormHelper):  # type: ignore[misc]
    """A form helper whose form leaves all checking to the server and refuses a layout that would crash."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser's own bubbles are not announced well and cannot be worded.
        self.attrs = {"novalidate": "novalidate"}
        self.include_media = False

    def render_layout(self, form: forms.BaseForm, *args: Any, **kwargs: Any) -> str:
        """Check that every counted textarea has a help text, without which the pack fails."""
        for item in counted(self.layout):
            for name in item.fields:
                if not form.fields[name].help_text:
                    raise ImproperlyConfigured(f"Give {name} a help text: a counted textarea needs one")
        return str(super().render_layout(form, *args, **kwargs))


def counted(layout: LayoutObject) -> Iterator[Field]:
    """Find the textareas that count what is typed."""
    for item in getattr(layout, "fields", []):
        if isinstance(item, Field) and {"max_characters", "max_words"} & set(item.context):
            yield item
        elif isinstance(item, LayoutObject):
            yield from counted(item)


def helper(*items: LayoutObject | str, submit: str, warning: bool = False, action: str = "") -> Helper:
    """Build the usual form: these items, then one button that says what it does."""
    made = Helper()
    button = Button.warning if warning else Button.primary
    made.layout = Layout(*items, button("submit", submit))
    if action:
        made.form_action = action
    return made


class DateField(DateInputField):  # type: ignore[misc]
    """A date in three boxes that says what is wrong in plain words."""

    def compress(self, data_list: tuple[str | None, ...]) -> date | None:
        """Turn day, month and year into a date."""
        try:
            return super().compress(data_list)  # type: ignore[no-any-return]
        except (ValidationError, OverflowError) as error:
            raise ValidationError("Enter a real date, for example 27 3 2026") from error
