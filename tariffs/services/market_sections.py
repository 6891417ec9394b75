"""Changes the market section of a programme: how it is let, in which lots, and which designs are compared."""

from collections.abc import Callable, Mapping
from typing import Any

from commissioning.core import merges
from commissioning.models import Programme, User
from commissioning.services import audit
from commissioning.services.drafts import Change, Edit, StaleError

from . import parts

Section = dict[str, Any]


def change(
    *,
    programme: Programme,
    edit: Edit,
    put: Callable[[Section, Mapping[str, Any]], Section],
    action: str,
    by: User,
) -> Programme:
    """Save what a person changed of the section, beside what others changed meanwhile.

    `put` gives the section with the touched values in it; the rest of it stays as it is.
    """
    with parts.editing(programme, by) as locked:
        saved = edit.shown(locked)
        merged = merges.merge(edit.was, edit.typed, saved)
        if merged.conflicts:
            raise StaleError(locked, merged.conflicts)
        if merged.touched:
            given = {key: value for field in merged.touched for key, value in edit.values[field].items()}
            _store(locked, put(dict(locked.market or {}), given))
            changes = [Change(field, saved.get(field, ""), edit.typed[field]).as_detail() for field in merged.touched]
            _record(locked, by, action, {"changes": changes})
    return locked


def rewrite(*, programme: Programme, put: Callable[[Section], Section], action: str, name: str, by: User) -> Programme:
    """Add something to the section, or take it away; `name` is what it is called."""
    with parts.editing(programme, by) as locked:
        _store(locked, put(dict(locked.market or {})))
        _record(locked, by, action, {"part": name})
    return locked


def _store(programme: Programme, section: Section) -> None:
    programme.market = section or None
    programme.full_clean()
    programme.save(update_fields=["market"])


def _record(programme: Programme, by: User, action: str, detail: dict[str, Any]) -> None:
    said = {"row": programme.pk, "name": str(programme), **detail}
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=said)
