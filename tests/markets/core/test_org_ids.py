"""Official numbers, however they are written."""

import pytest

from markets.core import org_ids
from markets.core.org_ids import CCEW, CCNI, COMPANIES, OSCR, org_id, parts, read


@pytest.mark.parametrize(
    ("scheme", "number", "found"),
    [
        (CCEW, "1100001", "GB-CHC-1100001"),
        (CCEW, " 200 047 ", "GB-CHC-200047"),
        (CCEW, "12", None),
        (CCEW, "", None),
        (OSCR, "SC012345", "GB-SC-SC012345"),
        (OSCR, "12345", "GB-SC-SC012345"),
        (CCNI, "NIC100002", "GB-NIC-100002"),
        (COMPANIES, "1234567", "GB-COH-01234567"),
        (COMPANIES, "sc123456", "GB-COH-SC123456"),
        (COMPANIES, "00000000", None),
        (COMPANIES, "٣٤", None),
        ("GB-XX", "1234567", None),
    ],
)
def test_a_number_becomes_an_identifier_or_nothing(scheme: str, number: str, found: str | None) -> None:
    assert org_id(scheme, number) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gb-chc-1100001", "GB-CHC-1100001"),
        ("GB-COH-1234567", "GB-COH-01234567"),
        ("GB-CHC-nonsense", None),
        ("GB-PPON-ABCD-1234-XYZW", "GB-PPON-ABCD-1234-XYZW"),
        ("360G-fund-org:1", None),
        ("", None),
    ],
)
def test_an_identifier_of_a_source_is_read(text: str, found: str | None) -> None:
    assert read(text) == found


def test_a_page_shows_the_scheme_in_words() -> None:
    assert parts("GB-CHC-1100001") == ("Charity number", "1100001")
    assert parts("GB-PPON-1") == ("Identifier", "GB-PPON-1")
    assert set(org_ids.SHOWN) == {CCEW, OSCR, CCNI, COMPANIES}
