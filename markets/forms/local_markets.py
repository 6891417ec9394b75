"""Where a programme looks for providers, and whom the registers say they help."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.forms.layouts import Choice, Div, Field, Size, helper
from commissioning.models import Group
from markets.core import areas as places
from markets.core.served import WHAT, WHO

#: Of what organisations work for, the codes by which people of like need are told apart.
_NEEDS = (102, 103, 104, 105, 107, 113)


class LocalMarketForm(forms.Form):
    """Areas, one to a line, and for each group the words by which the registers know those who help it."""

    areas = forms.CharField(
        label="Where do you look for providers?",
        help_text="One local authority, region or country to a line, such as Barnet. Leave it empty for everywhere",
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        error_messages={"max_length": "Use at most 5,000 characters"},
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"group-{group.pk}": group for group in groups}
        known = WHO | {code: WHAT[code] for code in _NEEDS}
        for name, group in self.groups.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=f"Who helps {group}?",
                help_text="An organisation counts if it says any of these. Choose none, and every one counts",
                required=False,
                choices=[Choice(str(code), words) for code, words in known.items()],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose from the list"},
            )
        fields = (Field.checkboxes(name, legend_size=Size.SMALL, small=True) for name in self.groups)
        self.helper = helper(Field.textarea("areas", rows=4), Div(*fields, css_class="app-choices"), submit="Save")

    def clean_areas(self) -> tuple[str, ...]:
        codes, unknown = places.written(str(self.cleaned_data["areas"]))
        if unknown:
            raise ValidationError(f"{unknown[0][:60]} is no local authority, region or country that is known here")
        return codes

    def chosen(self) -> dict[str, Any]:
        """Give what the service takes."""
        served = {group.key: [int(code) for code in self.cleaned_data[name]] for name, group in self.groups.items()}
        return {"areas": self.cleaned_data["areas"], "served": served}
