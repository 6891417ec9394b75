"""What changed from one edition of a market position statement to another, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from commissioning.core.figures import plain_date
from commissioning.core.merges import one_way

from . import statement_texts
from .editions import Edition, Figure

NOT_SET = "not set yet"
#: What the notices of an edition say beside what its page says.
OF_NOTICES = {
    "title": "Title",
    "reference": "Reference",
    "description": "Description",
    "codes": "Categories",
    "region": "Region",
    "value": "Value without VAT, £",
    "value_with_vat": "Value with VAT, £",
    "suits_small": "Suits small businesses",
    "suits_voluntary": "Suits voluntary organisations",
    "authority": "Authority",
}


class State(StrEnum):
    """What became of a passage."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, before and after."""

    state: State
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """What changed in one section, or in one kind of answers."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether anything changed."""
        return any(passage.state is not State.SAME for passage in self.passages)


def differences(old: Edition, new: Edition) -> tuple[Part, ...]:
    """Compare two editions: title and service, sections paragraph by paragraph, answers, dates and figures.

    Only parts in which something changed are given; within a section unchanged paragraphs stand for their context.
    """
    parts = (
        _pairs("What it is called", _about(old), _about(new)),
        *_sections(old, new),
        _pairs("Answers", *((_named((row.key, row.label, row.value) for row in each.fields)) for each in (old, new))),
        _pairs("Dates", _dates(old), _dates(new)),
        _pairs("What its notices say", _notices(old), _notices(new)),
        _pairs("Contacts", {"contacts": ("Contacts", old.contacts)}, {"contacts": ("Contacts", new.contacts)}),
        _pairs("Figures", _figures(old), _figures(new)),
    )
    return tuple(part for part in parts if part.is_changed)


def in_words(parts: Sequence[Part]) -> str:
    """Say which parts changed."""
    if not parts:
        return "Nothing changed but the note."
    names = [part.title for part in parts]
    return f"Changed: {', '.join(names)}."


Named = dict[str, tuple[str, str]]


def _named(rows: Iterator[tuple[str, str, str]]) -> Named:
    return {key: (label, value) for key, label, value in rows}


def _about(edition: Edition) -> Named:
    areas = ", ".join(area.name for area in edition.areas)
    return {
        "title": ("Title", edition.title),
        "service": ("Service", edition.service),
        "areas": ("Areas", areas),
        "authority": ("Authority", edition.authority),
    }


def _dates(edition: Edition) -> Named:
    return _named((row.key, row.what, plain_date(row.day) if row.day else NOT_SET) for row in edition.events)


def _notices(edition: Edition) -> Named:
    """Give what notices take from the procurement, but its days, which stand among the dates."""
    held = edition.procurement or {}
    authority = ", ".join(filter(None, (held.get("authority") or {}).values()))
    said = {**held, "codes": _codes(held.get("codes") or ()), "authority": authority}
    rows = ((name, label, _in_words(said.get(name))) for name, label in OF_NOTICES.items())
    return _named(row for row in rows if row[2])


def _codes(codes: Sequence[Mapping[str, str]]) -> str:
    return ", ".join(f"{each['code']} {each['words']}".strip() for each in codes)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _figures(edition: Edition) -> Named:
    return {figure.key: (figure.title, _shown(figure)) for figure in edition.figures}


def _shown(figure: Figure) -> str:
    rows = "; ".join(" | ".join(row) for row in figure.rows)
    return " ".join(filter(None, (figure.sentence, rows, figure.source)))


def _pairs(title: str, old: Named, new: Named) -> Part:
    """Compare named values; one that stands on one side alone came or went."""
    keys = [*new, *(key for key in old if key not in new)]
    return Part(title, tuple(_pair(old.get(key), new.get(key)) for key in keys))


def _pair(before: tuple[str, str] | None, after: tuple[str, str] | None) -> Passage:
    one, other = (": ".join(filter(None, each)) if each else "" for each in (before, after))
    return Passage(_state(before is not None, after is not None, one == other), one, other)


def _state(was: bool, is_there: bool, same: bool) -> State:
    if was and is_there:
        return State.SAME if same else State.CHANGED
    return State.GONE if was else State.NEW


def _sections(old: Edition, new: Edition) -> Iterator[Part]:
    before = {section.key: section for section in old.sections}
    after = {section.key: section for section in new.sections}
    for key in [*after, *(key for key in before if key not in after)]:
        title = (after.get(key) or before[key]).title
        texts = (section.text if section else "" for section in (before.get(key), after.get(key)))
        yield Part(title, tuple(_passages(*map(_paragraphs, texts))))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in one_way(text).split("\n\n") if part.strip()]


def _passages(old: list[str], new: list[str]) -> Iterator[Passage]:
    """Pair paragraphs: those that stayed, those that took another's place, those that came and went."""
    for kind, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = old[start:end], new[other_start:other_end]
        if kind == "equal":
            yield from (Passage(State.SAME, _read(each), _read(each)) for each in left)
            continue
        for place in range(max(len(left), len(right))):
            before, after = (side[place] if place < len(side) else "" for side in (left, right))
            yield Passage(_state(bool(before), bool(after), same=False), _read(before), _read(after))


def _read(text: str) -> str:
    """Give a paragraph as it is read, without its marks; a figure by its key."""
    keys = statement_texts.figures(text)
    figures = "\n".join(f"Figure: {key}" for key in keys)
    return "\n".join(filter(None, (statement_texts.words(text).strip(), figures)))
