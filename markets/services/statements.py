"""Writes market position statements: started, then each part for itself; a part that waits for approval is closed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning.models import Organisation, Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from markets.core.statement_sections import sections
from markets.models import LocalMarket, PositionStatement, StatementPlan, StatementSection

CLOSED = {
    PositionStatement.State.SENT: "It waits for approval. Take it back first, then change it.",
    PositionStatement.State.PUBLISHED: "It is published. Begin the next edition first, then change it.",
}


@transaction.atomic
def create(
    *, organisation: Organisation, title: str, service: str = "", programme: Programme | None = None, by: User
) -> PositionStatement:
    """Start a statement, for a programme with what is known of it already."""
    refuse(by, Ability.EDIT, organisation)
    if organisation.kind != Organisation.Kind.AUTHORITY:
        raise ValidationError("Only an authority writes market position statements")
    if programme and programme.organisation_id != organisation.pk:
        raise ValidationError("The programme is another authority's")
    statement = PositionStatement(organisation=organisation, programme=programme, title=title, changed_by=by)
    statement.service = service or (programme.summary[:1000] if programme else "")
    statement.areas = _areas(programme)
    statement.full_clean()
    statement.save(force_insert=True)
    StatementSection.objects.bulk_create(StatementSection(statement=statement, key=key) for key in sections())
    StatementPlan(statement=statement, tools=[StatementPlan.Tool.RESULTS] if programme else []).save(force_insert=True)
    record(statement, by=by, action="started a market position statement")
    return statement


def _areas(programme: Programme | None) -> list[str]:
    local = LocalMarket.objects.filter(programme=programme).first() if programme else None
    return list(local.areas) if local else []


@transaction.atomic
def edit(*, statement: PositionStatement, edit: Edit, by: User) -> PositionStatement:
    """Save what a person changed in a statement's title, service or areas, beside what others changed meanwhile."""
    statement = opened(statement, by)
    signed = {"changed_by": by, "changed_at": timezone.now()}
    values = {name: {**attributes, **signed} for name, attributes in edit.values.items()}
    statement, changes = drafts.apply(statement, replace(edit, values=values))
    if changes:
        record(statement, by=by, action="changed a market position statement", fields=_details(changes))
    return statement


@transaction.atomic
def write(*, statement: PositionStatement, section: str, edit: Edit, by: User) -> StatementSection:
    """Save what a person changed in the text of a section, beside what others changed meanwhile."""
    statement = opened(statement, by)
    row = StatementSection.objects.get(statement=statement, key=section)
    row, changes = drafts.apply(row, edit)
    if changes:
        touch(statement, by)
        record(statement, by=by, action="wrote a section of a market position statement", section=section)
    return row


@transaction.atomic
def plan(*, statement: PositionStatement, edit: Edit, by: User) -> StatementPlan:
    """Save what a person changed in the plan or its dates, beside what others changed meanwhile."""
    statement = opened(statement, by)
    row, changes = drafts.apply(statement.plan, edit)
    if changes:
        touch(statement, by)
        action = "changed the plan of a market position statement"
        record(statement, by=by, action=action, fields=_details(changes))
    return row


def _details(changes: list[drafts.Change]) -> list[dict[str, str]]:
    return [change.as_detail() for change in changes]


def locked(statement: PositionStatement) -> PositionStatement:
    """Let one person at a time change a statement or decide on it."""
    found = PositionStatement.objects.select_for_update(of=("self",)).select_related("organisation", "programme")
    return found.get(pk=statement.pk)


def opened(statement: PositionStatement, by: User) -> PositionStatement:
    """Give the statement to somebody who may change it now; call it within a transaction."""
    statement = locked(statement)
    refuse(by, Ability.EDIT, statement.organisation)
    if not statement.is_open:
        raise ValidationError(CLOSED[PositionStatement.State(statement.state)])
    return statement


def touch(statement: PositionStatement, by: User) -> None:
    """Note who changed the statement last: that person cannot approve it."""
    statement.changed_by, statement.changed_at = by, timezone.now()
    statement.save(update_fields=["changed_by", "changed_at"])


def refuse(by: User, ability: Ability, organisation: Organisation) -> None:
    """Raise where the person may not do this."""
    if not can(by, ability, organisation):
        raise PermissionDenied


def record(statement: PositionStatement, *, by: User, action: str, **detail: Any) -> None:
    """Write one entry of the audit log; it holds no text of the statement."""
    said: Mapping[str, Any] = {"name": statement.title, **detail}
    audit.record(by=by, action=action, target=statement, organisation=statement.organisation, detail=said)
