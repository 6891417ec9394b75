"""The stress test of a measure card: every rule, and that nothing passes for want of an answer."""

from dataclasses import fields, replace
from typing import Any

import pytest

from commissioning.core.measures import Card, Independence, Payment, Use, Verifier
from commissioning.core.stress_tests import Verdict, count, in_words, sorted_worst_first, stress_test

PAYMENT = Payment(lowest=1000.0, most_of_price=0.05, latest=18)
UNPRICED = replace(PAYMENT, lowest=None)
WHOLE = Card(
    definition="In work for 26 of 30 weeks",
    unit="one person, once",
    for_whom="everyone who is referred",
    verifier=Verifier.RECORDS,
    independence=Independence.FULL,
    validation_method="Matched with payroll",
    data_source="Payroll records",
    cost_of_claim=50.0,
    baseline="11 in 100",
    baseline_source="Records",
    baseline_date="2025",
    lag_months=18,
    depends_on="Jobs nearby",
    gaming="Paid jobs",
    gaming_guard="Week 27 is counted",
    minimum_change="16 hours",
    relapse_rule="Again after 6 months",
    use=Use.PAID,
    milestone="In work",
)


#: What a card may leave open: a step of its own, and outcomes that people define.
AT_LEISURE = ("milestone", "own_outcomes", "own_agreement", "own_record")
OWN = {"own_outcomes": 2, "own_agreement": "An advocate, within 6 weeks", "own_record": "The person's own plan"}


@pytest.mark.parametrize(
    ("changed", "payment", "verdict", "words"),
    [
        ({"own_agreement": ""}, PAYMENT, "missing", "who agrees"),
        ({"own_record": ""}, PAYMENT, "missing", "where the person's own words are kept"),
        ({"verifier": Verifier.PERSON}, PAYMENT, "doubtful", "nobody but the provider or the person"),
        ({"verifier": Verifier.PROVIDER}, PAYMENT, "doubtful", "nobody but the provider or the person"),
        ({"verifier": Verifier.PERSON}, UNPRICED, "said", "choose freely"),
        ({}, PAYMENT, "said", "choose freely"),
    ],
)
def test_what_people_define_is_agreed_with_them_and_kept_elsewhere(
    changed: dict[str, Any], payment: Payment, verdict: str, words: str
) -> None:
    found, why = judged("own", payment, **(OWN | changed))

    assert found == verdict
    assert words in why


def judged(key: str, payment: Payment = PAYMENT, **changed: Any) -> tuple[Verdict, str]:
    judgements = stress_test(replace(WHOLE, **changed), payment)
    return next((each.verdict, each.found) for each in judgements if each.question.key == key)


def test_a_card_that_says_everything_still_leaves_people_to_judge() -> None:
    judgements = stress_test(WHOLE, PAYMENT)

    assert in_words(judgements) == "0 missing, 0 doubtful, 1 that cannot be judged from the card"
    assert count(judgements)[Verdict.SAID] == 7
    assert count(judgements)[Verdict.CLEAR] == 5


def test_an_empty_card_passes_nothing() -> None:
    judgements = stress_test(Card(), UNPRICED)

    assert "own" not in {each.question.key for each in judgements}
    assert in_words(judgements) == "12 missing, 0 doubtful, 1 that cannot be judged from the card"
    assert {each.verdict for each in judgements} == {Verdict.MISSING, Verdict.UNKNOWN}


@pytest.mark.parametrize("name", [field.name for field in fields(Card) if field.name not in AT_LEISURE])
def test_leaving_out_any_field_is_noticed(name: str) -> None:
    before = count(stress_test(WHOLE, PAYMENT))
    empty = Card()

    after = count(stress_test(replace(WHOLE, **{name: getattr(empty, name)}), PAYMENT))

    assert after[Verdict.MISSING] + after[Verdict.DOUBTFUL] == before[Verdict.MISSING] + before[Verdict.DOUBTFUL] + 1


