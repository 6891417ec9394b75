"""What is checked before a market position statement is published: errors stop it, warnings do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from commissioning.core import personal_data, readability
from commissioning.core.readability import MOST_WORDS_A_SENTENCE

from . import statement_texts
from .statement_sections import Section

#: Sections that a reader expects to hold figures.
WITH_FIGURES = ("demand", "supply")
#: Above the grade of about a first year at university.
HIGHEST_GRADE = 13.0
PLAN_WORDS = {
    "intended_market": "the market you want",
    "results_wanted": "the results you want",
    "payment_structure": "how it will be paid",
    "early_communication": "what you will tell the market early",
    "engagement": "how the market can take part",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A section as it is written."""

    section: Section
    text: str


@dataclass(frozen=True, slots=True)
class PutIn:
    """A figure as far as it is checked."""

    key: str
    title: str
    section: str
    source: str
    has_run: bool
    is_stale: bool
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A date to keep: those of the procurement in the order in which they have to come."""

    what: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a statement that is checked. `owed` are comments on a consultation that lack an answer."""

    today: date
    number: int
    service: str
    areas: tuple[str, ...]
    texts: tuple[Text, ...]
    figures: tuple[PutIn, ...]
    plan: dict[str, str]
    tools: tuple[str, ...]
    upfront_known: bool
    contacts: str
    dates: tuple[Planned, ...]
    review_on: date | None
    open_comments: int
    owed: int
    change_note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and the page that cures it: its name, and the part of it."""

    words: str
    page: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """All findings: what stops publishing, and what does not."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing stops publishing."""
        return not self.errors


def check(draft: Draft) -> Checks:
    """Check a whole statement."""
    errors = (*_basics(draft), *_missing(draft), *_figure_errors(draft), *_date_errors(draft), *_open(draft))
    warnings = (*_reading(draft), *_figure_warnings(draft), *_plan_warnings(draft), *_date_warnings(draft))
    return Checks(errors, (*warnings, *_personal(draft)))


def _basics(draft: Draft) -> Iterator[Finding]:
    if not draft.service.strip():
        yield Finding("Say in words which service it is about", "edit")
    if not draft.areas:
        yield Finding("Say which areas it is about", "edit")
    if not draft.contacts.strip():
        yield Finding("Name the team that answers questions", "plan", "contacts")
    if draft.number > 1 and not draft.change_note.strip():
        yield Finding("Say what changed since the last edition, and why", "edit", "change_note")


def _missing(draft: Draft) -> Iterator[Finding]:
    for each in draft.texts:
        if not each.text.strip():
            yield Finding(f"Section {each.section.number} is not written: {each.section.title}", "section", _key(each))


def _key(text: Text) -> str:
    return text.section.key


def _figure_errors(draft: Draft) -> Iterator[Finding]:
    known = {figure.key for figure in draft.figures}
    for each in draft.texts:
        for key in statement_texts.figures(each.text):
            if key not in known:
                words = f"Section {each.section.number} names a figure that is not there: {key}"
                yield Finding(words, "section", _key(each))
    for figure in draft.figures:
        if figure.is_stale:
            words = (
                f"“{figure.title}” is out of date: the programme changed since its run. Run it again, or take it out"
            )
            yield Finding(words, "section", figure.section)
        if not figure.has_run and not figure.source.strip():
            yield Finding(f"“{figure.title}” has no source", "section", figure.section)


def _date_errors(draft: Draft) -> Iterator[Finding]:
    if draft.review_on is None:
        yield Finding("Say when the statement will be reviewed", "dates", "review_on")
    elif draft.review_on <= draft.today:
        yield Finding("The day of the next review has to be in the future", "dates", "review_on")
    known = [(each.what, each.on) for each in draft.dates if each.on]
    for (earlier, first), (later, second) in combinations(known, 2):
        if first > second:
            yield Finding(f"{later} comes before {_lower(earlier)}", "dates")


def _open(draft: Draft) -> Iterator[Finding]:
    if draft.open_comments:
        yield Finding(f"{_counted(draft.open_comments, 'comment')} of colleagues without an answer", "comments")
    if draft.owed:
        words = f"{_counted(draft.owed, 'comment')} on the consultation of its programme without a released answer"
        yield Finding(words, "consultation")


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _reading(draft: Draft) -> Iterator[Finding]:
    for each in draft.texts:
        found = readability.read(statement_texts.words(each.text))
        named = f"Section {each.section.number}"
        if found.longest > MOST_WORDS_A_SENTENCE:
            start = " ".join(found.longest_sentence.split()[:6])
            words = f"{named} has a sentence of {found.longest} words: “{start}…”. Cut it in two, or more"
            yield Finding(words, "section", _key(each))
        if found.grade > HIGHEST_GRADE:
            yield Finding(f"{named} is hard to read: use shorter words and sentences", "section", _key(each))


def _figure_warnings(draft: Draft) -> Iterator[Finding]:
    placed = {key for each in draft.texts for key in statement_texts.figures(each.text)}
    for each in draft.texts:
        if _key(each) in WITH_FIGURES and not statement_texts.figures(each.text):
            yield Finding(f"Section {each.section.number} has no figure", "section", _key(each))
    for figure in draft.figures:
        if figure.key not in placed:
            words = f"“{figure.title}” stands in no text, so it will not be published"
            yield Finding(words, "section", figure.section)
        if figure.is_made_up:
            yield Finding(f"“{figure.title}” rests on made-up providers", "section", figure.section)


def _plan_warnings(draft: Draft) -> Iterator[Finding]:
    for name, words in PLAN_WORDS.items():
        if not draft.plan.get(name, "").strip():
            yield Finding(f"Nothing is said yet of {words}", "plan", name)
    if not draft.tools:
        yield Finding("No tool is chosen: how do you mean to buy and pay?", "plan", "tools")
    if not draft.upfront_known:
        yield Finding("The share paid upfront is not said", "plan", "upfront_share")


def _date_warnings(draft: Draft) -> Iterator[Finding]:
    unknown = [each.what for each in draft.dates if each.on is None]
    if unknown:
        yield Finding(f"No date yet: {', '.join(map(_lower, unknown))}", "dates")
    for each in draft.dates:
        if each.on and each.on < draft.today:
            yield Finding(f"{each.what}: this day has passed", "dates")


def _personal(draft: Draft) -> Iterator[Finding]:
    """Point at what may say who a person is: a published text can never be changed. A team's mailbox is none."""
    for each in draft.texts:
        yield from _named(each.text, f"Section {each.section.number}", "section", _key(each))
    for name, words in PLAN_WORDS.items():
        yield from _named(draft.plan.get(name, ""), f"What is said of {words}", "plan", name)
    yield from _named(draft.service, "What is said of the service", "edit", "service")
    yield from _named(draft.change_note, "What is said of the changes", "edit", "change_note")


def _named(text: str, where: str, page: str, part: str) -> Iterator[Finding]:
    for kind in personal_data.found_in(text):
        if "date" not in kind:
            yield Finding(f"{where} seems to hold {kind}: name no person", page, part)
