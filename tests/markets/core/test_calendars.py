"""A calendar that programs read: all-day events, escaped, folded, and called off."""

from datetime import UTC, date, datetime

from markets.core.calendars import Entry, calendar

ENTRY = Entry(
    id="1-review@pbr.example",
    day=date(2027, 3, 31),
    what="Help into work; North, East: next review",
    where="https://pbr.example/market-position-statements/jobs/",
    changed=datetime(2026, 11, 22, 20, 0, tzinfo=UTC),
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_date_is_one_whole_day() -> None:
    lines = unfolded(calendar("Statements", [ENTRY]))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20270331" in lines
    assert "DTEND;VALUE=DATE:20270401" in lines
    assert "DTSTAMP:20261122T200000Z" in lines
    assert "STATUS:CONFIRMED" in lines


def test_what_has_a_meaning_in_the_format_is_escaped() -> None:
    entry = Entry("1", ENTRY.day, "One\\two\nthree", ENTRY.where, ENTRY.changed, is_off=True)
    lines = unfolded(calendar("A, b", [ENTRY, entry]))

    assert "X-WR-CALNAME:A\\, b" in lines
    assert "SUMMARY:Help into work\\; North\\, East: next review" in lines
    assert "SUMMARY:One\\\\two\\nthree" in lines
    assert "STATUS:CANCELLED" in lines


def test_long_lines_are_folded_within_75_octets_and_never_within_a_letter() -> None:
    text = calendar("£" * 100, [])

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"X-WR-CALNAME:{'£' * 100}" in unfolded(text)
