"""Publishes a made-up statement for the demonstration, by two people, and starts a second one."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from django.db import models
from django.utils import timezone

from commissioning.models import Programme, User
from commissioning.services.drafts import Edit
from markets import core, queries
from markets.core import editions
from markets.models import PositionStatement

from . import statement_approvals, statement_comments, statement_figures, statements


def publish(*, programme: Programme, by: User, approver: User) -> PositionStatement | None:
    """Have one person write a statement and another publish it; once, for the programme's authority."""
    if PositionStatement.objects.filter(organisation=programme.organisation).exists():
        return None
    said = _said()
    written = _write(programme, said, by)
    statement_approvals.send(statement=written, by=by)
    text = editions.write(_as_it_stands(written, approver))
    statement_approvals.publish(statement=written, seen=editions.fingerprint(text), by=approver)
    second = statements.create(organisation=programme.organisation, title=said["second_title"], by=by)
    statement_comments.say(statement=second, text="Which ages do you mean by young?", section="purpose", by=approver)
    return written


def _said() -> dict[str, Any]:
    return tomllib.loads(resources.files(core).joinpath("made_up_statement.toml").read_text("utf-8"))


def _write(programme: Programme, said: Mapping[str, Any], by: User) -> PositionStatement:
    made = statements.create(organisation=programme.organisation, title=said["title"], service=said["service"], by=by)
    statements.edit(statement=made, edit=_edit(made, {"areas": said["areas"]}), by=by)
    today = timezone.localdate()
    days = {name: today + timedelta(days=count) for name, count in said["days"].items()}
    plan = said["plan"] | {"upfront_share": Decimal(said["plan"]["upfront_share"])}
    statements.plan(statement=made, edit=_edit(made.plan, plan | days), by=by)
    for key, text in said["sections"].items():
        row = made.sections.get(key=key)
        statements.write(statement=made, section=key, edit=_edit(row, {"text": text.strip()}), by=by)
    figure = queries.statement_figures.local_market(programme)
    statement_figures.put_in(statement=made, section="supply", figure=figure, by=by)
    return made


def _edit(row: models.Model, values: Mapping[str, Any]) -> Edit:
    """Make the edit of somebody who saw the row as it is and typed these values."""

    def shown(each: Any) -> dict[str, str]:
        return {name: str(getattr(each, name)) for name in values}

    typed = {name: str(value) for name, value in values.items()}
    return Edit(
        was=shown(row), typed=typed, values={name: {name: value} for name, value in values.items()}, shown=shown
    )


def _as_it_stands(statement: PositionStatement, reader: User) -> editions.Edition:
    found = queries.statement_drafts.whole(queries.statements.approvable_by(reader).get(pk=statement.pk))
    return queries.statement_drafts.edition(found, published_on=timezone.localdate())
