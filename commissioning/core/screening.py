"""Finds what may name somebody in a text: a warning to its author and a mark for the moderator, never a change.

It is a hint: it misses some names and takes some words for names, which both pages say.
"""

import re
from collections.abc import Mapping

NAME, PHONE, EMAIL, ADDRESS = "name", "phone", "email", "address"
WORDS: Mapping[str, str] = {
    NAME: "a person’s name",  # noqa: RUF001
    PHONE: "a phone number",
    EMAIL: "an email address",
    ADDRESS: "an address",
}

_EMAIL = re.compile(r"\S@\S|\b\w+ at \w+ dot \w+", re.IGNORECASE)
_PHONE = re.compile(r"(?:\d[\s().-]?){9,}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b\d+[a-z]?,?\s+(?:[a-z]+\s+){0,2}(?:street|road|lane|avenue|close|drive|way|court|place|crescent|terrace|st|rd)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|sir|pc|nurse|doctor)\.?\s+[A-Z]\w+", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:called|named|name is|name’s|name's|i am|i’m|i'm|worker|adviser|coach|manager|friend|son|daughter|"  # noqa: RUF001
    r"brother|sister|mum|dad|husband|wife|partner),?\s+([A-Z][a-z]+)\b"
)
_TWO_CAPITALS = re.compile(r"\b[A-Z][a-z]+\s+[A-Z][a-z]+\b")
#: Two words with capitals that are no person.
_KNOWN = frozenset(
    {"job", "centre", "plus", "universal", "credit", "work", "programme", "council", "citizens", "advice", "national"}
    | {"insurance", "english", "january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"christmas", "street", "road", "lane", "avenue", "close", "drive", "way", "court", "place", "terrace"}
)


def found(text: str) -> tuple[str, ...]:
    """Say which kinds of thing that could name somebody a text seems to hold."""
    tests = {
        NAME: _has_name(text),
        PHONE: bool(_PHONE.search(text)),
        EMAIL: bool(_EMAIL.search(text)),
        ADDRESS: bool(_POSTCODE.search(text) or _STREET.search(text)),
    }
    return tuple(kind for kind, is_there in tests.items() if is_there)


def _has_name(text: str) -> bool:
    if _TITLE.search(text):
        return True
    if any(match[1].lower() not in _KNOWN for match in _CALLED.finditer(text)):
        return True
    return any(not set(match[0].lower().split()) & _KNOWN for match in _TWO_CAPITALS.finditer(text))


def in_words(kinds: tuple[str, ...]) -> str:
    """Name kinds in a sentence: a phone number and an address."""
    words = [WORDS[kind] for kind in kinds if kind in WORDS]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
