"""Surveys of providers: the authority's pages, and those of whoever has a link."""

from collections.abc import Mapping
from typing import Any

from commissioning.permissions import Ability
from tests.factories import surveys
from tests.permission_world import ANYONE, Row, World, of_programme


def of_draft(world: World) -> Mapping[str, Any]:
    return {"survey_id": surveys.prepared(world.programme, by=world.cast.amina).pk}


def of_open(world: World) -> Mapping[str, Any]:
    return {"survey_id": surveys.opened(world.programme, by=world.cast.amina).pk}


def of_closed(world: World) -> Mapping[str, Any]:
    return {"survey_id": surveys.closed(world.programme, by=world.cast.amina).pk}


def of_link(world: World) -> Mapping[str, Any]:
    return {"token": surveys.link_of(surveys.opened(world.programme, by=world.cast.amina))}


def of_used_link(world: World) -> Mapping[str, Any]:
    return {"token": surveys.answered(surveys.opened(world.programme, by=world.cast.amina), 1)[0]}


ROWS = [
    Row("survey-detail", "GET", Ability.VIEW, of_programme, answers=(200,)),
    Row("survey-edit", "GET", Ability.EDIT, of_programme, answers=(200,)),
    Row("survey-edit", "POST", Ability.EDIT, of_programme, answers=(200,)),
    Row("survey-send", "POST", Ability.EDIT, of_draft, answers=(302,)),
    Row("survey-discard", "POST", Ability.EDIT, of_draft, answers=(302,)),
    Row("survey-remind", "POST", Ability.EDIT, of_open, answers=(302,)),
    Row("survey-close", "POST", Ability.EDIT, of_open, answers=(302,)),
    # Outside a demonstration there is no such page for anybody.
    Row("survey-try", "POST", Ability.EDIT, of_open, answers=(302,)),
    Row("survey-figures", "GET", Ability.VIEW, of_closed, answers=(200,)),
    # Whoever has the link.
    Row("survey-answer", "GET", ANYONE, of_link, answers=(200,)),
    Row("survey-answer", "POST", ANYONE, of_link, data=surveys.USUAL, answers=(302,)),
    Row("survey-thanks", "GET", ANYONE, of_used_link, answers=(200,)),
]
