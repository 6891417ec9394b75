"""The picture of how far people agree: lengths in proportion, hidden numbers without any."""

from commissioning.core.agreement_drawings import CENTRE, LONGEST, draw

ROWS = (
    {"who": "Everybody", "cells": [40, None, 10]},
    {"who": "Service users", "cells": [None, 20, None]},
)


def test_bars_are_in_proportion_on_either_side_of_the_middle() -> None:
    drawn = draw(ROWS, "How far people agree")

    assert drawn
    agree, disagree = drawn.bars
    assert (agree.x, agree.width) == (CENTRE, LONGEST)
    assert (disagree.x + disagree.width, disagree.width) == (CENTRE, LONGEST / 2)


def test_a_hidden_number_has_a_word_and_no_length() -> None:
    drawn = draw(ROWS, "How far people agree")

    assert drawn
    said = [label.text for label in drawn.labels]
    assert said.count("hidden") == 2
    assert {"Agree", "Disagree", "Everybody", "Service users", "40", "20"} <= set(said)
    assert len(drawn.bars) == 2


def test_everything_stands_within_the_picture() -> None:
    drawn = draw(ROWS, "How far people agree")

    assert drawn
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert all(0 <= label.x <= drawn.width and label.y <= drawn.height for label in drawn.labels)


def test_where_no_number_may_be_told_nothing_is_drawn() -> None:
    assert draw([{"who": "Everybody", "cells": [None, None, 10]}], "Nothing") is None
    assert draw([], "Nothing") is None
