"""Writes the bench: a provider's own figures for a consulted draft, and sharing the bands that they come to."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs import queries
from tariffs.core.benches import Bands
from tariffs.models import BenchSheet, Consultation, SharedBands

CLOSED = "The consultation is not open, so nothing more is shared or taken back."


@transaction.atomic
def save(*, consultation: Consultation, organisation: Organisation, edit: Edit, by: User) -> BenchSheet:
    """Keep what a provider's people changed of its own figures. The log says that they did, and no figure."""
    _refuse_strangers(consultation, organisation, by)
    row, _ = BenchSheet.objects.get_or_create(consultation=consultation, organisation=organisation)
    row, changes = drafts.apply(row, edit)
    if changes:
        _record(row.pk, organisation, by, "changed figures on the bench")
    return row


@transaction.atomic
def remove(*, sheet: BenchSheet, by: User) -> None:
    """Delete a provider's own figures."""
    _refuse_strangers(sheet.consultation, sheet.organisation, by)
    _record(sheet.pk, sheet.organisation, by, "deleted figures on the bench")
    sheet.delete()


@transaction.atomic
def share(*, consultation: Consultation, organisation: Organisation, bands: Bands, by: User) -> SharedBands:
    """Let the commissioner have three bands, without a name; sharing again puts new bands in place of the old."""
    _refuse_strangers(consultation, organisation, by)
    _refuse_late(consultation)
    values = {"loss": bands.loss, "margin": bands.margin, "reserves": bands.reserves, "shared_by": by}
    row, _ = SharedBands.objects.update_or_create(consultation=consultation, organisation=organisation, defaults=values)
    _record(row.pk, organisation, by, "shared bands of the bench")
    return row


@transaction.atomic
def withdraw(*, consultation: Consultation, organisation: Organisation, by: User) -> bool:
    """Take shared bands back; a second press finds none."""
    _refuse_strangers(consultation, organisation, by)
    _refuse_late(consultation)
    mine = SharedBands.objects.filter(consultation=consultation, organisation=organisation)
    withdrawn = bool(mine.delete()[0])
    if withdrawn:
        _record(consultation.pk, organisation, by, "took bands of the bench back")
    return withdrawn


def _refuse_strangers(consultation: Consultation, organisation: Organisation, by: User) -> None:
    readable = queries.consultations.readable_by(by).filter(pk=consultation.pk).exists()
    if organisation.kind != Organisation.Kind.PROVIDER or not readable or not can(by, Ability.COMMENT, organisation):
        raise PermissionDenied


def _refuse_late(consultation: Consultation) -> None:
    # Locked, so that closing earlier or later waits, and asked of the database's clock.
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    now = queries.consultations.now()
    if not consultation.opens_at <= now < consultation.closes_at:
        raise ValidationError(CLOSED)


def _record(row: object, organisation: Organisation, by: User, action: str) -> None:
    # In the provider's own log, which nobody else reads.
    audit.record(by=by, action=action, target=organisation, organisation=organisation, detail={"row": row})
