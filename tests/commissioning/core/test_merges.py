"""Two people changing the same fields: what either typed is never lost."""

from hypothesis import given
from hypothesis import strategies as st

from commissioning.core.merges import Conflict, merge

TEXTS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "one", "two", "three"]))


def test_a_field_that_only_i_changed_is_touched():
    merged = merge({"name": "old"}, {"name": "mine"}, {"name": "old"})

    assert merged.touched == ("name",)
    assert merged.conflicts == ()


def test_a_field_that_only_somebody_else_changed_is_left_alone():
    merged = merge({"name": "old"}, {"name": "old"}, {"name": "theirs"})

    assert merged.touched == ()
    assert merged.conflicts == ()


def test_a_field_changed_to_two_things_is_a_conflict_with_all_three_texts():
    merged = merge({"name": "old"}, {"name": "mine"}, {"name": "theirs"})

    assert merged.conflicts == (Conflict("name", "old", "mine", "theirs"),)


def test_a_field_that_both_changed_to_the_same_is_neither():
    merged = merge({"name": "old"}, {"name": "new"}, {"name": "new"})

    assert merged.touched == ()
    assert merged.conflicts == ()


def test_different_ends_of_lines_are_no_change():
    merged = merge({"why": "one\ntwo"}, {"why": "one\r\ntwo "}, {"why": "one\ntwo"})

    assert merged.touched == ()


def test_a_field_that_the_row_does_not_have_counts_as_unchanged():
    merged = merge({}, {"new": "typed"}, {})

    assert merged.touched == ("new",)
    assert merged.conflicts == ()


@given(was=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_every_field_is_kept_taken_or_asked_about(was, mine, theirs):
    merged = merge(was, mine, theirs)

    asked = {conflict.field for conflict in merged.conflicts}
    for field, typed in mine.items():
        shown = was.get(field, "")
        saved = theirs.get(field, shown)
        if field in asked:
            assert len({shown, typed, saved}) == 3
        elif field in merged.touched:
            assert saved == shown != typed
        else:
            assert typed in (shown, saved)
