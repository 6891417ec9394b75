"""Brings files in: what an editor hands over for the own authority, and what whoever runs this copy brings for all."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.functions import Now

from commissioning.core.file_kinds import MOST_BYTES, safe_name
from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from markets.models import Import
from markets.sources import own_lists
from markets.sources.archives import SourceError

from . import import_leases, import_workers

#: What an authority brings in for itself. The national registers come by the command line alone, for everybody.
OWN_SOURCES = (Import.Source.OWN_LIST, Import.Source.CONTRACTS, Import.Source.GRANTS)
MOST_WAITING = 5
_CHUNK = 1 << 20


def hand_over(*, organisation: Organisation, source: str, file_name: str, content: bytes, by: User) -> Import:
    """Keep a file that an editor hands over, and queue its import; an own list waits until its columns are checked."""
    _refuse_strangers(organisation, by)
    if source not in OWN_SOURCES or organisation.kind != Organisation.Kind.AUTHORITY:
        raise PermissionDenied
    if not 0 < len(content) <= MOST_BYTES:
        raise ValidationError({"file": f"A file may have at most {MOST_BYTES // 1024**2} MB, and not be empty"})
    name = safe_name(file_name)
    state = Import.State.DRAFT if source == Import.Source.OWN_LIST else Import.State.QUEUED
    made = Import(
        source=source,
        organisation=organisation,
        created_by=by,
        file_names=[name],
        sha256=hashlib.sha256(content).hexdigest(),
        state=state,
    )
    made.file.save(f"{made.pk}.{name.rpartition('.')[2]}", ContentFile(content), save=False)
    try:
        _keep(made, organisation)
    except BaseException:
        # What the database did not take must not stay on the disk either.
        made.file.delete(save=False)
        raise
    return made


@transaction.atomic
def _keep(made: Import, organisation: Organisation) -> None:
    # One at a time for an authority, so that two together cannot pass the limit.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    waiting = Import.objects.filter(organisation=made.organisation, state__in=["draft", "queued", "running"])
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(f"{MOST_WAITING} imports are under way already. Wait until one is done, or cancel one.")
    if made.source == Import.Source.OWN_LIST:
        made.columns = dict(preview(made).guess)
    made.save(force_insert=True)
    _record(made, by=made.created_by, action="handed over a file to import")


def preview(made: Import) -> own_lists.Preview:
    """Show how an own list begins; raise ValidationError where it is no table."""
    try:
        return own_lists.preview(Path(made.file.path), made.file_names[0])
    except SourceError as error:
        raise ValidationError({"file": str(error)}) from error


@transaction.atomic
def start(*, held: Import, columns: Mapping[str, int], by: User) -> bool:
    """Queue an own list whose columns are matched; a second press finds it queued already."""
    assert held.organisation is not None
    _refuse_strangers(held.organisation, by)
    if "name" not in columns or set(columns) - set(own_lists.COLUMNS):
        raise ValidationError({"name": "Choose the column that holds the name"})
    if len(set(columns.values())) < len(columns):
        raise ValidationError("Each column of your file can be used once")
    draft = Import.objects.filter(pk=held.pk, state=Import.State.DRAFT)
    started = bool(draft.update(state=Import.State.QUEUED, columns=dict(columns)))
    if started:
        _record(held, by=by, action="started an import")
    return started


@transaction.atomic
def cancel(*, held: Import, by: User) -> bool:
    """Cancel an import that has not ended; nothing of it goes in."""
    assert held.organisation is not None
    _refuse_strangers(held.organisation, by)
    active = Import.objects.filter(pk=held.pk, state__in=["draft", "queued", "running"])
    cancelled = bool(
        active.update(state=Import.State.CANCELLED, finished_at=Now(), lease_token=None, lease_until=None, file="")
    )
    if cancelled:
        _record(held, by=by, action="cancelled an import")
        transaction.on_commit(lambda: held.file.storage.delete(held.file.name or ""), robust=True)
    return cancelled


def bring(*, source: str, paths: Sequence[Path]) -> Import:
    """Bring files in at once, for all authorities: for whoever runs this copy, at its command line."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while part := file.read(_CHUNK):
                digest.update(part)
    made = Import.objects.create(
        source=source, file_names=[path.name for path in paths], sha256=digest.hexdigest(), state=Import.State.QUEUED
    )
    import_leases.take(made)
    import_workers.run(held=made, paths=[(path, path.name) for path in paths])
    made.refresh_from_db()
    return made


def _refuse_strangers(organisation: Organisation, by: User) -> None:
    if not can(by, Ability.EDIT, organisation):
        raise PermissionDenied


def _record(made: Import, *, by: User | None, action: str) -> None:
    detail = {"name": str(made), "files": made.file_names, "sha256": made.sha256}
    audit.record(by=by, action=action, target=made, organisation=made.organisation, detail=detail)
