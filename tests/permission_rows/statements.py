"""Market position statements as their authority writes them: members read, editors write, approvers publish."""

from collections.abc import Mapping
from typing import Any

from commissioning.permissions import Ability
from markets.services import statement_comments
from tests.factories import statements
from tests.permission_world import SIGNED_IN, Row, World, of_programme


def of_draft(world: World) -> Mapping[str, Any]:
    return {"statement_id": statements.ready(world.cast.authority, world.cast.amina).pk}


def of_sent(world: World) -> Mapping[str, Any]:
    return {"statement_id": statements.sent(world.cast.authority, world.cast.amina).pk}


def of_published(world: World) -> Mapping[str, Any]:
    cast = world.cast
    return {"statement_id": statements.published(cast.authority, by=cast.amina, approver=cast.bob).statement_id}


def of_section(world: World) -> Mapping[str, Any]:
    return {**of_draft(world), "section": "demand"}


def of_figure(world: World) -> Mapping[str, Any]:
    made = statements.ready(world.cast.authority, world.cast.amina)
    return {"statement_id": made.pk, "key": statements.put_in(made, by=world.cast.amina).key}


def of_comment(world: World) -> Mapping[str, Any]:
    made = statements.started(world.cast.authority, world.cast.amina)
    return {"comment_id": statement_comments.say(statement=made, text="Why?", by=world.cast.bob).pk}


VIEW, EDIT, APPROVE = Ability.VIEW, Ability.EDIT, Ability.APPROVE
NAME = "position-statement-"
READ = ("detail", "edit", "plan", "dates", "checks", "comments")
ROWS = [
    Row(f"{NAME}list", "GET", SIGNED_IN),
    Row("programme-statement-list", "GET", VIEW, of_programme, answers=(200,)),
    Row(f"{NAME}create", "GET", SIGNED_IN, answers=(200,)),
    Row(f"{NAME}create", "POST", SIGNED_IN, answers=(200,)),
    *(Row(f"{NAME}{page}", "GET", VIEW, of_draft, answers=(200,)) for page in READ),
    *(Row(f"{NAME}{page}", "POST", EDIT, of_draft) for page in ("edit", "plan", "dates", "comments")),
    *(Row(f"{NAME}{page}", "GET", VIEW, of_section) for page in ("section", "figure-create", "figure-write")),
    *(Row(f"{NAME}{page}", "POST", EDIT, of_section) for page in ("section", "figure-create", "figure-write")),
    Row(f"{NAME}figure-remove", "POST", EDIT, of_figure, answers=(302,)),
    *(Row(f"{NAME}answer", how, EDIT, of_comment, answers=(200,)) for how in ("GET", "POST")),
    Row(f"{NAME}send", "POST", EDIT, of_draft, answers=(302,)),
    Row(f"{NAME}take-back", "POST", EDIT, of_sent, answers=(302,)),
    Row(f"{NAME}amend", "POST", EDIT, of_published, answers=(302,)),
    *(Row(f"{NAME}approve", how, APPROVE, of_sent, answers=(200,), confirmed=True) for how in ("GET", "POST")),
    *(Row(f"{NAME}send-back", how, APPROVE, of_sent, answers=(200,)) for how in ("GET", "POST")),
    *(Row(f"{NAME}withdraw", how, APPROVE, of_published, answers=(200,), confirmed=True) for how in ("GET", "POST")),
]
