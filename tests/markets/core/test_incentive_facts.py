"""What a tariff means per pound of contract value, against the incentive model's own figures."""

import json
from dataclasses import replace

import numpy as np
import pytest

from markets.core.incentive_facts import facts_of
from markets.core.parameters import PARAMETERS
from markets.core.registers import FORMS, LegalForm
from tariffs.core import incentives
from tariffs.core.programmes import Programme
from tariffs.sources import programme_files
from tests.factories.tariffs import small_document

pytestmark = pytest.mark.slow


def programme(**given: object) -> Programme:
    return programme_files.loads(json.dumps(small_document() | given))


def test_ratios_are_the_incentive_models_figures_over_annual_payments() -> None:
    given = programme(providers=[{"id": "one", "share": 0.5, "legal_form": "charity", "reserve_floor_months": 3}])
    rich = replace(given, providers=(replace(given.providers[0], reserves=1e12),))
    told = incentives.run(rich, PARAMETERS.incentive_draws, 1)["providers"][0]

    fact = facts_of(given)[0]

    annual = told["payments"]["p50"] / 2
    assert fact.annual_payments == pytest.approx(annual)
    assert fact.capital == pytest.approx(told["trough"]["p95"] / annual)
    assert fact.loss == pytest.approx(max(0.0, -told["margin"]["p5"]) / annual)
    assert fact.margin_mean == pytest.approx(told["margin"]["mean"] / 2 / annual)
    assert fact.loss_probability == told["loss_probability"]
    # Half of 30 referrals a month for a year, over a contract of two years.
    assert fact.people * annual == pytest.approx(90)


def test_parked_share_is_averaged_over_people() -> None:
    given = programme()
    rows = incentives.decisions(incentives.Simulation(given))

    expected = (20 * rows[0]["parked_share"] + 10 * rows[1]["parked_share"]) / 30

    assert facts_of(given)[0].parked_share == pytest.approx(expected)


def test_a_legal_form_has_the_facts_of_its_archetype_else_of_the_first() -> None:
    archetypes = [
        {"id": "first", "share": 0.5, "legal_form": "public_body"},
        {"id": "second", "share": 0.5, "legal_form": "charity", "overhead_monthly": 500},
    ]

    found = dict(zip(FORMS, facts_of(programme(providers=archetypes)), strict=True))

    assert found[LegalForm.CHARITY].archetype == "second"
    assert found[LegalForm.COMPANY].archetype == found[LegalForm.PUBLIC_BODY].archetype == "first"
    assert found[LegalForm.CHARITY].capital > found[LegalForm.COMPANY].capital


def test_an_archetype_without_a_share_is_run_as_if_it_took_all() -> None:
    assert facts_of(programme(providers=[{"id": "one"}])) == facts_of(programme(providers=[{"id": "one", "share": 1}]))


def test_a_tariff_that_pays_nothing_asks_for_capital_that_nobody_has() -> None:
    costly = [{"id": "one", "share": 1, "overhead_monthly": 100}]
    nothing = {"prices": []}

    fact = facts_of(programme(tariff=nothing, providers=costly))[0]

    assert (fact.capital, fact.loss) == (np.inf, np.inf)
    assert (fact.margin_mean, fact.margin_deviation, fact.people) == (0.0, 0.0, 0.0)
    assert facts_of(programme(tariff=nothing))[0].capital == 0.0


def test_without_referrals_nobody_is_parked() -> None:
    groups = [row | {"referrals_per_month": 0} for row in small_document()["groups"]]

    assert facts_of(programme(groups=groups))[0].parked_share == 0.0


def test_without_an_archetype_nothing_can_be_said() -> None:
    with pytest.raises(ValueError, match="without providers"):
        facts_of(replace(programme(), providers=()))
