"""Saves what people change on pages, so that of two who save at once the later sees both texts and nothing is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from commissioning.core import merges
from commissioning.core.merges import Conflict

Row = TypeVar("Row", bound=models.Model)
SHORT = 100


class Entries(dict[str, Any]):
    """Some entries of an attribute that holds many by name: they go among the others, and those of None go away."""

    def among(self, others: Mapping[str, Any]) -> dict[str, Any]:
        """Give all entries with these in their places."""
        return {name: value for name, value in {**others, **self}.items() if value is not None}


@dataclass(frozen=True)
class Edit:
    """What somebody did to the fields of a page.

    `was` and `typed` are texts by field: what the page showed when it was opened, and what it says now. `values` gives
    for each field the attributes of the row that its typed text means. `shown` writes a row as the page shows it.
    """

    was: Mapping[str, str]
    typed: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]
    shown: Callable[[Any], Mapping[str, str]]


class StaleError(Exception):
    """Somebody else changed the same fields meanwhile. Nothing was saved; `conflicts` has both texts of each."""

    def __init__(self, row: models.Model, conflicts: tuple[Conflict, ...]) -> None:
        self.row = row
        self.conflicts = conflicts
        super().__init__(", ".join(conflict.field for conflict in conflicts))


@dataclass(frozen=True)
class Change:
    """One field that was changed, as texts for the audit log."""

    field: str
    before: str
    after: str

    def as_detail(self) -> dict[str, str]:
        """Write the change for the audit log, which keeps figures and short names but no long texts."""
        if max(len(self.before), len(self.after)) > SHORT:
            return {"field": self.field}
        return {"field": self.field, "from": self.before, "to": self.after}


def apply(row: Row, edit: Edit) -> tuple[Row, list[Change]]:
    """Put the touched fields into the row as it stands now, or raise StaleError; call it within a transaction.

    Fields that the person left alone keep what others saved meanwhile. Where nothing was touched nothing is written.
    """
    locked = type(row)._base_manager.select_for_update().get(pk=row.pk)
    saved = edit.shown(locked)
    merged = merges.merge(edit.was, edit.typed, saved)
    if merged.conflicts:
        raise StaleError(locked, merged.conflicts)
    for field in merged.touched:
        for attribute, value in edit.values.get(field, {}).items():
            setattr(locked, attribute, value.among(getattr(locked, attribute)) if isinstance(value, Entries) else value)
    if merged.touched:
        locked.full_clean()
        locked.save()
    return locked, [Change(field, saved.get(field, ""), edit.typed[field]) for field in merged.touched]