@pytest.mark.parametrize(
    ("key", "changed", "verdict", "words"),
    [
        ("definition", {"definition": ""}, "missing", "no definition"),
        ("definition", {"unit": ""}, "missing", "in which unit"),
        ("people", {"for_whom": ""}, "missing", "for whom"),
        ("verifier", {"verifier": None}, "missing", "who verifies"),
        ("verifier", {"verifier": Verifier.PROVIDER}, "doubtful", "Nobody verifies it but the provider."),
        ("verifier", {"independence": None}, "missing", "gains or loses"),
        ("verifier", {"independence": Independence.PARTLY}, "doubtful", "may gain or lose"),
        ("verifier", {"independence": Independence.NONE}, "doubtful", "gains or loses"),
        ("verifier", {"verifier": Verifier.PERSON}, "doubtful", "pressed to give it"),
        ("verifier", {"verifier": Verifier.PERSON, "use": Use.VALUED}, "clear", "without a stake"),
        ("evidence", {"data_source": ""}, "missing", "what evidence"),
        ("evidence", {"validation_method": ""}, "missing", "how a claim is checked"),
        ("burden", {"cost_of_claim": None}, "missing", "what one claim costs"),
        ("burden", {"cost_of_claim": 50.01}, "doubtful", "the line is at 5%"),
        ("burden", {"cost_of_claim": 0.0}, "clear", "£0"),
        ("baseline", {"baseline": ""}, "missing", "no baseline"),
        ("baseline", {"baseline_source": ""}, "doubtful", "no source"),
        ("baseline", {"baseline_date": ""}, "doubtful", "of which time"),
        ("change", {"minimum_change": ""}, "missing", "how big a change"),
        ("time", {"lag_months": None}, "missing", "how long after"),
        ("time", {"lag_months": 19}, "doubtful", "19 months after the work; the line is at 18 months"),
        ("time", {"lag_months": 0}, "clear", "known at once"),
        ("relapse", {"relapse_rule": ""}, "missing", "lost again"),
        ("control", {"depends_on": ""}, "missing", "outside the provider's control"),
        ("gaming", {"gaming": ""}, "missing", "who could game it"),
        ("gaming", {"gaming_guard": ""}, "doubtful", "nothing guards against it"),
        ("protection", {"use": None}, "missing", "paid for, protected or valued"),
        ("protection", {"use": Use.VALUED}, "doubtful", "neither paid for nor protected"),
        ("protection", {"use": Use.PROTECTED}, "said", "minimum standard"),
        ("conscience", {}, "unknown", "No field"),
    ],
)
def test_a_rule_finds_what_is_missing_or_doubtful(key: str, changed: Any, verdict: str, words: str) -> None:
    found, said = judged(key, **changed)

    assert found == verdict
    assert words in said


def test_without_a_price_the_cost_of_a_claim_cannot_be_judged() -> None:
    assert judged("burden", UNPRICED) == (
        Verdict.UNKNOWN,
        "A claim costs £50. The milestone has no price, so there is nothing to set that against.",
    )
    assert "tied to no milestone" in judged("burden", UNPRICED, milestone="")[1]


def test_what_is_to_be_paid_for_needs_a_price() -> None:
    assert judged("protection", UNPRICED) == (
        Verdict.DOUBTFUL,
        "It is to be paid for, but its milestone has no price.",
    )
    assert "tied to no milestone" in judged("protection", UNPRICED, milestone="")[1]


def test_a_line_drawn_elsewhere_counts() -> None:
    strict = Payment(lowest=1000.0, most_of_price=0.04, latest=6)

    assert judged("burden", strict)[0] is Verdict.DOUBTFUL
    assert judged("time", strict)[0] is Verdict.DOUBTFUL


def test_what_is_missing_stands_first_and_what_is_clear_last() -> None:
    judgements = stress_test(replace(WHOLE, baseline="", verifier=Verifier.PROVIDER), PAYMENT)

    verdicts = [each.verdict for each in sorted_worst_first(judgements)]

    assert verdicts[:3] == [Verdict.MISSING, Verdict.DOUBTFUL, Verdict.UNKNOWN]
    assert verdicts[-1] is Verdict.CLEAR
