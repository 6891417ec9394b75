"""Claiming a row, deciding a claim, and correcting what is said of a provider."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from commissioning.forms.layouts import Choice, Field, Size, helper
from commissioning.models import Organisation
from markets.core import areas as places
from markets.core.served import WHO
from markets.models import Correction, Provider
from markets.services.claims import Said, is_number_of

_NONE = Organisation._default_manager.none()
_LIST = {"required": "Choose from the list", "invalid_choice": "Choose from the list"}
MOST_POUNDS = 10**12


class ClaimForm(forms.Form):
    """Who claims the row, by which number, and who is to check it."""

    organisation = forms.ModelChoiceField(
        label="For which organisation do you speak?", queryset=_NONE, empty_label=None, error_messages=_LIST
    )
    number = forms.CharField(
        label="What is its official number?",
        help_text="The charity or company number, as it stands on the public register",
        max_length=50,
        error_messages={"required": "Enter the official number", "max_length": "A number has at most 50 characters"},
    )
    asked_of = forms.ModelChoiceField(
        label="Which authority shall check it?",
        help_text="An approver there confirms that you speak for this organisation",
        queryset=_NONE,
        empty_label="Choose an authority",
        error_messages=_LIST,
    )
    evidence = forms.CharField(
        label="How can the authority check it?",
        help_text="For example: write to the address that the public register names, and we answer from there. "
        "Do not give names, telephone numbers or e-mail addresses",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Say how it can be checked", "max_length": "Use at most 1,000 characters"},
    )

    def __init__(
        self,
        *args: Any,
        provider: Provider,
        claimants: QuerySet[Organisation],
        authorities: QuerySet[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.provider = provider
        for name, choices in (("organisation", claimants), ("asked_of", authorities)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices
        self.helper = helper(
            Field.select("organisation"),
            Field.text("number", field_width=20),
            Field.select("asked_of"),
            Field.textarea("evidence", rows=4, max_characters=1000),
            submit="Ask the authority",
        )

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if not is_number_of(self.provider, number):
            raise ValidationError("This is not the official number of this row. Check it on the public register")
        return number


class DecisionForm(forms.Form):
    """Confirmed or refused."""

    decision = forms.ChoiceField(
        label="Do they speak for this organisation?",
        widget=forms.RadioSelect,
        choices=[
            Choice("confirm", "Yes, I have checked it", hint="They can then correct what is said of it"),
            Choice("refuse", "No, or it cannot be checked"),
        ],
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )
    reason = forms.CharField(
        label="If not, why?",
        help_text="The provider reads this",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        error_messages={"max_length": "Use at most 500 characters"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.radios("decision", legend_size=Size.SMALL),
            Field.textarea("reason", rows=3, max_characters=500),
            submit="Save the decision",
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("decision") == "refuse" and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Say why you refuse it")
        return self.cleaned_data


_QUESTIONS = {
    "appetite": ("What share of your free reserves would your trustees put at risk?", "In per cent, such as 25"),
    "free_reserves": ("What are your free reserves?", "In pounds, without fixed assets for your own use"),
    "served": ("Whom do you help?", ""),
    "areas": ("Where do you work?", "One local authority to a line, such as Barnet"),
}


class CorrectionForm(forms.Form):
    """What the provider says, and who may see it."""

    sight = forms.ChoiceField(
        label="Who may see it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may see it", "invalid_choice": "Choose from the list"},
    )
    shown_to = forms.ModelMultipleChoiceField(
        label="If only authorities that you name, which?",
        queryset=_NONE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list", "invalid_pk_value": "Choose from the list"},
    )

    def __init__(
        self, *args: Any, about: str, authorities: QuerySet[Organisation], there: Correction | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.fields = {"value": _value_field(about), **self.fields}
        self.fields["sight"].choices = _sights(about)  # type: ignore[attr-defined]
        field = self.fields["shown_to"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = authorities
        self.initial["sight"] = Correction.Sight.NOBODY
        if there:
            self.initial["value"], self.initial["sight"] = _written(about, there.value), there.sight
            self.initial["shown_to"] = list(there.shown_to.all())
        self.helper = helper(
            _layout(about),
            Field.radios("sight", legend_size=Size.SMALL),
            Field.checkboxes("shown_to", legend_size=Size.SMALL),
            submit="Save",
        )

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if self.about == "areas":
            return _codes(str(value))
        return [int(code) for code in value] if self.about == "served" else value

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("sight") == Correction.Sight.EXACT and not self.cleaned_data.get("shown_to"):
            self.add_error("shown_to", "Choose at least one authority")
        return self.cleaned_data

    def said(self) -> Said:
        """Give what the service takes."""
        value = self.cleaned_data["value"]
        if isinstance(value, Decimal):
            value = str(value / 100 if self.about == "appetite" else value)
        shown_to = tuple(self.cleaned_data["shown_to"])
        return Said(field=self.about, value=value, sight=self.cleaned_data["sight"], shown_to=shown_to)


def _value_field(about: str) -> forms.Field:
    label, hint = _QUESTIONS[about]
    if about == "served":
        return forms.MultipleChoiceField(
            label=label,
            choices=[Choice(str(code), words) for code, words in WHO.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose whom you help", "invalid_choice": "Choose from the list"},
        )
    if about == "areas":
        return forms.CharField(
            label=label,
            help_text=hint,
            max_length=5000,
            widget=forms.Textarea,
            error_messages={"required": "Enter where you work", "max_length": "Use at most 5,000 characters"},
        )
    low, high, words = (
        (0, 100, "Enter a number from 0 to 100") if about == "appetite" else (-MOST_POUNDS, MOST_POUNDS, "")
    )
    wrong = words or "Enter an amount in pounds"
    names = ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    return forms.DecimalField(
        label=label,
        help_text=hint,
        min_value=low,
        max_value=high,
        decimal_places=2,
        max_digits=15,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(names, wrong),
    )


def _layout(about: str) -> Field:
    if about == "served":
        return Field.checkboxes("value", legend_size=Size.SMALL)
    return Field.textarea("value", rows=6) if about == "areas" else Field.text("value", field_width=10)


def _sights(about: str) -> list[Choice]:
    hints = {
        Correction.Sight.NOBODY: "It helps you to keep it here, and changes nothing for others",
        Correction.Sight.BAND: "Such as: one to three months of spending",
        Correction.Sight.EXACT: "No other authority sees that you said anything",
    }
    fitting = [each for each in Correction.Sight if about in ("appetite", "free_reserves") or each != "band"]
    return [Choice(each.value, each.label, hint=hints[each]) for each in fitting]


def _written(about: str, value: Any) -> Any:
    if about == "areas":
        return "\n".join(places.names_of(value))
    if about == "served":
        return [str(code) for code in value]
    number = Decimal(str(value)) * (100 if about == "appetite" else 1)
    return f"{number.normalize():f}"


def _codes(written: str) -> list[str]:
    codes, unknown = places.written(written)
    if unknown:
        raise ValidationError(f"{unknown[0][:60]} is no local authority of the United Kingdom that is known here")
    return list(codes)


def about_words(about: str) -> str:
    """Give the question that a correction answers."""
    return _QUESTIONS[about][0]
