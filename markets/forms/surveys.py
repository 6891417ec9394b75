"""Asking providers what they would put at risk, and their answers."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from commissioning.forms.layouts import Choice, DateField, Field, Size, helper
from markets.core.survey_answers import (
    APPETITE,
    CONTRACT,
    MOST_WORDS,
    NEEDS,
    SIZES,
    WAIT,
    WOULD_BID,
    Answer,
    Choices,
)
from markets.models import SurveyAnswer
from markets.services.surveys import MOST_ADDRESSES, MOST_DAYS

MOST_CHARACTERS = 60_000
USUAL_DAYS = 21
_PERSONAL = re.compile(r"\S@\S|(?:\d[\s().-]?){9,}")


class SurveyForm(forms.Form):
    """Whom to ask, and until when. What is typed is kept nowhere but on the page until it is saved."""

    addresses = forms.CharField(
        label="Whom do you ask?",
        help_text=f"One e-mail address to a line, at most {MOST_ADDRESSES}. Only you see them, and they are deleted "
        "when the survey closes",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter at least one e-mail address",
            "max_length": f"Enter at most {MOST_ADDRESSES} addresses",
        },
    )
    closes_on = DateField(
        label="Which is the last day for answers?",
        help_text=f"From tomorrow to {MOST_DAYS} days from now",
    )

    def __init__(self, *args: Any, addresses: list[str], closes_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["addresses"] = "\n".join(addresses)
        self.initial["closes_on"] = closes_on or timezone.localdate() + timedelta(days=USUAL_DAYS)
        self.helper = helper(
            Field.textarea("addresses", rows=8), Field("closes_on"), submit="Save, and read it through"
        )

    def clean_addresses(self) -> list[str]:
        found = dict.fromkeys(
            part.strip().lower() for part in re.split(r"[\s,;]+", self.cleaned_data["addresses"]) if part.strip()
        )
        for address in found:
            _refuse_no_address(address)
        if not found:
            raise ValidationError("Enter at least one e-mail address")
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(f"Enter at most {MOST_ADDRESSES} addresses: these are {len(found):,}")
        return list(found)

    def clean_closes_on(self) -> date:
        day, today = self.cleaned_data["closes_on"], timezone.localdate()
        if not today < day <= today + timedelta(days=MOST_DAYS):
            raise ValidationError(f"Choose a day from tomorrow to {MOST_DAYS} days from now")
        assert isinstance(day, date)
        return day


def _refuse_no_address(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValidationError(f"{text[:60]} is no e-mail address. Enter it like name@example.org") from error


def _choice(label: str, choices: Choices, hint: str = "") -> forms.ChoiceField:
    words = {"required": "Choose an answer", "invalid_choice": "Choose from the list"}
    options = [Choice(key, said) for key, said in choices.items()]
    return forms.ChoiceField(
        label=label, help_text=hint, choices=options, widget=forms.RadioSelect, error_messages=words
    )


class AnswerForm(forms.Form):
    """What a provider answers, in bands."""

    would_bid = _choice("Would you bid under these terms?", WOULD_BID)
    needs = forms.MultipleChoiceField(
        label="What would make it possible, or easier?",
        help_text="Choose all that apply",
        required=False,
        choices=[Choice(key, words) for key, words in NEEDS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    words = forms.CharField(
        label="Anything else, in your own words?",
        help_text="The authority reads this word for word. Leave out names, addresses and telephone numbers, and "
        "anything by which you could be recognised",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={"max_length": f"Use at most {MOST_WORDS} characters"},
    )
    appetite = _choice(
        "What share of your free reserves would your trustees put at risk?",
        APPETITE,
        "Free reserves are what is left to spend after restricted funds, and buildings and things in use",
    )
    wait = _choice("How long could you wait for a payment?", WAIT, "From the month in which you spend the money")
    smallest = _choice("What is the smallest contract you would bid for?", CONTRACT)
    largest = _choice("What is the largest contract you would bid for?", CONTRACT)
    size = _choice("What is your income a year?", SIZES)

    def __init__(self, *args: Any, there: SurveyAnswer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if there:
            self.initial = {name: getattr(there, name) for name in self.fields}
        radios = {name: Field.radios(name, legend_size=Size.MEDIUM) for name in self.fields}
        radios["needs"] = Field.checkboxes("needs", legend_size=Size.MEDIUM)
        radios["words"] = Field.textarea("words", rows=4, max_characters=MOST_WORDS, label_size=Size.MEDIUM)
        submit = "Change your answer" if there else "Send your answer"
        self.helper = helper(*radios.values(), submit=submit)

    def clean_words(self) -> str:
        words = " ".join(str(self.cleaned_data["words"]).split())
        if _PERSONAL.search(words):
            raise ValidationError("Leave out e-mail addresses and telephone numbers")
        return words

    def clean(self) -> dict[str, Any]:
        order = list(CONTRACT)
        least, most = self.cleaned_data.get("smallest"), self.cleaned_data.get("largest")
        if least and most and order.index(most) < order.index(least):
            self.add_error("largest", "The largest contract cannot be smaller than the smallest")
        return self.cleaned_data

    def answer(self) -> Answer:
        """Give what the service takes."""
        return Answer(**{**self.cleaned_data, "needs": tuple(self.cleaned_data["needs"])})
