"""Review panels: who reads what they marked, and who writes it down."""

from collections.abc import Mapping
from typing import Any

from commissioning.permissions import Ability
from tariffs.models import ReviewPanel
from tests.factories import panels
from tests.permission_world import Row, World, of_programme


def panel(world: World) -> ReviewPanel:
    mine = ReviewPanel.objects.filter(programme=world.programme).first()
    return mine or panels.panel(world.programme, by=world.cast.amina)


def of_panel(world: World) -> Mapping[str, Any]:
    return {"panel_id": panel(world).pk}


def of_seat(world: World) -> Mapping[str, Any]:
    mine = panel(world)
    seat = mine.members.filter(role="gp").first() or mine.members.create(role="gp")
    return {"member_id": seat.pk}


def of_case(world: World) -> Mapping[str, Any]:
    mine = panel(world)
    return {"case_id": (mine.cases.first() or panels.case(mine, by=world.cast.amina)).pk}


ROWS = [
    Row("panel-list", "GET", Ability.VIEW, of_programme),
    Row("panel-create", "GET", Ability.EDIT, of_programme),
    Row("panel-create", "POST", Ability.EDIT, of_programme),
    Row("panel-detail", "GET", Ability.VIEW, of_panel),
    Row("panel-marks", "GET", Ability.VIEW, of_panel),
    Row("panel-edit", "GET", Ability.EDIT, of_panel),
    Row("panel-edit", "POST", Ability.EDIT, of_panel),
    Row("panel-remove", "GET", Ability.EDIT, of_panel),
    Row("panel-remove", "POST", Ability.EDIT, of_panel, answers=(302,)),
    Row("panel-seat", "POST", Ability.EDIT, of_panel),
    Row("panel-unseat", "POST", Ability.EDIT, of_seat, answers=(302,)),
    Row("panel-case-create", "GET", Ability.EDIT, of_panel),
    Row("panel-case-create", "POST", Ability.EDIT, of_panel),
    Row("panel-case-edit", "GET", Ability.EDIT, of_case),
    Row("panel-case-edit", "POST", Ability.EDIT, of_case),
    Row("panel-case-remove", "GET", Ability.EDIT, of_case),
    Row("panel-case-remove", "POST", Ability.EDIT, of_case, answers=(302,)),
]
