"""Writing measure cards: who may, what is refused, what the audit log says, and two people at once."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning import services
from commissioning.models import AuditEntry, MeasureCard, Programme, User
from commissioning.services.drafts import Edit, StaleError
from commissioning.services.measures import MOST_CARDS
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
    return measures.added(programme, by=people.amina)


def shown(row: MeasureCard) -> dict[str, str]:
    return {name: getattr(row, name) for name in ("name", "definition", "state", "state_reason")}


def edit(card: MeasureCard, **typed: str) -> Edit:
    was = shown(card)
    values: dict[str, Any] = {name: {name: text} for name, text in typed.items()}
    return Edit(was=was, typed={**was, **typed}, values=values, shown=shown)


def last() -> AuditEntry:
    return AuditEntry.objects.latest("at")


def test_a_new_card_is_an_idea_and_stands_in_the_audit_log(card: MeasureCard) -> None:
    assert card.state == "idea"
    assert (last().action, last().detail["name"]) == ("added a measure", "In work")


def test_a_card_without_a_name_or_with_one_that_is_taken_is_refused(people: Cast, card: MeasureCard) -> None:
    for name in ("", "In work"):
        with pytest.raises(ValidationError):
            services.measures.add(programme=card.programme, values={"name": name}, by=people.amina)

    assert MeasureCard.objects.count() == 1


def test_a_programme_holds_no_more_cards_than_people_can_read(people: Cast, programme: Programme) -> None:
    MeasureCard.objects.bulk_create(MeasureCard(programme=programme, name=str(each)) for each in range(MOST_CARDS))

    with pytest.raises(ValidationError, match="at most 100 measures"):
        measures.added(programme, by=people.amina)


def test_a_change_is_noted_and_no_change_is_not(people: Cast, card: MeasureCard) -> None:
    services.measures.change(card=card, edit=edit(card, name="In paid work"), by=people.bob)
    changed = last()
    fresh = MeasureCard.objects.get()
    services.measures.change(card=fresh, edit=edit(fresh), by=people.bob)

    assert changed.detail["changes"] == [{"field": "name", "from": "In work", "to": "In paid work"}]
    assert last() == changed


def test_two_people_who_change_different_fields_both_keep_theirs(people: Cast, card: MeasureCard) -> None:
    services.measures.change(card=card, edit=edit(card, name="In paid work"), by=people.amina)
    services.measures.change(card=card, edit=edit(card, definition="16 hours"), by=people.bob)

    found = MeasureCard.objects.get()
    assert (found.name, found.definition) == ("In paid work", "16 hours")


def test_of_two_who_change_the_same_field_the_later_sees_both_texts(people: Cast, card: MeasureCard) -> None:
    services.measures.change(card=card, edit=edit(card, definition="16 hours"), by=people.amina)

    with pytest.raises(StaleError) as stale:
        services.measures.change(card=card, edit=edit(card, definition="20 hours"), by=people.bob)

    assert [(each.theirs, each.mine) for each in stale.value.conflicts] == [("16 hours", "20 hours")]


def test_a_decision_is_noted_and_dropping_needs_a_reason(people: Cast, card: MeasureCard) -> None:
    with pytest.raises(ValidationError):
        services.measures.decide(card=card, edit=edit(card, state="dropped"), by=people.amina)

    services.measures.decide(
        card=card, edit=edit(card, state="dropped", state_reason="Nobody can check it."), by=people.amina
    )

    assert MeasureCard.objects.get().state == "dropped"
    assert last().action == "decided about a measure"


def test_an_agreed_card_is_dropped_before_it_is_removed(people: Cast, programme: Programme) -> None:
    card = measures.added(programme, by=people.amina, state="agreed")

    with pytest.raises(ValidationError, match="It is agreed"):
        services.measures.remove(card=card, by=people.amina)

    MeasureCard.objects.update(state="idea")
    services.measures.remove(card=card, by=people.amina)
    assert not MeasureCard.objects.exists()
    assert last().action == "removed a measure"


@pytest.mark.parametrize("name", ["vera", "charlie", "dilys"])
def test_whoever_may_not_edit_the_programme_writes_no_card(people: Cast, card: MeasureCard, name: str) -> None:
    by: User = getattr(people, name)
    tries = [
        lambda: services.measures.add(programme=card.programme, values={"name": "Mine"}, by=by),
        lambda: services.measures.change(card=card, edit=edit(card, name="Mine"), by=by),
        lambda: services.measures.decide(card=card, edit=edit(card, state="agreed"), by=by),
        lambda: services.measures.remove(card=card, by=by),
    ]

    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()

    assert MeasureCard.objects.get().name == "In work"
