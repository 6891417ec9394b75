"""What the database itself holds of a measure card, each rule broken once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from commissioning.models import MeasureCard, Programme
from commissioning.models.cases import LONGEST_TEXT
from commissioning.models.measures import TEXTS
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def card(people: Cast, programme: Programme) -> MeasureCard:
    return measures.whole(programme, by=people.amina)


@pytest.mark.parametrize(
    "broken",
    [
        {"name": ""},
        {"own_outcomes": 3},
        {"verifier": "nobody"},
        {"independence": "half"},
        {"use": "hoped for"},
        {"state": ""},
        {"state": "lost"},
        {"state": "dropped"},
        {"reference_scheme": "sdg", "reference": "3.1"},
        {"reference": "AAA.BB.ZZ"},
        {"reference_scheme": "ichi"},
        {"cost_of_claim": -1},
        {"cost_of_claim": 10**12 + 1},
        {"lag_months": -1},
        {"lag_months": 601},
        *({field: "x" * (LONGEST_TEXT + 1)} for field in TEXTS),
    ],
    ids=lambda broken: "-".join(f"{name}={str(value)[:12]}" for name, value in broken.items()),
)
def test_the_database_refuses_what_a_card_cannot_say(card: MeasureCard, broken: dict[str, Any]) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        MeasureCard.objects.filter(pk=card.pk).update(**broken)


def test_a_card_is_for_a_group_or_for_everyone(programme: Programme, card: MeasureCard) -> None:
    group = programme.groups.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureCard.objects.filter(pk=card.pk).update(group=group, for_everyone=True)

    MeasureCard.objects.filter(pk=card.pk).update(group=group, for_everyone=False)
    assert MeasureCard.objects.get().for_whom() == "Near"


def test_a_name_stands_once_in_a_programme(people: Cast, programme: Programme, card: MeasureCard) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureCard.objects.create(programme=programme, name=card.name)


@pytest.mark.parametrize("field", ["milestone", "group"])
def test_what_belongs_to_another_programme_is_refused(
    people: Cast, programme: Programme, card: MeasureCard, field: str
) -> None:
    other = imported(organisation=people.authority, by=people.amina)
    card.for_everyone = False
    setattr(card, field, other.milestones.get(key="job") if field == "milestone" else other.groups.get(key="a"))

    with pytest.raises(ValidationError) as refused:
        card.full_clean()

    assert refused.value.message_dict == {field: [f"Choose a {field} of this programme"]}


def test_removing_its_group_and_milestone_leaves_the_card_and_says_that_it_is_for_nobody(
    programme: Programme, card: MeasureCard
) -> None:
    MeasureCard.objects.filter(pk=card.pk).update(
        group=programme.groups.get(key="b"), milestone=programme.milestones.get(key="stay"), for_everyone=False
    )

    programme.milestones.filter(key="stay").delete()
    programme.groups.filter(key="b").delete()

    left = MeasureCard.objects.get()
    assert (left.milestone, left.group, left.for_whom()) == (None, None, "")


def test_a_card_without_figures_says_nothing_to_the_core(people: Cast, programme: Programme) -> None:
    core = measures.added(programme, by=people.amina).to_core()

    assert (core.verifier, core.independence, core.use, core.cost_of_claim, core.milestone) == (
        None, None, None, None, "",
    )  # fmt: skip


def test_a_whole_card_says_everything_to_the_core(card: MeasureCard) -> None:
    core = card.to_core()

    assert (core.verifier, core.cost_of_claim, core.milestone) == ("records", 20.0, "Job")
    assert (str(card), core.for_whom) == ("In work for half a year", "everyone who is referred")
