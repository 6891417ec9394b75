"""Every rule that the database holds of a programme and its tariff, broken once by raw SQL."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from commissioning.models import Evidence, Group, Milestone, Programme
from tariffs.models import Archetype, PriceLine, Tariff, Uncertainty
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db

TABLES = {
    "programme": Programme,
    "group": Group,
    "milestone": Milestone,
    "evidence": Evidence,
    "tariff": Tariff,
    "priceline": PriceLine,
    "archetype": Archetype,
    "uncertainty": Uncertainty,
}
# Django itself refuses negative whole numbers, so only the upper end is ours.
MONTHS, SHARES = "601", "-0.01 1.01 'NaN'"
MONEY = "-0.01 1000000000000.01 'NaN'"

# table, column: values that its limits refuse
LIMITS = {
    "programme.referral_months": "0 601",
    "programme.contract_months": "0 601",
    "programme.budget": MONEY,
    "group.referrals_per_month": "-1 10000001 'NaN'",
    "group.need_spread": "-1 21 'NaN'",
    "group.social_value": MONEY,
    "group.intended_support": MONEY,
    "milestone.delay_months": MONTHS,
    "milestone.repeats": "0 121",
    "milestone.repeat_every_months": MONTHS,
    "evidence.baseline": SHARES,
    "evidence.responsiveness": SHARES,
    "evidence.response_scale": "0 1000000001 'NaN'",
    "evidence.sample_size": "-1 1000000001 'NaN'",
    "tariff.service_fee_monthly": MONEY,
    "tariff.upfront_payment": MONEY,
    "tariff.minimum_service": MONEY,
    "tariff.payment_cap": MONEY,
    "tariff.person_cap": MONEY,
    "tariff.payment_lag_months": "-1 121",
    "tariff.annual_price_change": "-1.01 1.01 'NaN'",
    "tariff.volume_guarantee": SHARES,
    "tariff.target_rate": SHARES,
    "tariff.target_rate_from": SHARES,
    "tariff.target_window_months": "0 601",
    "priceline.price": MONEY,
    "priceline.price_at_import": MONEY,
    "priceline.payments": "-1 121",
    "archetype.share": SHARES,
    "archetype.risk_discount": SHARES,
    "archetype.income_share": "0 1.01 'NaN'",
    "archetype.mission_weight": "-1 101 'NaN'",
    "archetype.unit_cost": "0 101 'NaN'",
    "archetype.cost_of_capital": "-0.01 10.1 'NaN'",
    "archetype.reserve_floor_months": "-1 121 'NaN'",
    "archetype.overhead_monthly": MONEY,
    "archetype.reserves": MONEY,
    "archetype.overdraft": MONEY,
    "uncertainty.outcome_shock": "-1 11 'NaN'",
    "uncertainty.outcome_shock_monthly": "-1 11 'NaN'",
    "uncertainty.volume_spread": "-1 6 'NaN'",
    "uncertainty.volume_trend": "-1 1.1 'NaN'",
    "uncertainty.replacement_months": MONTHS,
}

# constraint: what to set to break it
RULES = {
    "programme_start_is_a_month": ["start = '2014-13'", "start = 'x'", "start = '14-01'"],
    "programme_referrals_end_before_the_contract": ["referral_months = 25"],
    "tariff_is_main_of_its_own_programme": ["main_of_id = gen_random_uuid()"],
    "group_key_once_for_each_programme": ["key = 'same'"],
    "group_place_once_for_each_programme": ["place = 3"],
    "group_key_is_not_empty": ["key = '' WHERE place = 0"],
    "group_price_band_is_not_empty": ["price_band = ''"],
    "milestone_key_once_for_each_programme": ["key = 'same'"],
    "milestone_place_once_for_each_programme": ["place = 7"],
    "milestone_one_final_for_each_programme": ["is_final = true"],
    "milestone_key_is_not_empty": ["key = '' WHERE place = 0"],
    "milestone_does_not_follow_itself": ["after_id = id"],
    "evidence_once_for_each_step": ["group_id = (SELECT id FROM commissioning_group LIMIT 1)"],
    "evidence_observed_point_is_whole": [
        "observed_spending = NULL WHERE place = 1",
        "observed_rate = NULL WHERE place = 1",
        "observed_rate = 1 WHERE place = 1",
        "observed_rate = 0 WHERE place = 1",
        "observed_spending = 0 WHERE place = 1",
    ],
    "tariff_target_rule_is_known": [
        "target_rule = 'lottery', target_rate = 0.5, "
        "target_milestone_id = (SELECT id FROM commissioning_milestone LIMIT 1)"
    ],
    "tariff_target_has_milestone_and_rate": [
        "target_rule = 'binary', target_rate = 0.5",
        "target_rule = 'excess', target_milestone_id = (SELECT id FROM commissioning_milestone LIMIT 1)",
    ],
    "tariff_sliding_target_rises": [
        f"target_rule = 'sliding', target_rate = 0.2, target_rate_from = {rate}, "
        "target_milestone_id = (SELECT id FROM commissioning_milestone LIMIT 1)"
        for rate in ("NULL", "0.2", "0.3")
    ],
    "priceline_once_for_each_cell": ["price_band = 'A'"],
    "priceline_price_band_is_not_empty": ["price_band = '' WHERE place = 0"],
    "archetype_key_once_for_each_programme": ["key = 'one'"],
    "archetype_place_once_for_each_programme": ["place = 5"],
    "archetype_key_is_not_empty": ["key = '' WHERE place = 0"],
    "archetype_spending_rule_is_known": ["spending_rule = 'greedy'"],
    "archetype_budget_scope_is_known": ["budget_scope = 'galaxy'"],
    "uncertainty_season_has_12_months": ["season = ARRAY[0, 0]", "season = '{}'"],
}
SOURCED = ["group", "milestone", "evidence", "priceline", "archetype", "uncertainty"]
RULES |= {f"{table}_quality_is_known": ["quality = 'good'"] for table in SOURCED}
RULES |= {
    f"{table}_interval_runs_upwards": [
        "interval_low = 2, interval_high = 1",
        "interval_low = 2, interval_high = NULL",
        "interval_low = NULL, interval_high = 2",
        "interval_low = 0, interval_high = 'NaN'",
    ]
    for table in SOURCED
}


def attempts() -> Iterator[tuple[str, str, str]]:
    for place, values in LIMITS.items():
        table, column = place.split(".")
        for value in values.split():
            yield f"{table}_{column}_within_limits", table, f"{column} = {value}"
    for constraint, changes in RULES.items():
        for change in changes:
            yield constraint, constraint.split("_")[0], change


@pytest.mark.promise("D9")
@pytest.mark.parametrize(("constraint", "table", "change"), attempts())
def test_the_database_refuses(constraint: str, table: str, change: str) -> None:
    imported(two_archetypes())

    with pytest.raises(IntegrityError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLES[table]._meta.db_table} SET {change}")

    assert f'"{constraint}"' in str(raised.value)


def two_archetypes() -> dict[str, object]:
    return small_document() | {"providers": [{"id": "one"}, {"id": "two"}]}


@pytest.mark.promise("D9")
def test_every_constraint_is_tried() -> None:
    held = {constraint.name for model in TABLES.values() for constraint in model._meta.constraints}

    assert held == {constraint for constraint, _, _ in attempts()}


@pytest.mark.promise("D5")
def test_money_is_never_kept_as_a_float() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns "
            "WHERE data_type IN ('double precision', 'real') AND column_name ~ %s",
            [
                "price$|price_at|fee|payment|cap$|cost_|budget|value|support|spending|reserves$|overdraft|overhead|pounds"
            ],
        )
        found = [name for (name,) in cursor.fetchall()]

    # A rate a year, and where a rule draws its line: no amounts.
    assert sorted(found) == [
        "tariffs_archetype.cost_of_capital",
        "tariffs_benchsheet.cost_of_capital",
        "tariffs_ownthreshold.value",
    ]


@pytest.mark.promise("S7")
def test_nothing_of_a_programme_has_a_number_that_can_be_guessed() -> None:
    assert {model._meta.pk.get_internal_type() for model in TABLES.values()} == {"UUIDField"}
