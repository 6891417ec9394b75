"""What differs between the market sections of two programmes, which are known by their keys alone."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, TypeAlias

from . import difference_words as words
from .difference_sections import ORDER, Change, Row, Section

NOTHING = object()
Path: TypeAlias = tuple[str, ...]


def section(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Section:
    """Compare two market sections, or none with one."""
    rows = _rows(NOTHING if old is None else old, NOTHING if new is None else new, ())
    return Section("market", "Market", ("market setting", "market settings"), tuple(rows))


def _rows(old: Any, new: Any, path: Path) -> Iterator[Row]:
    if not _is_alike(old, new):
        if old != new:
            yield _row(old, new, path)
        return
    if not isinstance(old, Mapping):
        yield from _order(old, new, path)
        old, new = _by_id(old), _by_id(new)
    for key in dict.fromkeys([*old, *new]):
        yield from _rows(old.get(key, NOTHING), new.get(key, NOTHING), (*path, key))


def _is_alike(old: Any, new: Any) -> bool:
    """Tell whether both are objects, or both lists of things with ids, so that one can look inside."""
    return all(isinstance(side, Mapping) for side in (old, new)) or (_has_ids(old) and _has_ids(new))


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) and "id" in row for row in value)


def _by_id(rows: Any) -> dict[str, Any]:
    return {row["id"]: row for row in rows}


def _order(old: Any, new: Any, path: Path) -> Iterator[Row]:
    ids = [[row["id"] for row in side] for side in (old, new)]
    before, after = ([name for name in side if name in ids[0] and name in ids[1]] for side in ids)
    if before != after:
        what = f"Order of {_what(path)[0].lower()}{_what(path)[1:]}"
        sides = words.told_apart(words.anything, before, after)
        yield Row(Change.CHANGED, path, what, ORDER, *sides, f"{what}: {sides[1]} instead of {sides[0]}.")


def _row(old: Any, new: Any, path: Path) -> Row:
    what = _what(path)
    thing: Hashable = path
    if old is NOTHING:
        value = words.anything(new)
        return Row(Change.ADDED, thing, what, "", "", value, f"{what} was added: {value}.")
    if new is NOTHING:
        value = words.anything(old)
        return Row(Change.REMOVED, thing, what, "", value, "", f"{what} was removed: {value}.")
    before, after = words.told_apart(words.anything, old, new)
    sentence = f"{what} is now {after} instead of {before}."
    return Row(Change.CHANGED, thing, what, words.spaced(path[-1]), before, after, sentence)


def _what(path: Path) -> str:
    """Name a setting by the way to it: Market, supply chain, share."""
    return ", ".join(["Market", *map(words.spaced, path)])
