"""The catalogue: every rule whole, every threshold with its source, and the same rules as the case asks about."""

import tomllib
from importlib import resources

from commissioning.core.case_questions import questions
from tariffs.core.feasibility import areas, rules, thresholds
from tariffs.core.feasibility.catalogue import need, page_name

WANTED = (
    [f"S{number}" for number in range(1, 10)]
    + [f"P{number}" for number in range(1, 13)]
    + [f"I{number}" for number in range(1, 15)]
    + [f"F{number}" for number in range(1, 12)]
    + [f"E{number}" for number in range(1, 7)]
)


def test_all_52_rules_stand_in_the_catalogue_once() -> None:
    assert sorted(rules()) == sorted(WANTED)
    assert len(WANTED) == 52


def test_every_rule_is_whole() -> None:
    for rule in rules().values():
        assert rule.area in areas()
        assert rule.title and rule.why and rule.computed and rule.severity and rule.needs and rule.sources
        assert rule.cure or rule.severity == "info"
        assert page_name(rule.page)


def test_every_threshold_has_value_unit_meaning_source_and_range_and_belongs_to_a_rule() -> None:
    table = tomllib.loads(resources.files("tariffs.core.feasibility").joinpath("thresholds.toml").read_text("utf-8"))

    assert table.keys() == thresholds().keys()
    assert {threshold.key for rule in rules().values() for threshold in rule.thresholds} == thresholds().keys()
    for key, row in table.items():
        low, high = row["range"]
        assert low <= row["value"] <= high, key
        assert row["unit"] and row["meaning"] and row["source"] and row["checked"], key
        assert row["default"] is ("roject default" in row["source"]), key


def test_a_question_of_the_case_is_about_a_rule_that_there_is() -> None:
    asked = {rule: question.key for question in questions().values() for rule in question.rules}

    assert asked.keys() <= rules().keys()


def test_a_need_for_an_answer_is_entered_at_its_question() -> None:
    found = need("case:freedom")

    assert found.page == "case:freedom"
    assert found.entering == "Needed: the answer to “Freedom that matches the risk” in the case. Enter it under “Case”."


def test_a_source_is_named_with_its_year_where_that_is_known() -> None:
    assert str(rules()["S4"].sources[0]) == "LGiU, Summary of NAO, The introduction of the Work Programme (2012)"
    assert str(rules()["F1"].sources[1]) == "Charity Commission, Charities and reserves (CC19)"
