"""Who agrees, as far as it may be told, and where one kind sees it otherwise than the whole."""

from commissioning.core.agreements import AGAINST, FOR, agreement


def test_a_kind_of_which_most_disagree_while_the_whole_agrees_is_named() -> None:
    found = agreement({"users": (4, 30, 0), "workers": (40, 2, 0), "providers": (30, 3, 0)}, 10)

    assert found.side == FOR
    assert found.differing == ("users",)


def test_a_kind_that_agrees_while_the_whole_disagrees_is_named_too() -> None:
    found = agreement({"users": (30, 4), "workers": (2, 40), "providers": (3, 30)}, 10)

    assert found.side == AGAINST
    assert found.differing == ("users",)


def test_it_is_not_averaged_away_where_the_whole_itself_cannot_be_told() -> None:
    found = agreement({"users": (5, 40), "workers": (30, 3), "providers": (30, 2)}, 10)

    assert found.counts.whole.cells[AGAINST] is None
    assert found.differing == ("users",)


def test_the_side_of_all_is_not_named_where_only_hidden_numbers_point_to_it() -> None:
    found = agreement({"users": (30, 0), "workers": (0, 25), "providers": (0, 9), "investors": (0, 0)}, 10)

    assert found.counts.whole.cells == (None, None)
    assert found.side is None
    assert found.differing == ()


def test_a_majority_too_small_to_tell_is_not_named() -> None:
    assert agreement({"users": (1, 8), "workers": (40, 2)}, 10).differing == ()


def test_nobody_differs_where_sides_are_even_or_nobody_answered() -> None:
    assert agreement({"users": (20, 20), "workers": (20, 20)}, 10).differing == ()
    assert agreement({"users": (0, 0)}, 10).side is None
    assert agreement({"": ()}, 10).side is None


def test_kinds_of_one_mind_do_not_differ() -> None:
    assert agreement({"users": (30, 2), "workers": (20, 1)}, 10).differing == ()
