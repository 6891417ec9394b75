"""Facts beside the draft: every question serves a rule, and single answers become what the rules read."""

from dataclasses import fields

import pytest

from tariffs.core.feasibility import Facts, Kind, fact_questions, gather, rules
from tariffs.core.feasibility.catalogue import _table, page_name


def test_every_question_is_whole_and_serves_rules_that_there_are() -> None:
    names = {field.name for field in fields(Facts)}

    for question in fact_questions().values():
        assert question.field in names
        assert question.title and question.help and question.ask.endswith("?")
        assert question.rules and set(question.rules) <= rules().keys()
        assert question.low <= question.high
        assert question.example or question.kind is Kind.YES_NO


def test_every_fact_that_a_rule_needs_can_be_entered() -> None:
    for need in _table("catalogue.toml")["needs"].values():
        part, _, question = need["page"].partition(":")
        assert page_name(part)
        assert not question or question in fact_questions()


def test_every_fact_but_the_supply_chain_is_asked() -> None:
    asked = {question.field for question in fact_questions().values()}

    assert {field.name for field in fields(Facts)} - asked == {"at_risk"}


def test_answers_become_facts_of_their_kind() -> None:
    known = {("overlap", ""): 0.25, ("unpriced", ""): 2.0, ("entry", ""): 0.0, ("assessor", ""): 1.0}

    found = gather(known | {("income", "p"): 5e5, ("income", "q"): 7e5})

    assert found == Facts(
        overlap_share=0.25, unprotected=2, provider_selects=False, payee_grades=True, incomes={"p": 5e5, "q": 7e5}
    )
    assert isinstance(found.unprotected, int)


def test_nothing_known_is_no_facts() -> None:
    assert gather({}) == Facts()


@pytest.mark.parametrize("one", ["viable-before", "viable-after"])
def test_variety_counts_only_with_both_numbers(one: str) -> None:
    assert gather({(one, ""): 4.0}).viable is None
    assert gather({("viable-before", ""): 12.5, ("viable-after", ""): 9.0}).viable == (12.5, 9.0)


def test_an_answer_to_a_question_that_is_no_longer_asked_is_left_out() -> None:
    assert gather({("once-asked", ""): 1.0}) == Facts()
