"""What differs between two programmes, thing by thing and field by field, in words."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter, eq
from typing import Any, TypeAlias

from commissioning.core.figures import percent

from . import difference_markets
from . import difference_words as words
from .difference_fields import MOVED, SECTIONS, Field, Kind, Part
from .difference_sections import ORDER, Change, Differences, Row, Section, in_short
from .programmes import Programme

__all__ = ["Change", "Differences", "Row", "Same", "Section", "compare", "in_short"]

#: For each side, "old" and "new", the permanent id of each thing by its kind ("group", "milestone", "evidence",
#: "price" or "provider") and its key in the file: its id, or the pair that names it, such as ("PG7", "job").
Same: TypeAlias = Mapping[str, Mapping[tuple[str, Hashable], Hashable]]

#: The smallest share by which a price moves that is worth saying.
LEAST_MOVE = 0.0005


def compare(old: Programme, new: Programme, same: Same | None = None) -> Differences:
    """Say what differs between two programmes.

    Parameters
    ----------
    old, new : the two programmes, each checked.
    same : permanent ids of things, so that a renamed one is told as such. A thing without one is known by its key.

    Returns
    -------
    The sections in which something differs; none where the programmes are equal.
    """
    sides = tuple(_Side.of(programme, (same or {}).get(key, {})) for key, programme in (("old", old), ("new", new)))
    found = [_section(part, *sides) for part in SECTIONS]
    found.append(difference_markets.section(old.market, new.market))
    return Differences(tuple(section for section in found if section.rows))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two programmes, with what its things are called and who they are."""

    programme: Programme
    ids: Mapping[tuple[str, Hashable], Hashable]
    names: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, programme: Programme, ids: Mapping[tuple[str, Hashable], Hashable]) -> "_Side":
        """Look up what things are called once."""
        named = (kind for kind in SECTIONS if isinstance(kind, Kind) and kind.named_by == ("id",))
        return cls(
            programme, ids, {(kind.key, row.id): row.name or row.id for kind in named for row in kind.rows(programme)}
        )

    def things(self, kind: Kind) -> dict[Hashable, Any]:
        """Give the things of one kind by who they are, in the order of the file."""
        rows, key = kind.rows(self.programme), attrgetter(*kind.named_by)
        if not self.ids:
            return {key(row): row for row in rows}
        if len(kind.named_by) == 1:
            return {self.who(kind.key, key(row)): row for row in rows}
        return {self._who_of_pair(kind, key(row)): row for row in rows}

    def _who_of_pair(self, kind: Kind, pair: tuple[str, str]) -> Hashable:
        """Tell who a thing is that two others name: who these are, unless it has a permanent id of its own."""
        found = self.ids.get((kind.key, pair))
        return tuple(map(self.who, kind.named_by, pair)) if found is None else found

    def who(self, kind: str, key: Hashable) -> Hashable:
        """Tell who a thing is, whatever its id in the file."""
        return self.ids.get((kind, key), key)

    def call(self, kind: Kind, row: Any) -> str:
        """Name the thing of a row."""
        if kind.named_by == ("id",):
            return kind.what.format(words.text(row.name or row.id))
        keys = ((part, getattr(row, part)) for part in kind.named_by)
        return kind.what.format(*(self.names.get(key, key[1]) for key in keys))

    def refer(self, kind: str, key: str | None, more: int) -> str:
        """Write what a field names by its id; where names do not tell it apart with the id, and then with who it is."""
        if not key:
            return "referral" if key is None else words.NONE
        known = (key, str(self.who(kind, key)))[:more]
        return words.text(self.names[kind, key]) + (f" ({', '.join(known)})" if known else "")


def _section(part: Kind | Part, old: _Side, new: _Side) -> Section:
    rows = _of_part(part, old, new) if isinstance(part, Part) else _of_kind(part, old, new)
    return Section(part.key, part.title, part.nouns, tuple(rows))


def _of_part(part: Part, old: _Side, new: _Side) -> Iterator[Row]:
    before, after = part.of(old.programme), part.of(new.programme)
    for item in part.fields:
        what = f"{item.words[0].upper()}{item.words[1:]}"
        yield from _of_field(item, _Pair(item.path, what, what, before, after), old, new)


