"""What is refused because it would say who somebody is, and what is an honest code or reason."""

import pytest

from commissioning.core.personal_data import found_in, is_a_code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ask j.smith@example.org about it", "an e-mail address"),
        ("her number is AB 12 34 56 C", "a National Insurance number"),
        ("AB123456D", "a National Insurance number"),
        ("ring 07700 900123", "a telephone or NHS number"),
        ("+44 20 7946 0958", "a telephone or NHS number"),
        ("NHS 943 476 5919", "a telephone or NHS number"),
        ("John Smith, 3/4/1981", "a date, which may be of birth"),
        ("born 3 April 1981", "a date, which may be of birth"),
        ("1981-04-03", "a date, which may be of birth"),
        ("03041981", "a date, which may be of birth"),
    ],
)
def test_what_would_say_who_somebody_is_is_named(text: str, kind: str) -> None:
    assert kind in found_in(text)


@pytest.mark.parametrize(
    "text", ["", "Kept the flat for 26 weeks", "7 of 10 sessions, £1,200", "Since March 2026 the panel agrees"]
)
def test_an_honest_reason_holds_nothing(text: str) -> None:
    assert found_in(text) == ()


@pytest.mark.parametrize("code", ["7", "C-07", "a1", "P12-2", "2026-014"])
def test_a_code_has_a_digit_and_says_nothing(code: str) -> None:
    assert is_a_code(code)


@pytest.mark.parametrize(
    "code", ["", "JS", "Smith-1981", "C 7", "-7", "7-", "AB123456D", "07700900123", "03041981", "1" * 17, "j@x.uk1"]
)
def test_what_may_be_a_name_a_birthday_or_a_number_of_the_state_is_no_code(code: str) -> None:
    assert not is_a_code(code)
