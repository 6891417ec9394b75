"""Measure cards, and the outcome framework that they stand in."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import MeasureCard
from commissioning.permissions import Ability
from tests.factories import measures
from tests.permission_world import Row, World, of_programme


def of_measure(world: World) -> Mapping[str, Any]:
    mine = MeasureCard.objects.filter(programme=world.programme).first()
    return {"measure_id": (mine or measures.added(world.programme, by=world.cast.amina)).pk}


ROWS = [
    Row("outcome-framework", "GET", Ability.VIEW, of_programme),
    Row("outcome-note", "POST", Ability.EDIT, of_programme, answers=(302,)),
    Row("measure-list", "GET", Ability.VIEW, of_programme),
    Row("measure-create", "GET", Ability.EDIT, of_programme),
    Row("measure-create", "POST", Ability.EDIT, of_programme),
    Row("measure-detail", "GET", Ability.VIEW, of_measure),
    Row("measure-edit", "GET", Ability.EDIT, of_measure),
    Row("measure-edit", "POST", Ability.EDIT, of_measure),
    Row("measure-decide", "GET", Ability.EDIT, of_measure),
    Row("measure-decide", "POST", Ability.EDIT, of_measure),
    Row("measure-remove", "GET", Ability.EDIT, of_measure),
    Row("measure-remove", "POST", Ability.EDIT, of_measure, answers=(302,)),
]
