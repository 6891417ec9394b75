"""Forms on rows that others may change: every kind of field carries what its page showed, and takes it back."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from commissioning.core.merges import Conflict
from commissioning.forms.drafts import DraftForm, readable, text_of
from commissioning.forms.layouts import DateField
from commissioning.services.drafts import StaleError
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


class PlainForm(DraftForm):
    """A form that leaves everything as it comes."""

    name = forms.CharField(label="Name")


class EveryKindForm(DraftForm):
    """One field of each kind."""

    name = forms.CharField(label="Name")
    is_sure = forms.BooleanField(label="Sure?", required=False)
    kinds = forms.MultipleChoiceField(label="Kinds", choices=[("a", "Apples"), ("b", "Pears")], required=False)
    due = DateField(label="When?", required=False)

    @classmethod
    def shown(cls, row: Any) -> dict[str, str]:
        return {"name": row.name, "is_sure": "on", "kinds": "a,b", "due": "27 3 2027"}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def row(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


def sent(**fields: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return query


def test_a_form_shows_its_row_without_being_told_how(people: Cast, row: Any) -> None:
    form = PlainForm(row=row, by=people.amina)

    assert form["name"].value() == "Back to work"
    assert form["was-name"].value() == "Back to work"


def test_every_kind_of_field_starts_with_what_the_row_says(people: Cast, row: Any) -> None:
    form = EveryKindForm(row=row, by=people.amina)

    assert form["is_sure"].value() is True
    assert form["kinds"].value() == ["a", "b"]
    assert form["due"].value() == ["27", "3", "2027"]


def test_what_is_typed_into_every_kind_of_field_is_one_text_each(people: Cast, row: Any) -> None:
    data = sent(name="New", kinds=["b"], due_0="1", due_1="4", due_2="2028", was__due="27 3 2027")

    form = EveryKindForm(data, row=row, by=people.amina)

    assert form.is_valid(), form.errors
    assert form.typed() == {"name": "New", "is_sure": "", "kinds": "b", "due": "1 4 2028"}


def test_lines_end_in_one_way_whatever_the_browser_sent(people: Cast, row: Any) -> None:
    form = PlainForm(sent(name="One\r\nTwo\rThree"), row=row, by=people.amina)

    assert form.is_valid(), form.errors
    assert form.edit().values["name"] == {"name": "One\nTwo\nThree"}


def test_a_form_made_anew_keeps_what_was_typed_and_shows_all_else_as_saved(people: Cast, row: Any) -> None:
    was = {"was__name": "Old", "was__is_sure": "", "was__kinds": "a", "was__due": ""}
    data = sent(name="Mine", kinds=["a"], due_0="", due_1="", due_2="", **was)
    form = EveryKindForm(data, row=row, by=people.amina)
    form.is_valid()

    again = form.rebased(StaleError(row, (Conflict("name", "Old", "Mine", "Back to work"),)))

    assert again.typed() == {"name": "Mine", "is_sure": "on", "kinds": "a,b", "due": "27 3 2027"}
    assert again["was-name"].value() == "Back to work"
    assert [(both.label, both.theirs, both.yours) for both in again.both] == [("Name", "Back to work", "Mine")]


def test_a_tick_that_somebody_took_away_is_taken_away(people: Cast, row: Any) -> None:
    class UntickedForm(EveryKindForm):
        @classmethod
        def shown(cls, row: Any) -> dict[str, str]:
            return {"name": "Saved", "is_sure": "", "kinds": "", "due": ""}

    was = {"was__name": "Old", "was__is_sure": "on", "was__kinds": "a", "was__due": "27 3 2027"}
    data = sent(name="Old", is_sure="on", kinds=["a"], due_0="27", due_1="3", due_2="2027", **was)
    form = UntickedForm(data, row=row, by=people.amina)
    form.is_valid()

    assert form.rebased(StaleError(row, ())).typed() == {"name": "Saved", "is_sure": "", "kinds": "", "due": ""}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("name", "", "nothing"),
        ("is_sure", "on", "ticked"),
        ("is_sure", "", "not ticked"),
        ("kinds", "a,b", "Apples, Pears"),
        ("kinds", "", "nothing"),
    ],
)
def test_a_text_is_read_as_people_read_it(name: str, text: str, words: str) -> None:
    assert readable(EveryKindForm.base_fields[name], text) == words


def test_nothing_is_an_empty_text() -> None:
    assert text_of(forms.CharField(), None) == ""
