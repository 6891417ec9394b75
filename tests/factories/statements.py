"""Market position statements that are being written: started, ready to be sent, sent, published by two people."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from commissioning.models import Organisation, Programme, User
from commissioning.services.drafts import Edit
from markets import queries
from markets.core import editions as core
from markets.core.editions import Figure
from markets.core.statement_sections import sections
from markets.models import PositionStatement, PublishedEdition, StatementFigure
from markets.services import statement_approvals, statement_figures, statements

TABLE = Figure(
    "referrals", "Referrals", "Half are young.", ("Age", "People"), (("Under 25", "50"),), source="Our files"
)


def edit_of(row: models.Model, **values: Any) -> Edit:
    """Give the edit of somebody who saw the row as it is and typed these values."""

    def shown(each: Any) -> dict[str, str]:
        return {name: str(getattr(each, name)) for name in values}

    typed = {name: str(value) for name, value in values.items()}
    return Edit(
        was=shown(row), typed=typed, values={name: {name: value} for name, value in values.items()}, shown=shown
    )


def started(organisation: Organisation, by: User, programme: Programme | None = None) -> PositionStatement:
    return statements.create(
        organisation=organisation, title="Help into work", service="Employment", programme=programme, by=by
    )


def ready(organisation: Organisation, by: User, programme: Programme | None = None) -> PositionStatement:
    """Write all that a statement needs before it can be sent."""
    made = started(organisation, by, programme)
    statements.edit(statement=made, edit=edit_of(made, areas=["E09000003"]), by=by)
    review = timezone.localdate() + timedelta(days=300)
    statements.plan(statement=made, edit=edit_of(made.plan, contacts="Commissioning team", review_on=review), by=by)
    for key in sections():
        wrote(made, key, "We mean to *buy* this.", by=by)
    return fresh(made)


def wrote(statement: PositionStatement, key: str, text: str, *, by: User) -> None:
    row = statement.sections.get(key=key)
    statements.write(statement=statement, section=key, edit=edit_of(row, text=text), by=by)


def planned(statement: PositionStatement, *, by: User, **values: date | str | None) -> None:
    plan = fresh(statement).plan
    statements.plan(statement=statement, edit=edit_of(plan, **values), by=by)


def put_in(statement: PositionStatement, *, by: User, section: str = "demand", **given: Any) -> StatementFigure:
    return statement_figures.put_in(statement=statement, section=section, figure=TABLE, by=by, **given)


def sent(organisation: Organisation, by: User) -> PositionStatement:
    return statement_approvals.send(statement=ready(organisation, by), by=by)


def published(organisation: Organisation, *, by: User, approver: User) -> PublishedEdition:
    made = sent(organisation, by)
    return statement_approvals.publish(statement=made, seen=seen(made), by=approver)


def amended(statement: PositionStatement, *, by: User, note: str = "Dates moved") -> PositionStatement:
    """Begin the next edition, and say what changed."""
    made = statement_approvals.amend(statement=statement, by=by)
    statements.edit(statement=made, edit=edit_of(made, change_note=note), by=by)
    return fresh(made)


def seen(statement: PositionStatement) -> str:
    """Give the hash of what an approver reads now."""
    found = queries.statement_drafts.whole(fresh(statement))
    return core.fingerprint(core.write(queries.statement_drafts.edition(found, published_on=timezone.localdate())))


def fresh(statement: PositionStatement) -> PositionStatement:
    """Read a statement anew, with what its queries read along."""
    found = PositionStatement.objects.select_related(
        "organisation__authority_details", "programme__procurement", "plan"
    )
    return found.get(pk=statement.pk)
