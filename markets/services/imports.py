"""Brings files in: what an editor hands over for the own authority, and what whoever runs this copy brings for all."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models.functions import Now

from commissioning.core.file_kinds import MOST_BYTES, safe_name
from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from markets.models import Import, ImportFile
from markets.sources import own_lists
from markets.sources.archives import SourceError

from . import import_files, import_leases, import_workers

#: What an authority brings in for itself. The national registers come by the command line alone, for everybody.
OWN_SOURCES = (Import.Source.OWN_LIST, Import.Source.CONTRACTS, Import.Source.GRANTS)
MOST_WAITING = 5


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
    with import_files.kept(made, [ContentFile(content)]) as rows:
        _keep(made, rows, organisation)
    return made


@transaction.atomic
def _keep(made: Import, rows: list[ImportFile], organisation: Organisation) -> None:
    # One at a time for an authority, so that two together cannot pass the limit.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    waiting = Import.objects.filter(organisation=made.organisation, state__in=["draft", "queued", "running"])
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(f"{MOST_WAITING} imports are under way already. Wait until one is done, or cancel one.")
    made.save(force_insert=True)
    ImportFile.objects.bulk_create(rows)
    if made.source == Import.Source.OWN_LIST:
        made.columns = dict(preview(made).guess)
        made.save(update_fields=["columns"])
    _record(made, by=made.created_by, action="handed over a file to import")


def preview(made: Import) -> own_lists.Preview:
    """Show how an own list begins; raise ValidationError where it is no table."""
    try:
        [(path, name)] = import_files.paths(made)
        return own_lists.preview(path, name)
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
    cancelled = bool(active.update(state=Import.State.CANCELLED, finished_at=Now(), lease_token=None, lease_until=None))
    if cancelled:
        _record(held, by=by, action="cancelled an import")
        import_files.drop(held)
    return cancelled


def queue(*, source: str, paths: Sequence[Path]) -> Import:
    """Hand files to the workers, for all authorities: for whoever runs this copy, at its command line."""
    made = _for_all(source, paths)
    with ExitStack() as opened:
        files = [File(opened.enter_context(path.open("rb"))) for path in paths]
        with import_files.kept(made, files) as rows, transaction.atomic():
            made.save(force_insert=True)
            ImportFile.objects.bulk_create(rows)
    return made


def bring(*, source: str, paths: Sequence[Path]) -> Import:
    """Bring files in at once, in this process, for all authorities: for a machine on which no worker runs."""
    made = _for_all(source, paths)
    made.save(force_insert=True)
    import_leases.take(made)
    import_workers.run(held=made, paths=[(path, path.name) for path in paths])
    made.refresh_from_db()
    return made


def _for_all(source: str, paths: Sequence[Path]) -> Import:
    names = [safe_name(path.name) for path in paths]
    return Import(source=source, file_names=names, sha256=import_files.fingerprint(paths), state=Import.State.QUEUED)


def _refuse_strangers(organisation: Organisation, by: User) -> None:
    if not can(by, Ability.EDIT, organisation):
        raise PermissionDenied


def _record(made: Import, *, by: User | None, action: str) -> None:
    detail = {"name": str(made), "files": made.file_names, "sha256": made.sha256}
    audit.record(by=by, action=action, target=made, organisation=made.organisation, detail=detail)
