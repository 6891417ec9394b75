"""Whom a provider helps, with what and how: the Charity Commission's codes, and other registers' words for them."""

import re
from collections.abc import Iterable

#: Whom it helps.
WHO = {
    201: "Children and young people",
    202: "Older people",
    203: "People with disabilities",
    204: "People of a particular ethnic or racial origin",
    205: "Other charities or voluntary bodies",
    206: "Other defined groups",
    207: "The general public",
}
#: What it works for.
WHAT = {
    101: "General charitable purposes",
    102: "Education and training",
    103: "Health and saving lives",
    104: "Disability",
    105: "Prevention or relief of poverty",
    106: "Overseas aid and famine relief",
    107: "Accommodation and housing",
    108: "Religious activities",
    109: "Arts, culture, heritage and science",
    110: "Amateur sport",
    111: "Animals",
    112: "Environment and conservation",
    113: "Economic and community development, employment",
    114: "Armed forces and emergency services",
    115: "Human rights, harmony, equality and diversity",
    116: "Recreation",
    117: "Other charitable purposes",
}
#: How it helps.
HOW = {
    301: "Makes grants to individuals",
    302: "Makes grants to organisations",
    303: "Provides other finance",
    304: "Provides people",
    305: "Provides buildings, facilities or open space",
    306: "Provides services",
    307: "Provides advocacy, advice or information",
    308: "Sponsors or undertakes research",
    309: "Acts as an umbrella or resource body",
    310: "Other charitable activities",
}
CODES = WHO | WHAT | HOW

# The first words that fit decide; a word of a register that fits none is left out, never guessed.
_WORDS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("children", (201,)),
    ("young people", (201,)),
    ("youth", (201,)),
    ("preschool", (201,)),
    ("older people", (202,)),
    ("disabilit", (203,)),
    ("ethnic", (204,)),
    ("racial origin", (204,)),
    ("asylum seekers", (204,)),
    ("travellers", (204,)),
    ("voluntary", (205,)),
    ("other charities", (205,)),
    ("general public", (207,)),
    ("benefit of the community", (207,)),
    ("no specific group", (207,)),
    ("mental health", (203, 103)),
    ("carers", (206,)),
    ("offenders", (206,)),
    ("homeless", (206, 107)),
    ("addictions", (206, 103)),
    ("unemployed", (206, 105)),
    ("victim", (206,)),
    ("women", (206,)),
    ("men\\b", (206,)),
    ("parents", (206,)),
    ("tenants", (206, 107)),
    ("defined groups", (206,)),
    ("hiv", (206, 103)),
    ("sexual orientation", (206,)),
    ("deprivation", (206, 105)),
    ("education", (102,)),
    ("health", (103,)),
    ("poverty", (105,)),
    ("relief of those in need", (105,)),
    ("accommodation", (107,)),
    ("housing", (107,)),
    ("religio", (108,)),
    ("arts", (109,)),
    ("sport", (110,)),
    ("animal", (111,)),
    ("environment", (112,)),
    ("community development", (113,)),
    ("citizenship", (113,)),
    ("human rights", (115,)),
    ("equality", (115,)),
    ("recreation", (116,)),
    ("grant making", (302,)),
    ("advice", (307,)),
    ("counselling", (306,)),
    ("services", (306,)),
    ("research", (308,)),
    ("umbrella", (309,)),
)


# A word of ours begins a word of theirs, so that "sport" is not found in "transport".
_STARTS = tuple((re.compile(rf"\b{start}"), codes) for start, codes in _WORDS)


def from_words(words: Iterable[str]) -> tuple[int, ...]:
    """Give the codes that a register's own words for purposes and people mean, in order."""
    found: set[int] = set()
    for word in words:
        lower = word.strip().lower()
        found.update(next((codes for start, codes in _STARTS if start.search(lower)), ()))
    return tuple(sorted(found))
