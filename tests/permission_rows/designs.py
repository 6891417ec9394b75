"""Ways of letting a contract, and comparisons of them."""

from commissioning.permissions import Ability
from tests.permission_world import Row, of_capacity_run, of_design, of_design_run, of_lot, of_programme

ROWS = [
    Row("design-list", "GET", Ability.VIEW, of_programme),
    Row("design-create", "GET", Ability.EDIT, of_programme),
    Row("design-create", "POST", Ability.EDIT, of_programme),
    Row("design-edit", "GET", Ability.EDIT, of_design),
    Row("design-edit", "POST", Ability.EDIT, of_design),
    Row("design-remove", "GET", Ability.EDIT, of_design),
    Row("design-remove", "POST", Ability.EDIT, of_design, answers=(302,)),
    Row("letting-edit", "GET", Ability.EDIT, of_programme),
    Row("letting-edit", "POST", Ability.EDIT, of_programme),
    Row("lot-create", "GET", Ability.EDIT, of_programme),
    Row("lot-create", "POST", Ability.EDIT, of_programme),
    Row("lot-edit", "GET", Ability.EDIT, of_lot),
    Row("lot-edit", "POST", Ability.EDIT, of_lot),
    Row("lot-remove", "GET", Ability.EDIT, of_lot),
    Row("lot-remove", "POST", Ability.EDIT, of_lot, answers=(302,)),
    Row("diversity-run-create", "GET", Ability.EDIT, of_programme),
    Row("diversity-run-create", "POST", Ability.EDIT, of_programme),
    Row("diversity-run-detail", "GET", Ability.VIEW, of_design_run),
    Row("diversity-run-figures", "GET", Ability.VIEW, lambda w: {**of_design_run(w), "chart": "small"}),
    Row("diversity-run-download", "GET", Ability.VIEW, of_design_run),
    Row("capacity-run-create", "GET", Ability.VIEW, of_programme),
    Row("capacity-run-create", "POST", Ability.EDIT, of_programme),
    Row("capacity-run-detail", "GET", Ability.VIEW, of_capacity_run),
    Row("capacity-run-figures", "GET", Ability.VIEW, lambda w: {**of_capacity_run(w), "chart": "sizes"}),
    Row("capacity-run-adopt", "POST", Ability.EDIT, of_capacity_run, answers=(302,)),
]
