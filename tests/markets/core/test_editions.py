"""An edition is written in one form, and reads back as it was."""

import json

import pytest

from markets.core import editions
from markets.core.editions import Area, Edition, Event, Field, Figure, Record, Section

RECORD = Record("run", "diversity", "engine/1", "a" * 64, "b" * 64, 1, 1000, "2026-11-22")
EDITION = Edition(
    statement="statement",
    number=2,
    title="Help into work",
    authority="Anytown Council",
    service="Employment",
    change_note="Dates moved",
    published_on="2026-11-22",
    areas=(Area("E09000003", "Barnet"),),
    sections=(Section("purpose", "Purpose", "What we *mean* to buy"),),
    figures=(
        Figure("diversity", "Who is left", "Fewer.", ("Round", "Providers"), (("1", "40"),), {"data": []}, "", RECORD),
        Figure("spend", "Spend", "Less.", ("Year",), (("2026",),), source="Budget book 2026, page 4"),
    ),
    fields=(Field("upfront", "Share paid upfront", "20%"),),
    events=(Event("review", "Next review", "2027-11-22"), Event("tender", "Tender notice", "")),
    contacts="Commissioning team",
    procurement={"reference": "NW-1"},
)


def test_an_edition_reads_back_as_it_was_written() -> None:
    assert editions.read(editions.write(EDITION)) == EDITION


@pytest.mark.promise("D3")
def test_the_same_edition_has_the_same_fingerprint_and_any_change_another() -> None:
    text = editions.write(EDITION)
    other = text.replace("Dates moved", "Dates stayed")

    assert editions.fingerprint(editions.write(editions.read(text))) == editions.fingerprint(text)
    assert editions.fingerprint(other) != editions.fingerprint(text)


def test_a_text_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no edition"):
        editions.read(json.dumps({"format": "something else"}))


def test_an_event_without_a_day_has_none() -> None:
    assert [event.day is None for event in EDITION.events] == [False, True]
