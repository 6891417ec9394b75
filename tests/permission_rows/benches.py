"""The bench: a provider's own, for its own people."""

from collections.abc import Mapping
from typing import Any

from commissioning.permissions import Ability
from tests.factories import benches, consultations
from tests.permission_rows.consultations import of_named
from tests.permission_world import Row, World


def of_bench(world: World) -> Mapping[str, Any]:
    made = consultations.opened(world.programme, world.cast.provider)
    benches.sheet(made, world.cast.provider, world.cast.dilys)
    return {"consultation_id": made.pk, "organisation_id": world.cast.provider.pk}


def of_picture(world: World) -> Mapping[str, Any]:
    return {**of_bench(world), "chart": "cash"}


ROWS = [
    Row("shared-bands", "GET", Ability.VIEW, of_named),
    Row("bench-detail", "GET", Ability.VIEW, of_bench, owner="provider"),
    Row("bench-paper", "GET", Ability.VIEW, of_bench, owner="provider"),
    Row("bench-figures", "GET", Ability.VIEW, of_picture, owner="provider"),
    Row("bench-edit", "GET", Ability.COMMENT, of_bench, owner="provider"),
    Row("bench-edit", "POST", Ability.COMMENT, of_bench, owner="provider"),
    Row("bench-share", "POST", Ability.COMMENT, of_bench, owner="provider", answers=(302,)),
    Row("bench-remove", "GET", Ability.COMMENT, of_bench, owner="provider"),
    Row("bench-remove", "POST", Ability.COMMENT, of_bench, owner="provider", answers=(302,)),
]
