"""Every rule that the database holds of runs and their blocks, broken once."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from commissioning.models import Run, RunBlock
from tests.factories.runs import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work"), pytest.mark.promise("D9")]

TOKEN = UUID(int=1)
MOMENT = "'2026-01-01T00:00Z'"
RUN_RULES = {
    "run_result_exactly_when_succeeded": [
        f"state = 'succeeded', finished_at = {MOMENT}",
        "result_json = '{}'",
        f"state = 'succeeded', finished_at = {MOMENT}, result_sha256 = 'short'",
    ],
    "run_finished_exactly_when_final": ["state = 'failed'", f"finished_at = {MOMENT}"],
    "run_tell_due_only_of_an_end": ["tell_due = true"],
    "run_told_only_when_due": [f"told_at = {MOMENT}"],
    "run_merge_lease_is_whole": [f"merge_until = {MOMENT}", f"merge_token = '{TOKEN}'"],
}
BLOCK_RULES = {
    "run_block_has_draws": ["draws = 0"],
    "run_block_one_for_each_place": ["index = 1"],
    "run_block_claimed_exactly_with_lease": [
        "state = 'claimed'",
        f"lease_until = {MOMENT}",
        f"lease_token = '{TOKEN}'",
    ],
    "run_block_lease_ends_after_its_heartbeat": [
        f"state = 'claimed', lease_token = '{TOKEN}', lease_until = {MOMENT}, heartbeat_at = {MOMENT}"
    ],
}
# What a run was asked for cannot be updated at all, so these two are broken by storing another run.
RULES_OF_ASKING = {"run_draws_within", "run_asked_for_once"}


@pytest.mark.parametrize(
    ("rule", "change"), [(rule, change) for rule, changes in RUN_RULES.items() for change in changes]
)
def test_the_database_refuses_a_run(rule: str, change: str):
    queued()

    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Run._meta.db_table} SET {change}")


@pytest.mark.parametrize(
    ("rule", "change"), [(rule, change) for rule, changes in BLOCK_RULES.items() for change in changes]
)
def test_the_database_refuses_a_block(rule: str, change: str):
    queued()

    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {RunBlock._meta.db_table} SET {change} WHERE index = 0")


@pytest.mark.parametrize("draws", [0, 1_000_001])
def test_the_database_refuses_an_absurd_number_of_draws(draws: int):
    asked = queued()
    asked.pk, asked.draws = uuid4(), draws

    with pytest.raises(IntegrityError, match="run_draws_within"), transaction.atomic():
        asked.save(force_insert=True)


def test_the_database_refuses_the_same_run_twice():
    asked = queued()
    asked.pk = uuid4()

    with pytest.raises(IntegrityError, match="run_asked_for_once"), transaction.atomic():
        asked.save(force_insert=True)


def test_every_rule_is_tried():
    held = {constraint.name for model in (Run, RunBlock) for constraint in model._meta.constraints}

    assert held == RUN_RULES.keys() | BLOCK_RULES.keys() | RULES_OF_ASKING
