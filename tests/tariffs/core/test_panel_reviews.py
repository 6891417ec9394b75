"""Panel reviews: agreement against a published example and by hand, leanings, and what marks would have paid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.core.panel_reviews import (
    Case,
    Leaning,
    Mark,
    agreeing_pairs,
    alpha,
    as_array,
    leanings,
    shadow,
    spreads,
)

ACHIEVED, PARTLY, NOT = Mark.ACHIEVED, Mark.PARTLY, Mark.NOT
_ = np.nan
#: Krippendorff (2011), section C to F: four observers, twelve units, values 1 to 5, with values missing.
PUBLISHED = (
    np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
            [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
        ]
    ).T
    - 1
)
MARKS = st.lists(st.lists(st.sampled_from([None, *Mark]), min_size=3, max_size=3), min_size=1, max_size=12)


def test_alpha_is_that_of_krippendorffs_own_example() -> None:
    assert alpha(PUBLISHED, levels=5) == pytest.approx(0.815, abs=0.0005)


def test_alpha_by_hand() -> None:
    """Three cases of two members: both achieved, both not, one achieved and one not.

    Coincidences: achieved with achieved 2, not with not 2, apart 1 + 1; 3 marks each. Only two steps are used, so the
    distance falls out: 1 - (6 - 1) * 2 / (2 * 3 * 3) = 1 - 10 / 18.
    """
    marks = as_array([[ACHIEVED, ACHIEVED], [NOT, NOT], [ACHIEVED, NOT]])

    assert alpha(marks) == pytest.approx(8 / 18)
    assert agreeing_pairs(marks) == pytest.approx(2 / 3)


def test_where_all_marks_are_alike_or_no_case_has_two_there_is_no_alpha() -> None:
    assert alpha(as_array([[ACHIEVED, ACHIEVED], [ACHIEVED, ACHIEVED]])) is None
    assert alpha(as_array([[ACHIEVED, None], [None, NOT]])) is None
    assert agreeing_pairs(as_array([[ACHIEVED, None], [None, NOT]])) is None
    assert alpha(as_array([])) is None and agreeing_pairs(as_array([])) is None


@given(MARKS)
def test_agreement_is_a_share_and_alpha_is_at_most_one(marks: list[list[Mark | None]]) -> None:
    array = as_array(marks)
    share, found = agreeing_pairs(array), alpha(array)

    assert share is None or 0 <= share <= 1
    assert found is None or found <= 1 + 1e-12
    if found is not None:
        assert (share == 1) == (found == pytest.approx(1))


@given(MARKS)
def test_neither_the_order_of_members_nor_turning_the_marks_round_changes_alpha(
    marks: list[list[Mark | None]],
) -> None:
    array = as_array(marks)
    found = alpha(array)

    assert alpha(array[:, ::-1]) == (None if found is None else pytest.approx(found))
    assert alpha(2 - array) == (None if found is None else pytest.approx(found))


def test_how_a_member_leans_is_set_against_the_others_in_the_same_cases() -> None:
    marks = as_array(
        [
            [ACHIEVED, PARTLY, PARTLY],
            [ACHIEVED, NOT, PARTLY],
            [PARTLY, None, None],
        ]
    )

    first, second, third = leanings(marks, least=2)

    assert first == Leaning(2, pytest.approx((1 + 1.5) / 2))
    assert second == Leaning(2, pytest.approx((-0.5 - 1.5) / 2))
    assert third == Leaning(2, pytest.approx((-0.5 + 0) / 2))


def test_of_fewer_than_five_cases_no_leaning_is_told() -> None:
    four = as_array([[ACHIEVED, NOT]] * 4)
    five = as_array([[ACHIEVED, NOT]] * 5)

    assert leanings(four) == (Leaning(4, None), Leaning(4, None))
    assert leanings(five) == (Leaning(5, 2.0), Leaning(5, -2.0))
    assert leanings(as_array([[ACHIEVED, None]]), least=0) == (Leaning(0, None), Leaning(0, None))


@given(MARKS)
def test_with_two_members_what_one_leans_up_the_other_leans_down(marks: list[list[Mark | None]]) -> None:
    first, second = leanings(as_array([row[:2] for row in marks]), least=1)

    assert (first.steps is None) == (second.steps is None)
    if first.steps is not None and second.steps is not None:
        assert first.steps == pytest.approx(-second.steps)


def test_a_case_divides_by_the_steps_between_its_marks() -> None:
    marks = as_array([[ACHIEVED, NOT], [PARTLY, NOT], [PARTLY, PARTLY], [PARTLY, None], [None, None]])

    assert spreads(marks) == (2, 1, 0, 0, 0)


def test_what_the_panel_would_pay_is_set_against_what_the_measure_pays() -> None:
    cases = [
        Case(1000.0, True, ACHIEVED),
        Case(1000.0, True, NOT),
        Case(400.0, False, PARTLY),
        Case(400.0, None, ACHIEVED),
        Case(None, True, ACHIEVED),
        Case(400.0, True, None),
    ]

    found = shadow(cases, 0.5)

    assert (found.counted, found.by_measure, found.by_panel, found.moved) == (3, 2000.0, 1200.0, -800.0)
    assert (found.up, found.down) == (1, 1)


def test_without_cases_nothing_moves() -> None:
    assert shadow([], 0.5).counted == 0
    assert shadow([], 0.5).moved == 0


@given(MARKS, st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_for_partly_never_pays_less(marks: list[list[Mark | None]], one: float, other: float) -> None:
    cases = [Case(100.0, True, row[0]) for row in marks]

    low, high = shadow(cases, min(one, other)), shadow(cases, max(one, other))

    assert low.by_panel <= high.by_panel
    assert low.by_measure == high.by_measure
