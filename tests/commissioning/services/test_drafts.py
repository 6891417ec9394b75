"""Saving what two people change at once, on real rows."""

import threading

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissioning.models import Programme
from commissioning.services import drafts
from commissioning.services.drafts import Edit, StaleError
from tests.factories.tariffs import imported

FIELDS = ("name", "commissioner", "summary")


def shown(programme):
    return {field: getattr(programme, field) for field in FIELDS}


def edit(was, **typed):
    texts = {**was, **typed}
    return Edit(was=was, typed=texts, values={field: {field: texts[field]} for field in FIELDS}, shown=shown)


def save(programme, what):
    with transaction.atomic():
        return drafts.apply(programme, what)


@pytest.mark.django_db
def test_a_save_changes_the_touched_fields_and_says_which():
    programme = imported()

    row, changes = save(programme, edit(shown(programme), name="New name"))

    assert row.name == "New name"
    assert [change.as_detail() for change in changes] == [{"field": "name", "from": "Back to work", "to": "New name"}]


@pytest.mark.django_db
def test_long_texts_do_not_go_into_the_audit_log():
    programme = imported()

    _, changes = save(programme, edit(shown(programme), summary="word " * 50))

    assert [change.as_detail() for change in changes] == [{"field": "summary"}]


@pytest.mark.django_db
def test_two_people_who_change_different_fields_both_keep_theirs():
    programme = imported()
    opened = shown(programme)

    save(programme, edit(opened, name="Hers"))
    row, _ = save(programme, edit(opened, summary="His"))

    assert (row.name, row.summary) == ("Hers", "His")


@pytest.mark.django_db
@pytest.mark.promise("D1")
def test_the_second_of_two_who_change_the_same_field_sees_both_texts_and_nothing_is_saved():
    programme = imported()
    opened = shown(programme)
    save(programme, edit(opened, name="Hers"))

    with pytest.raises(StaleError) as stale:
        save(programme, edit(opened, name="His", summary="Also his"))

    assert [(conflict.theirs, conflict.mine) for conflict in stale.value.conflicts] == [("Hers", "His")]
    programme.refresh_from_db()
    assert (programme.name, programme.summary) == ("Hers", "")


@pytest.mark.django_db
def test_a_value_that_the_row_refuses_changes_nothing():
    programme = imported()

    with pytest.raises(Exception, match="at most 300"):
        save(programme, edit(shown(programme), name="x" * 301))

    programme.refresh_from_db()
    assert programme.name == "Back to work"


@pytest.mark.django_db
def test_an_edit_that_touches_nothing_writes_nothing(django_assert_num_queries):
    programme = imported()

    with django_assert_num_queries(3):  # savepoint, row, release
        save(programme, edit(shown(programme)))


def play(programme, steps):
    """Let people open and save in any order; nobody's text may vanish unseen."""
    pages: dict[int, dict[str, str]] = {}
    for who, field, text in steps:
        programme.refresh_from_db()
        now = shown(programme)
        page = pages.pop(who, None)
        if page is None:
            pages[who] = now
            continue
        changed_by_others = {key for key in FIELDS if now[key] != page[key]}
        try:
            row, _ = save(programme, edit(page, **{field: text}))
        except StaleError as stale:
            assert [conflict.field for conflict in stale.conflicts] == [field]
            assert field in changed_by_others
            assert stale.conflicts[0].theirs == now[field]
            continue
        after = shown(row)
        assert after[field] == (text if text != page[field] else now[field])
        assert all(after[key] == now[key] for key in FIELDS if key != field)


STEPS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(FIELDS), st.sampled_from(["one", "two", "three"])),
    min_size=2,
    max_size=12,
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.django_db
@pytest.mark.promise("D1")
@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_no_order_of_opening_and_saving_loses_an_update(db, steps):
    with transaction.atomic():
        play(imported(), steps)
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.promise("D1")
@settings(max_examples=10_000, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_none_of_ten_thousand_orders_loses_an_update(db, steps):
    with transaction.atomic():
        play(imported(), steps)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("D1")
def test_of_two_hundred_pairs_who_save_at_the_same_moment_one_wins_and_the_other_is_told():
    programme = imported()
    told = []

    def try_to_save(text, opened, barrier):
        barrier.wait()
        try:
            save(Programme(pk=programme.pk), edit(opened, name=text))
        except StaleError as stale:
            told.append((stale.conflicts[0].theirs, stale.conflicts[0].mine))
        finally:
            connection.close()

    for number in range(200):
        programme.refresh_from_db()
        barrier = threading.Barrier(2)
        texts = [f"{number} hers", f"{number} his"]
        people = [threading.Thread(target=try_to_save, args=(text, shown(programme), barrier)) for text in texts]
        for person in people:
            person.start()
        for person in people:
            person.join()
        programme.refresh_from_db()
        theirs, mine = told[-1]
        assert {theirs, mine} == set(texts)
        assert programme.name == theirs

    assert len(told) == 200
