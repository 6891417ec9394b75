"""Small numbers are not told, the rest are rounded, and what is hidden cannot be worked out from what is told."""

from itertools import pairwise

import numpy as np
import pytest

from commissioning.core.suppression import STEP, Counts, Row, nearest, published, suppressed, told


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "10"), (12, "10"), (13, "15"), (1_238, "1,240")],
)
def test_small_numbers_are_not_published(count: int, said: str) -> None:
    assert published(count) == said


def test_a_cell_of_a_suppressed_table_is_written_out_or_said_not_to_be_told() -> None:
    assert (told(None), told(1_240)) == ("not told", "1,240")


def cells(counts: Counts) -> dict[str, tuple[int | None, ...]]:
    return {part: row.cells for part, row in counts.parts.items()} | {"whole": counts.whole.cells}


def test_a_table_tells_large_numbers_rounded_and_hides_small_ones_and_nought() -> None:
    found = suppressed({"users": (41, 2), "workers": (22, 0), "advocates": (13, 9)}, 10)

    assert cells(found) == {"users": (40, None), "workers": (20, None), "advocates": (15, None), "whole": (75, 10)}


def test_one_hidden_part_is_joined_by_the_smallest_that_could_be_told() -> None:
    found = suppressed({"users": (41,), "workers": (22,), "investors": (4,)}, 10)

    assert cells(found) == {"users": (40,), "workers": (None,), "investors": (None,), "whole": (65,)}


def test_the_last_part_that_can_be_told_stays_and_the_whole_is_hidden_instead() -> None:
    found = suppressed({"users": (41,), "workers": (3,)}, 10)

    assert cells(found) == {"users": (40,), "workers": (None,), "whole": (None,)}


def test_parts_too_small_to_tell_still_count_in_the_whole() -> None:
    found = suppressed({"users": (9,), "workers": (9,), "advocates": (9,)}, 10)

    assert cells(found) == {"users": (None,), "workers": (None,), "advocates": (None,), "whole": (25,)}


def test_a_single_kind_is_the_whole() -> None:
    assert cells(suppressed({"users": (23, 4)}, 10)) == {"users": (25, None), "whole": (25, None)}


def test_a_total_adds_up_what_is_told_and_nothing_else() -> None:
    assert Row((40, None, 15)).total == 55


def test_halves_are_rounded_up() -> None:
    assert [nearest(count) for count in (12, 12.5, 13)] == [10, 15, 15]


@pytest.mark.parametrize("least", [0, 4, 7, 12])
def test_a_threshold_below_five_or_between_steps_is_refused(least: int) -> None:
    with pytest.raises(ValueError, match="multiple of five"):
        suppressed({"users": (1,)}, least)


def random_tables(count: int, seed: int = 1) -> None:
    """Hold so many random tables against what is promised of each."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        parts, answers = int(rng.integers(1, 7)), int(rng.integers(1, 5))
        least = int(rng.choice([5, 10, 15, 20]))
        sizes = rng.choice([2, 12, 30, 200], size=(parts, 1))
        table = {
            f"part {place}": tuple(map(int, row))
            for place, row in enumerate(rng.integers(0, sizes + 1, (parts, answers)))
        }
        found = suppressed(table, least)
        holds(found, least)
        for answer in range(answers):
            no_intruder_learns(found, answer, least)
        assert [row.total for row in found.parts.values()] == [
            sum(c or 0 for c in row.cells) for row in found.parts.values()
        ]


def holds(found: Counts, least: int) -> None:
    told = [cell for row in (*found.parts.values(), found.whole) for cell in row.cells if cell is not None]
    assert all(cell >= least and cell % STEP == 0 for cell in told)


def no_intruder_learns(found: Counts, answer: int, least: int) -> None:
    """Work out, from what is told and how it is rounded, between which numbers a hidden one lies."""
    whole = found.whole.cells[answer]
    column = [row.cells[answer] for row in found.parts.values()]
    hidden = column.count(None)
    if whole is None or not hidden:
        return
    most = whole + 2 - sum(cell - 2 for cell in column if cell is not None)
    fewest = 0 if hidden > 1 else whole - 2 - sum(cell + 2 for cell in column if cell is not None)
    assert most - fewest + 1 >= least, (column, whole)


@pytest.mark.promise("P4")
@pytest.mark.promise("P5")
def test_in_thousands_of_random_tables_no_small_number_is_told_or_can_be_worked_out() -> None:
    random_tables(3_000)


@pytest.mark.long
@pytest.mark.promise("P4")
@pytest.mark.promise("P5")
def test_in_a_hundred_thousand_random_tables_no_small_number_is_told_or_can_be_worked_out() -> None:
    random_tables(100_000, seed=int(np.random.default_rng().integers(1_000_000)))


def test_more_people_never_hide_what_was_told() -> None:
    told = [suppressed({"users": (count,)}, 10).whole.cells[0] or 0 for count in range(40)]

    assert all(before <= after for before, after in pairwise(told))
