"""Freezes drafts as numbered versions, and goes back to them. Nothing that a draft said is ever lost by it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.core import snapshots as core
from tariffs.core.differences import in_short
from tariffs.models import Version
from tariffs.sources import snapshots as texts_of
from tariffs.sources.snapshots import Texts

from . import parts
from .snapshots import restore

FIRST = "The first version."


class UnchangedError(Exception):
    """The draft says already what was asked for; `version` is the one that it is the same as."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(str(version))


@transaction.atomic
def freeze(*, programme: Programme, note: str, by: User) -> Version:
    """Keep the draft as it stands as the next version; raise UnchangedError where it is the newest one still."""
    # One at a time, so that of two who press at once the second finds the first's version.
    programme = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied
    snapshot, newest = queries.snapshots.of_draft(programme), programme.versions.first()
    if newest and texts_of.write(snapshot).says_the_same(queries.snapshots.texts_of(newest)):
        raise UnchangedError(newest)
    version = _keep(programme, snapshot, newest, note, by)
    detail = {
        "row": version.pk,
        "name": str(version),
        "version": version.number,
        "inputs_sha256": version.inputs_sha256,
    }
    audit.record(by=by, action="froze a version", target=programme, organisation=programme.organisation, detail=detail)
    return version


def go_back(*, version: Version, by: User) -> Version | None:
    """Make the draft what the version says, each part with the id it had; raise UnchangedError where it is so already.

    A draft that no version keeps is frozen first. Give that version, where there is one.
    """
    with parts.editing(Programme(pk=version.programme_id), by) as programme:
        draft = queries.snapshots.of_draft(programme)
        present, wanted = texts_of.write(draft), queries.snapshots.texts_of(version)
        if present == wanted:
            raise UnchangedError(version)
        kept = _keep_before(version, programme, draft, present, by)
        restore(programme=programme, snapshot=texts_of.read(wanted))
        detail = {
            "row": version.pk,
            "name": str(version),
            "version": version.number,
            "frozen_before": kept.number if kept else None,
        }
        organisation = programme.organisation
        audit.record(by=by, action="went back to a version", target=programme, organisation=organisation, detail=detail)
    return kept


def _keep_before(
    version: Version, programme: Programme, draft: core.Snapshot, present: Texts, by: User
) -> Version | None:
    newest = programme.versions.first()
    if newest and present == queries.snapshots.texts_of(newest):
        return None
    return _keep(programme, draft, newest, f"Before going back to version {version.number}", by)


def _keep(programme: Programme, snapshot: core.Snapshot, newest: Version | None, note: str, by: User) -> Version:
    texts = texts_of.write(snapshot)
    version = Version(
        programme=programme,
        number=newest.number + 1 if newest else 1,
        note=note,
        summary=in_short(core.compare(queries.snapshots.of_version(newest), snapshot)) if newest else FIRST,
        frozen_by=by,
        document_json=texts.document,
        inputs_sha256=texts.sha256,
        scenarios_json=texts.scenarios,
        ids_json=texts.identities,
    )
    version.full_clean()
    version.save(force_insert=True)
    return version
