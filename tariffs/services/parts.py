"""Changes the parts of a draft programme: one person at a time, and nothing that the programme file would refuse."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.text import slugify

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs import queries
from tariffs.sources import programme_drafts, programme_files
from tariffs.sources.programme_errors import FileError

Part = TypeVar("Part", bound=models.Model)
#: The keys of the programme file that rows call otherwise.
ATTRIBUTES = {
    "interval": "interval_low",
    "final": "is_final",
    "id": "key",
    "url": "source_url",
    "date": "source_date",
    "observed": "observed_rate",
}
NESTED = ("observed", "target")
#: What the audit log calls a part where "a" and the model's name would not say it.
NOUNS = {
    "evidence": "evidence",
    "archetype": "a kind of provider",
    "programme": "what the programme is about",
    "uncertainty": "what is left to luck",
}


class DraftError(ValidationError):
    """What was about to be saved is no programme; the messages stand by the attribute that each is about."""

    def __init__(self, faults: Sequence[FileError]) -> None:
        by_attribute: dict[str, list[str]] = {}
        for fault in faults:
            by_attribute.setdefault(attribute_at(fault.pointer), []).append(fault.message)
        super().__init__(by_attribute)


def attribute_at(pointer: str) -> str:
    """Name the attribute of a row that a place in the programme file is about."""
    *_, above, last = ["", *pointer.split("/")]
    if above in NESTED:
        return f"{above}_{last}"
    return ATTRIBUTES.get(last, last) if last and not last.isdigit() else NON_FIELD_ERRORS


@contextmanager
def editing(programme: Programme, by: User) -> Iterator[Programme]:
    """Let one person at a time change a draft; what is no programme at the end is undone by DraftError."""
    with transaction.atomic():
        locked = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
        if not can(by, Ability.EDIT, locked.organisation):
            raise PermissionDenied
        yield locked
        check(locked)


def check(programme: Programme) -> None:
    """Refuse a draft that the programme file would refuse, whichever of its tariffs is proposed."""
    for core in queries.programmes.with_each_tariff(programme):
        if faults := programme_drafts.faults(programme_files.to_document(core)):
            raise DraftError(faults)


def change(*, part: Part, edit: Edit, by: User) -> Part:
    """Change the fields of a part that were touched, merged with what others saved meanwhile."""
    with editing(_programme_of(part), by) as programme:
        changed, changes = drafts.apply(part, edit)
        if changes:
            record(changed, programme, by, "changed", changes=[each.as_detail() for each in changes])
    return changed


def add(*, part: Part, by: User) -> Part:
    """Add a part at the end of its list."""
    with editing(_programme_of(part), by) as programme:
        part.full_clean()
        part.save(force_insert=True)
        record(part, programme, by, "added")
    return part


def record(part: models.Model, programme: Programme, by: User, verb: str, **detail: Any) -> None:
    """Write to the audit log what was done to a part of the programme."""
    noun = str(part._meta.verbose_name)
    said = {"row": part.pk, "name": str(part), **detail}
    action = f"{verb} {NOUNS.get(noun, f'a {noun}')}"
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=said)


def _programme_of(part: models.Model) -> Programme:
    if isinstance(part, Programme):
        return part
    identity: UUID = part.programme_id  # type: ignore[attr-defined]
    return Programme(pk=identity)


def next_place(rows: "models.QuerySet[Any]") -> int:
    """Give the place after the last of a list."""
    last = rows.aggregate(last=models.Max("place"))["last"]
    return 0 if last is None else int(last) + 1


def new_key(name: str, rows: "models.QuerySet[Any]") -> str:
    """Make a short name out of a name that no other row of the list has; it stays when the name changes."""
    stem = slugify(name)[:80] or "part"
    taken = set(rows.filter(key__startswith=stem).values_list("key", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(key for key in numbered if key not in taken)
