"""The public registers, imports, and claims of providers."""

from collections.abc import Mapping
from typing import Any

from commissioning.permissions import Ability
from tests.factories import registers
from tests.permission_world import SIGNED_IN, Row, World, of_programme

LIST = b"Name,Charity number\nHelp at Hand,1100001\n"


def of_register_row(_world: World) -> Mapping[str, Any]:
    return {"provider_id": registers.provider(1).pk}


def of_claim(world: World) -> Mapping[str, Any]:
    cast = world.cast
    row = registers.provider(1)
    claim = registers.claimed(row, organisation=cast.provider, asked_of=cast.authority, by=cast.dilys)
    return {"claim_id": claim.pk}


def of_correction(world: World) -> Mapping[str, Any]:
    cast = world.cast
    claim = registers.confirmed(
        registers.provider(1), organisation=cast.provider, asked_of=cast.authority, by=cast.dilys, checker=cast.bob
    )
    registers.said(claim, "appetite", "0.3", "nobody", by=cast.dilys)
    return {"claim_id": claim.pk, "field": "appetite"}


def of_draft_import(world: World) -> Mapping[str, Any]:
    return {"import_id": registers.handed_over(world.cast.authority, LIST, by=world.cast.amina).pk}


def of_import(world: World) -> Mapping[str, Any]:
    held = registers.handed_over(world.cast.authority, b"[]", by=world.cast.amina, source="grants")
    return {"import_id": held.pk}


ROWS = [
    Row("provider-list", "GET", SIGNED_IN, answers=(200,)),
    Row("provider-list-csv", "GET", SIGNED_IN, answers=(200,)),
    Row("own-list", "GET", SIGNED_IN, answers=(200,)),
    Row("provider-detail", "GET", SIGNED_IN, of_register_row, answers=(200,)),
    Row("provider-figures", "GET", SIGNED_IN, lambda w: {**of_register_row(w), "chart": "finances"}, answers=(200,)),
    Row("local-market", "GET", Ability.VIEW, of_programme),
    Row("local-market", "POST", Ability.EDIT, of_programme, answers=(302,)),
    Row("claim-list", "GET", SIGNED_IN, answers=(200,)),
    Row("claim-create", "GET", Ability.COMMENT, of_register_row, owner="provider"),
    Row("claim-create", "POST", Ability.COMMENT, of_register_row, owner="provider"),
    Row("claim-detail", "GET", Ability.COMMENT, of_claim, owner="provider"),
    Row("claim-withdraw", "POST", Ability.COMMENT, of_claim, owner="provider", answers=(302,)),
    Row("claim-correct", "GET", Ability.COMMENT, of_correction, owner="provider"),
    Row("claim-correct", "POST", Ability.COMMENT, of_correction, owner="provider"),
    Row("claim-take-back", "POST", Ability.COMMENT, of_correction, owner="provider", answers=(302,)),
    Row("claim-decide", "GET", Ability.APPROVE, of_claim, confirmed=True),
    Row("claim-decide", "POST", Ability.APPROVE, of_claim, data={"decision": "confirm"}, confirmed=True),
    # Whoever may bring nothing in is told so on the page.
    Row("import-list", "GET", SIGNED_IN, answers=(200,)),
    Row("import-create", "GET", SIGNED_IN, answers=(200,)),
    Row("import-create", "POST", SIGNED_IN, answers=(200,)),
    Row("import-columns", "GET", Ability.EDIT, of_draft_import),
    Row("import-columns", "POST", Ability.EDIT, of_draft_import),
    Row("import-detail", "GET", Ability.VIEW, of_import),
    Row("import-status", "GET", Ability.VIEW, of_import),
    Row("import-faults", "GET", Ability.VIEW, of_import),
    Row("import-cancel", "POST", Ability.EDIT, of_import, answers=(302,)),
]
