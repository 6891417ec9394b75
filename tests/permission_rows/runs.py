"""Runs and what they found."""

from commissioning.permissions import Ability
from tests.permission_world import (
    ANYONE,
    Row,
    of_analysis,
    of_analysis_figures,
    of_figures,
    of_finished_run,
    of_luck_figures,
    of_programme,
    of_scenario,
    of_tariff,
    of_waiting_run,
)

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
    Row("sensitivity", "GET", Ability.VIEW, of_tariff),
    Row("sensitivity", "POST", Ability.EDIT, of_tariff, answers=(302,)),
    Row("sensitivity-run", "GET", Ability.VIEW, of_analysis),
    Row("sensitivity-figures", "GET", Ability.VIEW, of_analysis_figures),
]

ROWS = [*RUNS]
