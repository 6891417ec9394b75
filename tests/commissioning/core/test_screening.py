"""What may name somebody is found; what does not is left alone."""

import pytest

from commissioning.core.screening import ADDRESS, EMAIL, NAME, PHONE, WORDS, found, in_words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("My adviser Jane never calls.", (NAME,)),
        ("Mrs Patel was kind.", (NAME,)),
        ("I am called Sam.", (NAME,)),
        ("John Smith helped me.", (NAME,)),
        ("Call me on 07700 900123.", (PHONE,)),
        ("Write to sam@example.org", (EMAIL,)),
        ("I live at 12 Mill Road.", (ADDRESS,)),
        ("I am in LS1 4AB now.", (ADDRESS,)),
        ("Mr Jones, 01632 960983", (NAME, PHONE)),
        ("I want to be safe.", ()),
        ("The Job Centre is far.", ()),
        ("On Monday I had to wait 45 minutes.", ()),
        ("I went to the Citizens Advice office in March.", ()),
        ("My worker always listens.", ()),
    ],
)
def test_names_phones_emails_and_addresses_are_found(text: str, kinds: tuple[str, ...]) -> None:
    assert found(text) == kinds


def test_kinds_are_named_in_a_sentence() -> None:
    assert in_words(()) == ""
    assert in_words((PHONE,)) == "a phone number"
    assert in_words((NAME, PHONE, ADDRESS)) == f"{WORDS[NAME]}, a phone number and an address"
    assert in_words(("nonsense",)) == ""
