"""The words of letters and receipts of consultations."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tariffs.core import comment_receipts
from tariffs.core.consultation_letters import LETTERS, write

AT = datetime(2026, 6, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(LETTERS))
def test_every_letter_names_the_programme_the_authority_and_the_way_to_the_page(kind: str):
    letter = write(kind, programme="Back\nto work", authority="Anytown", link="https://x.example/1", closes_at=AT)

    assert "Back to work" in letter.subject
    assert "\n" not in letter.subject
    assert "Anytown" in letter.body
    assert "https://x.example/1" in letter.body


def test_a_closing_time_stands_with_its_zone():
    letter = write("opened", programme="P", authority="A", link="L", closes_at=AT)

    assert "until 3 June 2026 at 5pm, London time (British Summer Time)" in letter.body


def test_a_receipt_is_one_text_whatever_the_zone_in_which_its_moment_is_told():
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))

    first, second = (comment_receipts.text({"reason": "Too low"}, received_at=at) for at in (AT, elsewhere))

    assert first == second
    assert json.loads(first)["received_at"] == "2026-06-03T16:00:00.000000+00:00"
