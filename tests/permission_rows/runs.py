"""Runs and what they found."""

from typing import Any

from commissioning.permissions import Ability
from tests.permission_world import (
    ANYONE,
    Row,
    World,
    of_figures,
    of_finished_run,
    of_luck_figures,
    of_programme,
    of_repair,
    of_repair_run,
    of_scenario,
    of_tariff,
    of_waiting_run,
)


def of_analysis(world: World) -> dict[str, Any]:
    return {"run_id": world.analysis.pk}


def of_rehearsal(world: World) -> dict[str, Any]:
    return {"run_id": world.rehearsal.pk}


def of_search(world: World) -> dict[str, Any]:
    return {"run_id": world.search.pk}


RUNS = [
    Row("incentive-run-list", "GET", Ability.VIEW, of_programme),
    Row("incentive-run-create", "GET", Ability.EDIT, of_programme),
    Row("incentive-run-create", "POST", Ability.EDIT, of_programme, data={"draws": 1024, "seed": 1}, answers=(302,)),
    Row("incentive-run-compare", "GET", Ability.VIEW, of_programme),
    Row("incentive-run-compare-figures", "GET", Ability.VIEW, of_figures, answers=(404,)),
    Row("scenario-list", "GET", Ability.VIEW, of_programme),
    Row("scenario-create", "GET", Ability.EDIT, of_programme),
    Row("scenario-create", "POST", Ability.EDIT, of_programme),
    Row("scenario-test", "GET", Ability.EDIT, of_programme),
    Row("scenario-test", "POST", Ability.EDIT, of_programme),
    Row("luck-test", "GET", Ability.VIEW, of_tariff),
    Row("luck-slide", "POST", Ability.EDIT, of_tariff, answers=(302,)),
    Row("luck-test-figures", "GET", Ability.VIEW, of_luck_figures, answers=(404,)),
    Row("programme-map", "GET", Ability.VIEW, of_programme, answers=(302,)),
    Row("programme-repairs", "GET", Ability.VIEW, of_programme, answers=(302,)),
    Row("incentive-map", "GET", Ability.VIEW, of_tariff),
    Row("incentive-map-csv", "GET", Ability.VIEW, of_tariff),
    Row("tariff-repairs", "GET", Ability.VIEW, of_tariff),
    Row("tariff-repairs", "POST", Ability.EDIT, of_tariff, data={"limit": "10", "provider": "one"}, answers=(302,)),
    Row("repair-run", "GET", Ability.VIEW, of_repair_run),
    Row("repair-apply", "POST", Ability.EDIT, of_repair, answers=(302,)),
    Row("scenario-propose", "POST", Ability.EDIT, of_scenario, answers=(302,)),
    Row("scenario-remove", "GET", Ability.EDIT, of_scenario),
    Row("scenario-remove", "POST", Ability.EDIT, of_scenario, answers=(302,)),
    Row("incentive-run-detail", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-detail", "GET", Ability.VIEW, of_waiting_run),
    Row("run-status", "GET", Ability.VIEW, of_waiting_run),
    Row("run-cancel", "POST", Ability.EDIT, of_waiting_run, answers=(302,)),
    Row(
        "incentive-run-figures",
        "GET",
        Ability.VIEW,
        lambda w: {**of_finished_run(w), "chart": "support"},
    ),
    Row("incentive-run-record", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-record-download", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-inputs", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-repeat", "POST", Ability.EDIT, of_finished_run, answers=(302,)),
    Row("validation", "GET", ANYONE, answers=(200,)),
    Row("worked-example", "GET", ANYONE, answers=(200,)),
    Row("worked-example-figures", "GET", ANYONE, lambda _w: {"chart": "parked"}, answers=(200,)),
    Row("subcontract-terms-create", "POST", Ability.EDIT, of_programme, answers=(302,)),
    Row("subcontract-terms", "GET", Ability.VIEW, of_search),
    Row("subcontract-terms-figures", "GET", Ability.VIEW, of_search),
    Row("subcontract-terms-apply", "POST", Ability.EDIT, of_search, data={"terms": "none"}, answers=(404,)),
    Row("programme-sensitivity", "GET", Ability.VIEW, of_programme),
    Row("programme-rehearsals", "GET", Ability.VIEW, of_programme),
    Row("rehearsal-create", "GET", Ability.VIEW, of_tariff),
    Row("rehearsal-create", "POST", Ability.EDIT, of_tariff),
    Row("rehearsal-detail", "GET", Ability.VIEW, of_rehearsal),
    Row("rehearsal-figures", "GET", Ability.VIEW, lambda w: {**of_rehearsal(w), "chart": "cash-0"}),
    Row("sensitivity", "GET", Ability.VIEW, of_tariff),
    Row("sensitivity", "POST", Ability.EDIT, of_tariff, answers=(302,)),
    Row("sensitivity-run", "GET", Ability.VIEW, of_analysis),
    Row("sensitivity-figures", "GET", Ability.VIEW, lambda w: {**of_analysis(w), "chart": "tornado-spend"}),
]

ROWS = [*RUNS]
