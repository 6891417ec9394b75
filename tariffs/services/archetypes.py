"""Adds, changes and removes the kinds of provider that a tariff is tested on."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import Programme, User
from commissioning.services.drafts import Edit
from tariffs.models import Archetype

from . import parts


def add(*, programme: Programme, values: Mapping[str, Any], by: User) -> Archetype:
    """Add a kind of provider at the end of the list."""
    archetypes = Archetype.objects.filter(programme=programme)
    with parts.editing(programme, by) as locked:
        place, key = parts.next_place(archetypes), parts.new_key(values["name"], archetypes)
        archetype = Archetype(programme=locked, place=place, key=key, **values)
        archetype.full_clean()
        archetype.save()
        parts.record(archetype, locked, by, "added")
    return archetype


def change(*, archetype: Archetype, edit: Edit, by: User) -> Archetype:
    """Change the touched fields of a kind of provider."""
    return parts.change(part=archetype, edit=edit, by=by)


def remove(*, archetype: Archetype, by: User) -> None:
    """Remove a kind of provider."""
    with parts.editing(Programme(pk=archetype.programme_id), by) as programme:
        parts.record(archetype, programme, by, "removed", share=archetype.share)
        archetype.delete()
