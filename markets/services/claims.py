"""A provider's claim to its row of a register: made by its own people, confirmed by an authority, then corrections.

Corrections stand in the provider's own log only, and there without their values: what nobody may see is nowhere else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from markets.core import org_ids, served
from markets.models import Claim, Correction, Provider

TAKEN = (
    "Another organisation is confirmed as this provider already. Only whoever runs this copy can settle that: ask them."
)


@transaction.atomic
def make(
    *, provider: Provider, organisation: Organisation, asked_of: Organisation, number: str, evidence: str, by: User
) -> Claim:
    """Claim a row for a provider organisation, by its official number, and ask an authority to check it."""
    _refuse_strangers(organisation, Ability.COMMENT, by)
    if organisation.kind != Organisation.Kind.PROVIDER or asked_of.kind != Organisation.Kind.AUTHORITY:
        raise PermissionDenied
    if not is_number_of(provider, number):
        raise ValidationError({"number": "This is not the official number of this row"})
    if there := _open(provider, organisation):
        return there
    claim = Claim(provider=provider, organisation=organisation, asked_of=asked_of, evidence=evidence, made_by=by)
    claim.full_clean()
    claim.save()
    _record(claim, by=by, action="claimed a row of a register")
    return claim


def is_number_of(provider: Provider, written: str) -> bool:
    """Tell whether an official number, however it is written, is that of the row."""
    schemes = org_ids.SHOWN
    as_typed = written.strip().upper()
    return provider.org_id in {
        as_typed,
        org_ids.read(written),
        *(org_ids.org_id(scheme, written) for scheme in schemes),
    }


def _open(provider: Provider, organisation: Organisation) -> Claim | None:
    # One at a time for an organisation, so that a button pressed twice claims once.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return Claim.objects.filter(
        provider=provider, organisation=organisation, state__in=[Claim.State.ASKED, Claim.State.CONFIRMED]
    ).first()


@transaction.atomic
def decide(*, claim: Claim, confirm: bool, reason: str = "", by: User) -> Claim:
    """Confirm or refuse a claim; a second press finds it decided."""
    _refuse_strangers(claim.asked_of, Ability.APPROVE, by)
    # The row first, so that two claims to it are decided one after the other.
    Provider.objects.select_for_update(no_key=True).get(pk=claim.provider_id)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.state != Claim.State.ASKED:
        return claim
    if not confirm and not reason:
        raise ValidationError({"reason": "Say why you refuse it"})
    if confirm and Claim.objects.filter(provider=claim.provider, state=Claim.State.CONFIRMED).exists():
        raise ValidationError(TAKEN)
    claim.state = Claim.State.CONFIRMED if confirm else Claim.State.REFUSED
    claim.reason, claim.decided_by, claim.decided_at = "" if confirm else reason, by, timezone.now()
    claim.full_clean()
    claim.save()
    action = "confirmed a claim to a row of a register" if confirm else "refused a claim to a row of a register"
    audit.record(by=by, action=action, target=claim, organisation=claim.asked_of, detail={"name": claim.provider.name})
    return claim


@transaction.atomic
def withdraw(*, claim: Claim, by: User) -> bool:
    """Take a claim back; its corrections go with it."""
    _refuse_strangers(claim.organisation, Ability.COMMENT, by)
    mine = Claim.objects.filter(pk=claim.pk, state__in=[Claim.State.ASKED, Claim.State.CONFIRMED])
    withdrawn = bool(mine.update(state=Claim.State.WITHDRAWN))
    if withdrawn:
        Correction.objects.filter(claim=claim).delete()
        _record(claim, by=by, action="withdrew a claim to a row of a register")
    return withdrawn


@dataclass(frozen=True)
class Said:
    """What a provider says of itself, and who may see it."""

    field: str
    value: Any
    sight: str
    shown_to: Collection[Organisation] = ()


@transaction.atomic
def correct(*, claim: Claim, said: Said, by: User) -> Correction:
    """Say one thing instead of a default, and who may see it."""
    _refuse_strangers(claim.organisation, Ability.COMMENT, by)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.state != Claim.State.CONFIRMED:
        raise PermissionDenied
    _refuse_wrong(said)
    made, _ = Correction.objects.update_or_create(
        claim=claim, field=said.field, defaults={"value": said.value, "sight": said.sight}
    )
    made.shown_to.set(said.shown_to if said.sight == Correction.Sight.EXACT else [])
    _record(claim, by=by, action="corrected what is said of it", field=said.field, sight=said.sight)
    return made


@transaction.atomic
def take_back(*, claim: Claim, field: str, by: User) -> bool:
    """Go back to what the register says."""
    _refuse_strangers(claim.organisation, Ability.COMMENT, by)
    removed, _ = Correction.objects.filter(claim=claim, field=field).delete()
    if removed:
        _record(claim, by=by, action="took a correction back", field=field)
    return bool(removed)


def _refuse_wrong(said: Said) -> None:
    """Guard what the form has checked: a share, an amount, known codes, and a sight that fits."""
    if said.field in (Correction.Field.APPETITE, Correction.Field.FREE_RESERVES):
        limits = (0.0, 1.0) if said.field == Correction.Field.APPETITE else (-1e12, 1e12)
        fits = limits[0] <= float(said.value) <= limits[1]
    else:
        known = said.field != Correction.Field.SERVED or all(code in served.CODES for code in said.value)
        fits = bool(said.value) and known and said.sight != Correction.Sight.BAND
    if not fits or said.field not in Correction.Field.values or said.sight not in Correction.Sight.values:
        raise ValidationError({"value": "This cannot be kept"})
    if said.sight == Correction.Sight.EXACT and not said.shown_to:
        raise ValidationError({"shown_to": "Choose at least one authority"})
    if any(each.kind != Organisation.Kind.AUTHORITY for each in said.shown_to):
        raise PermissionDenied


def _refuse_strangers(organisation: Organisation, ability: Ability, by: User) -> None:
    if not can(by, ability, organisation):
        raise PermissionDenied


def _record(claim: Claim, *, by: User, action: str, **detail: str) -> None:
    detail = {"name": claim.provider.name, **detail}
    audit.record(by=by, action=action, target=claim, organisation=claim.organisation, detail=detail)