def _of_kind(kind: Kind, old: _Side, new: _Side) -> Iterator[Row]:
    before, after = old.things(kind), new.things(kind)
    is_same = _likeness(kind, old, new)
    for who, row in before.items():
        other = after.get(who)
        if other is None:
            yield _whole(kind, Change.REMOVED, who, old.call(kind, row), row)
        elif not is_same(row, other):
            pair = _Pair(who, new.call(kind, other), old.call(kind, row), row, other)
            for item in kind.fields:
                yield from _of_field(item, pair, old, new)
    for who, row in after.items():
        if who not in before:
            yield _whole(kind, Change.ADDED, who, new.call(kind, row), row)
    yield from _order(kind, old, new, before, after)


def _likeness(kind: Kind, old: _Side, new: _Side) -> Callable[[Any, Any], bool]:
    """Make the quick test that most things pass: two equal rows, that name the same things."""
    moved = {key for key in old.names if key in new.names and old.who(*key) != new.who(*key)}
    linked = [(item.refers, attrgetter(item.path)) for item in kind.fields if item.refers]
    if not moved or not linked:
        return eq
    return lambda row, other: row == other and not any((to, key(row)) in moved for to, key in linked)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One thing on both sides: who it is, what it is called now and was called before, and its two rows."""

    who: Hashable
    what: str
    called: str
    before: Any
    after: Any


def _of_field(item: Field, pair: _Pair, old: _Side, new: _Side) -> Iterator[Row]:
    """Tell one field, where it differs."""
    first, second = (attrgetter(item.path)(row) for row in (pair.before, pair.after))
    if item.refers:
        if not _is_other(item, pair.before, pair.after, old, new):
            return
        sides = words.told_apart(lambda one, more: one[0].refer(item.refers, one[1], more), (old, first), (new, second))
    elif first == second:
        return
    else:
        sides = words.told_apart(item.write, first, second)
    moved, by = _move(first, second) if item.sentence is MOVED else ("", "")
    subject = _subject(pair.called if item.path == "name" else pair.what)
    sentence = item.sentence.format(Subject=subject, field=item.words, old=sides[0], new=sides[1], moved=moved, by=by)
    yield Row(Change.CHANGED, pair.who, pair.what, item.words, *sides, sentence)


def _is_other(item: Field, before: Any, after: Any, old: _Side, new: _Side) -> bool:
    """Tell whether a field that names a thing by its id names another one."""
    first, second = (attrgetter(item.path)(row) for row in (before, after))
    return old.who(item.refers, first) != new.who(item.refers, second)


def _move(before: float, after: float) -> tuple[str, str]:
    """Say which way an amount went, and by which share where that can be said."""
    moved, which = ("rose", "more") if after > before else ("fell", "less")
    share = abs(after - before) / before if before else 0.0
    return moved, f" ({percent(share)} {which})" if share >= LEAST_MOVE else ""


def _whole(kind: Kind, change: Change, who: Hashable, what: str, row: Any) -> Row:
    """Tell that a thing came or went."""
    digest = kind.digest(row)
    old, new = (digest, "") if change is Change.REMOVED else ("", digest)
    return Row(change, who, what, "", old, new, f"{_subject(what)} was {change}: {digest}.")


def _order(
    kind: Kind, old: _Side, new: _Side, before: Mapping[Hashable, Any], after: Mapping[Hashable, Any]
) -> Iterator[Row]:
    """Tell the first place at which the things that stayed stand in another order."""
    if list(before) == list(after):
        return
    stayed = [who for who in before if who in after]
    for place, (first, second) in enumerate(zip(stayed, (who for who in after if who in before), strict=True), start=1):
        if first != second:
            was, now = old.call(kind, before[first]), new.call(kind, after[second])
            sentence = f"The order of the {kind.nouns[1]} changed: in place {place} comes {now} instead of {was}."
            yield Row(Change.CHANGED, ORDER, f"Order of the {kind.nouns[1]}", ORDER, was, now, sentence)
            return


def _subject(what: str) -> str:
    """Begin a sentence with a thing: what has a name goes without an article."""
    return what if words.OPEN in what else f"The {what[0].lower()}{what[1:]}"
