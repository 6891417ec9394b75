"""Accepts warnings of the rules of good design, with a reason, and takes acceptances back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.models import FindingAcceptance


class ChangedError(Exception):
    """What was found is no warning, or no longer the one that the person saw."""


@transaction.atomic
def accept(*, programme: Programme, rule: str, seen: str, reason: str, by: User) -> FindingAcceptance:
    """Accept a warning as the person saw it; raise ChangedError where it is another one, or none, by now."""
    programme = _held(programme, by)
    line = queries.findings.of_programme(programme).line(rule)
    if line is None or not line.may_be_accepted or line.fingerprint != seen:
        raise ChangedError
    row = line.acceptance or FindingAcceptance(programme=programme, rule=rule)
    row.fingerprint, row.found, row.reason = line.fingerprint, line.finding.found, reason
    row.accepted_by, row.accepted_at = by, timezone.now()
    row.full_clean()
    row.save()
    _record(programme, line.finding.rule.title, rule, "accepted a warning", by)
    return row


@transaction.atomic
def withdraw(*, programme: Programme, rule: str, by: User) -> None:
    """Take the acceptance of a rule's warning back; nothing happens where there is none."""
    programme = _held(programme, by)
    line = queries.findings.of_programme(programme).line(rule)
    if line is not None and line.acceptance is not None:
        line.acceptance.delete()
        _record(programme, line.finding.rule.title, rule, "took the acceptance of a warning back", by)


def _held(programme: Programme, by: User) -> Programme:
    """Give the programme to nobody else meanwhile, and to nobody who may not change it."""
    held = Programme.objects.select_for_update(of=("self",)).select_related("organisation", "uncertainty")
    programme = held.get(pk=programme.pk)
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied
    return programme


def _record(programme: Programme, title: str, rule: str, action: str, by: User) -> None:
    detail = {"name": title, "rule": rule}
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=detail)
