"""Measures in the tariff, and prices whose measure changed."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import MeasureCard
from commissioning.permissions import Ability
from tariffs import services
from tariffs.models import MeasureBasis, PriceLine
from tests.factories import measures
from tests.permission_world import Row, World, of_programme


def agreed(world: World) -> MeasureCard:
    mine = MeasureCard.objects.filter(programme=world.programme, state="agreed").first()
    return mine or measures.whole(world.programme, by=world.cast.amina, name="Agreed", at="job", state="agreed")


def of_agreed(world: World) -> Mapping[str, Any]:
    return {"measure_id": agreed(world).pk}


def of_loose(world: World) -> Mapping[str, Any]:
    """Give a card that can become a milestone."""
    mine = MeasureCard.objects.filter(programme=world.programme, milestone=None).first()
    loose = mine or measures.whole(world.programme, by=world.cast.amina, name="Loose", at="", state="agreed")
    return {"measure_id": loose.pk}


def of_look(world: World) -> Mapping[str, Any]:
    card = agreed(world)
    basis = MeasureBasis.objects.filter(card=card).first()
    basis = basis or services.measure_bases.rest(card=card, by=world.cast.amina)
    line = PriceLine.objects.filter(milestone=basis.step, tariff__programme=world.programme).first()
    return {"basis_id": basis.pk, "line_id": line.pk if line else basis.pk}


ROWS = [
    Row("measure-milestone", "GET", Ability.EDIT, of_loose),
    Row("measure-milestone", "POST", Ability.EDIT, of_loose),
    Row("measure-rest", "POST", Ability.EDIT, of_agreed, answers=(302,)),
    Row("price-mark-list", "GET", Ability.VIEW, of_programme),
    Row("price-look", "POST", Ability.EDIT, of_look, answers=(302,)),
]
