"""The programme file: what it gives back, what it fills in, and that nothing valid is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tariffs.core.programmes import Programme, SpendingRule, TargetRule
from tariffs.sources import programme_files
from tests.strategies.programmes import programmes

EXAMPLE = Path(programme_files.__file__).parents[1] / "examples" / "work-programme.json"


@pytest.fixture
def example() -> dict[str, Any]:
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))


def loads(document: dict[str, Any]) -> Programme:
    return programme_files.loads(json.dumps(document))


def test_the_worked_example_is_read_as_it_is_written(example: dict[str, Any]) -> None:
    programme = loads(example)

    assert [group.id for group in programme.groups] == ["PG1", "PG2", "PG6", "PG7"]
    assert programme.groups[2].intended_support == 1360
    assert programme.tariff.prices[-1].payments == 26
    assert programme.providers[0].spending_rule is SpendingRule.INCOME_SHARE
    assert programme.groups[0].provenance.quality == "assumption"


def test_every_value_of_the_worked_example_is_in_what_is_written_back(example: dict[str, Any]) -> None:
    written = programme_files.to_document(loads(example))

    assert contains(written, example)


def contains(whole: Any, given: Any) -> bool:
    if isinstance(given, dict):
        return all(key in whole and contains(whole[key], value) for key, value in given.items())
    if isinstance(given, list):
        return len(whole) == len(given) and all(contains(*pair) for pair in zip(whole, given, strict=True))
    return bool(whole == given)


def test_what_is_not_given_gets_the_defaults_of_the_format() -> None:
    programme = loads(least())

    [group], [milestone], [provider] = programme.groups, programme.milestones, programme.providers
    assert (group.need_spread, group.social_value, group.intended_support) == (1.0, 0.0, None)
    assert (milestone.after, milestone.delay_months, milestone.repeats, milestone.repeat_every_months) == (
        None,
        0,
        1,
        1,
    )
    assert (provider.spending_rule, provider.income_share, provider.budget_scope) == ("marginal", 0.9, "group")
    assert (provider.unit_cost, provider.cost_of_capital, provider.share) == (1.0, 0.035, 0.0)
    assert programme.tariff.target.rule is TargetRule.NONE
    assert programme.uncertainty.season == (0.0,) * 12
    assert programme.evidence == ()


def least() -> dict[str, Any]:
    return {
        "format": "pbr-programme/1",
        "referral_months": 12,
        "contract_months": 24,
        "groups": [{"id": "a", "price_band": "A"}],
        "milestones": [{"id": "job", "final": True}],
        "tariff": {},
        "providers": [{"id": "one"}],
    }


def test_evidence_gets_the_defaults_of_the_format() -> None:
    document = least() | {"evidence": [{"group": "a", "milestone": "job", "baseline": 0.2}]}

    [evidence] = loads(document).evidence

    assert (evidence.responsiveness, evidence.response_scale, evidence.observed) == (0.0, 200.0, None)


def test_payments_are_as_many_as_repeats_where_none_are_given() -> None:
    document = least()
    document["milestones"][0]["repeats"] = 7
    document["tariff"] = {"prices": [{"price_band": "A", "milestone": "job", "price": 10}]}

    assert loads(document).tariff.prices[0].payments == 7


@pytest.mark.parametrize("baseline", [0, 1, 0.5])
def test_a_baseline_may_be_nought_or_one(baseline: float) -> None:
    document = least() | {"evidence": [{"group": "a", "milestone": "job", "baseline": baseline}]}

    assert loads(document).evidence[0].baseline == baseline


@pytest.mark.parametrize("place", ["groups", "milestones", "evidence", "providers", "prices", "uncertainty"])
def test_every_kind_of_row_may_say_where_it_comes_from(place: str) -> None:
    document = least() | {"evidence": [{"group": "a", "milestone": "job", "baseline": 0.2}], "uncertainty": {}}
    document["tariff"]["prices"] = [{"price_band": "A", "milestone": "job", "price": 10}]
    row = document["tariff"]["prices"][0] if place == "prices" else document[place]
    row = row if isinstance(row, dict) else row[0]
    row |= {"source": "s", "url": "https://example.org", "date": "2014", "quality": "weak", "interval": [0, 1]}

    assert contains(programme_files.to_document(loads(document)), document)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert loads(least() | {"referral_months": 12.0}).referral_months == 12


def test_a_byte_order_mark_is_no_fault() -> None:
    text = b"\xef\xbb\xbf" + json.dumps(least()).encode()

    assert programme_files.loads(text) == loads(least())


def test_the_hash_is_of_the_content_and_not_of_the_writing(example: dict[str, Any]) -> None:
    shuffled = json.dumps(dict(reversed(example.items())), indent=7).replace("1200", "1.2e3")

    assert programme_files.inputs_sha256(programme_files.loads(shuffled)) == programme_files.inputs_sha256(
        loads(example)
    )


def test_the_hash_changes_with_any_price(example: dict[str, Any]) -> None:
    before = programme_files.inputs_sha256(loads(example))
    example["tariff"]["prices"][0]["price"] += 0.01

    assert programme_files.inputs_sha256(loads(example)) != before


@pytest.mark.promise("B5")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes())
def test_any_programme_survives_being_written_and_read(programme: Programme) -> None:
    text = programme_files.dumps(programme)

    assert programme_files.loads(text) == programme
    assert programme_files.dumps(programme_files.loads(text)) == text
    assert programme_files.loads(programme_files.canonical(programme)) == programme
