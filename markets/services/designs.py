"""Writes how a programme is to be let: lots, terms, and the designs that are weighed up."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from commissioning.models import Programme, User
from commissioning.services.drafts import Edit
from markets.core import design_terms
from markets.sources.designs import AS_DRAFTED
from tariffs.services import market_sections
from tariffs.services.market_sections import Section

Row = Mapping[str, Any]


def add_lot(*, programme: Programme, values: Row, by: User) -> Programme:
    """Add a lot at the end; designs that split the lots split it too."""

    def put(section: Section) -> Section:
        rows = section.get("lots", [])
        row = {"id": _new_id(str(values["name"]), rows), **_said(values)}
        return _with_lots(section, [*rows, row])

    return market_sections.rewrite(programme=programme, put=put, action="added a lot", name=values["name"], by=by)


def change_lot(*, programme: Programme, lot: str, edit: Edit, by: User) -> Programme:
    """Change the touched fields of a lot."""
    put = _putting("lots", lot, lambda row, given: _said({**row, **given}))
    return market_sections.change(programme=programme, edit=edit, put=put, action="changed a lot", by=by)


def remove_lot(*, programme: Programme, lot: str, by: User) -> Programme:
    """Take a lot away."""

    def put(section: Section) -> Section:
        return _with_lots(section, [row for row in section.get("lots", []) if row["id"] != lot])

    return market_sections.rewrite(programme=programme, put=put, action="removed a lot", name=lot, by=by)


def change_letting(*, programme: Programme, edit: Edit, by: User) -> Programme:
    """Change the terms on which the contract is let; keys of the values are paths such as selection.min_years."""
    action = "changed how the contract is let"
    return market_sections.change(programme=programme, edit=edit, put=_put_paths, action=action, by=by)


def add_design(*, programme: Programme, name: str, changes: Row, by: User) -> Programme:
    """Add a design at the end; what is drafted becomes the reference where there was none."""

    def put(section: Section) -> Section:
        rows = section.get("designs") or [AS_DRAFTED]
        row = {"id": _new_id(name, rows), "name": name, "changes": _resolved(section, changes)}
        return {**section, "designs": [*rows, row]}

    return market_sections.rewrite(programme=programme, put=put, action="added a design", name=name, by=by)


def change_design(*, programme: Programme, design: str, edit: Edit, by: User) -> Programme:
    """Change the touched fields of a design: its name, and what it does otherwise than the reference."""

    def put(section: Section, given: Row) -> Section:
        name = {"name": given["name"]} if "name" in given else {}
        changes = _resolved(section, {path: value for path, value in given.items() if path != "name"})
        rows = [
            {**row, **name, "changes": _without_empty({**row.get("changes", {}), **changes})}
            if row["id"] == design
            else row
            for row in _rows(section, "designs", design)
        ]
        return {**section, "designs": rows}

    return market_sections.change(programme=programme, edit=edit, put=put, action="changed a design", by=by)


def remove_design(*, programme: Programme, design: str, by: User) -> Programme:
    """Take a design away; the next becomes the reference where it was the first."""

    def put(section: Section) -> Section:
        rows = [row for row in section.get("designs", []) if row["id"] != design]
        return {**section, "designs": rows}

    return market_sections.rewrite(programme=programme, put=put, action="removed a design", name=design, by=by)


def _putting(
    part: str, key: str, changed: Callable[[Row, Row], Section]
) -> Callable[[Section, Mapping[str, Any]], Section]:
    def put(section: Section, given: Mapping[str, Any]) -> Section:
        rows = [changed(row, given) if row["id"] == key else row for row in _rows(section, part, key)]
        return _with_lots(section, rows)

    return put


def _rows(section: Section, part: str, key: str) -> list[Section]:
    """Give the rows among which one is about to be changed, which somebody may have taken away meanwhile."""
    rows = list(section.get(part, []))
    if key not in {row["id"] for row in rows}:
        raise ValidationError("Somebody else removed this meanwhile. Nothing was saved.")
    return rows


def _with_lots(section: Section, lots: list[Section]) -> Section:
    """Put lots into the section, and cut them anew in the designs that cut them."""
    before = section.get("lots", [])
    changed = {**section, "lots": lots}
    if section.get("designs"):
        changed["designs"] = [_cut_anew(row, before, lots) for row in section["designs"]]
    return changed


def _cut_anew(design: Section, before: list[Section], lots: list[Section]) -> Section:
    changes = dict(design.get("changes", {}))
    into = design_terms.split_of(before, changes.get(design_terms.LOTS))
    if into is None:
        return design
    return {**design, "changes": {**changes, design_terms.LOTS: design_terms.split(lots, into)}}


def _resolved(section: Section, changes: Row) -> Section:
    """Turn the number of pieces into lots, which is how a design of the file has it."""
    if changes.get(design_terms.LOTS) is None:
        return dict(changes)
    pieces = design_terms.split(section.get("lots", []), changes[design_terms.LOTS])
    return {**changes, design_terms.LOTS: pieces}


def _put_paths(section: Section, given: Row) -> Section:
    changed = dict(section)
    for path, value in given.items():
        part, _, key = path.partition(".")
        changed[part] = {**(changed.get(part) or {}), key: value} if key else value
    return changed


def _said(row: Row) -> Section:
    """Leave out what is not said: the file then takes the contract's own months."""
    return {key: value for key, value in row.items() if value is not None}


def _without_empty(changes: Row) -> Section:
    return {path: value for path, value in changes.items() if value is not None}


def _new_id(name: str, rows: list[Section]) -> str:
    stem, taken = slugify(name)[:80] or "part", {row["id"] for row in rows}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(key for key in numbered if key not in taken)
