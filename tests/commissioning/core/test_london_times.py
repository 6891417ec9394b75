"""Days and times of day as they are typed and read in London, on the nights on which clocks change too."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from commissioning.core import london_times as times

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5pm", time(17)),
        ("5 pm", time(17)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("Midday", time(12)),
        ("5:30pm", time(17, 30)),
        ("9.15 AM", time(9, 15)),
        ("17:00", time(17)),
        ("00:00", time(0)),
        ("9:05", time(9, 5)),
    ],
)
def test_a_time_is_read_as_people_type_it(text: str, expected: time):
    assert times.read_time(text) == expected


@pytest.mark.parametrize("text", ["", "5", "25:00", "5:75pm", "13pm", "0am", "soon", "midnight", "5:5", "24:00"])
def test_what_is_no_one_time_is_refused(text: str):
    with pytest.raises(times.UnreadableTimeError):
        times.read_time(text)


@pytest.mark.promise("D6")
def test_a_time_in_summer_is_an_hour_earlier_in_utc_than_one_in_winter():
    assert times.moment(date(2026, 6, 3), time(17)) == datetime(2026, 6, 3, 16, tzinfo=UTC)
    assert times.moment(date(2026, 12, 3), time(17)) == datetime(2026, 12, 3, 17, tzinfo=UTC)


@pytest.mark.promise("D6")
def test_a_time_that_clocks_jump_over_is_refused_and_its_neighbours_are_not():
    with pytest.raises(times.MissingTimeError):
        times.moment(SPRING, time(1, 30))

    assert times.moment(SPRING, time(0, 59)) + timedelta(minutes=1) == times.moment(SPRING, time(2))


@pytest.mark.promise("D6")
def test_a_time_that_clocks_show_twice_is_refused_and_its_neighbours_are_not():
    with pytest.raises(times.DoubleTimeError):
        times.moment(AUTUMN, time(1, 30))

    assert times.moment(AUTUMN, time(0, 59)) + timedelta(hours=2, minutes=1) == times.moment(AUTUMN, time(2))


@pytest.mark.promise("D6")
@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_every_time_of_a_night_on_which_clocks_change_is_refused_or_reads_back_as_typed(night: date):
    refused = 0

    for minute in range(24 * 60):
        clock = time(minute // 60, minute % 60)
        try:
            at = times.moment(night, clock)
        except (times.MissingTimeError, times.DoubleTimeError):
            refused += 1
        else:
            assert times.write_time(at) == f"{clock:%H:%M}"

    assert refused == 60


def test_a_moment_is_shown_with_its_zone():
    assert times.in_london(datetime(2026, 6, 3, 16, tzinfo=UTC)) == (
        "3 June 2026 at 5pm, London time (British Summer Time)"
    )
    assert times.in_london(datetime(2026, 12, 3, 17, 30, tzinfo=UTC)) == "3 December 2026 at 5:30pm, London time (GMT)"
