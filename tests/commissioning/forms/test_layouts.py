"""The one door to the form pack."""

from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ImproperlyConfigured

from commissioning.forms.layouts import DateField, Div, Field, helper


class Counted(forms.Form):
    words = forms.CharField(widget=forms.Textarea)

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = hint
        self.helper = helper(Div(Field.textarea("words", max_characters=10)), submit="Save")


class Dated(forms.Form):
    start = DateField(label="Start")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field("start"), submit="Save", warning=True, action="/there/")


def test_checking_is_left_to_the_server():
    page = render_crispy_form(Dated())

    assert "novalidate" in page
    assert " required" not in page


def test_a_form_says_where_it_goes_and_what_its_button_does():
    page = render_crispy_form(Dated())

    assert 'action="/there/"' in page
    assert "govuk-button--warning" in page


def test_a_counted_textarea_without_a_hint_is_refused_in_plain_words():
    with pytest.raises(ImproperlyConfigured, match="Give words a help text"):
        render_crispy_form(Counted())


def test_a_counted_textarea_with_a_hint_is_shown():
    assert "govuk-character-count" in render_crispy_form(Counted(hint="Short"))


@pytest.mark.parametrize("day", [("31", "2", "2026"), ("1", "13", "2026"), ("1", "1", "99999")])
def test_a_date_that_does_not_exist_is_refused_in_plain_words(day: tuple[str, str, str]):
    form = Dated(dict(zip(["start_0", "start_1", "start_2"], day, strict=True)))

    assert form.errors["start"] == ["Enter a real date, for example 27 3 2026"]


def test_a_real_date_is_accepted():
    form = Dated({"start_0": "27", "start_1": "3", "start_2": "2026"})

    assert form.is_valid()
    assert form.cleaned_data["start"].isoformat() == "2026-03-27"
