"""Rules that the case answers, and the facts that may stand beside an answer."""

from dataclasses import replace

import pytest

from tariffs.core.feasibility import Facts
from tests.factories.feasibility import answers, doubling, finding, severity
from tests.factories.small_programmes import programme

FROM_CASE = {
    "S2": "control",
    "S8": "alternatives",
    "F8": "supply-chain",
    "E1": "service-users",
    "E2": "early-talks",
    "E3": "shadow-running",
    "E4": "change-and-exit",
    "E5": "evaluation",
    "E6": "statement",
    "S1": "defined-outcomes",
}
#: An upfront payment of so much leaves 25% of £40,000 and the upfront payment to results.
THREE_TIMES = 120_000.0


@pytest.mark.parametrize(("rule", "question"), FROM_CASE.items())
def test_an_answer_is_weighed(rule: str, question: str) -> None:
    worst = "block" if rule in ("S1", "S8") else "warn"

    weights = [severity(rule, doubling(), answers={question: said}) for said in ("yes", "partly", "no", "unknown")]

    assert weights == ["pass", "warn", worst, "unknown"]


@pytest.mark.parametrize(("share", "weight"), [(0.05, "pass"), (0.0501, "warn")])
def test_s1_warns_where_checking_costs_more_than_a_twentieth(share: float, weight: str) -> None:
    found = finding("S1", doubling(), answers=answers(), facts=Facts(verification_share=share))

    assert found.severity == weight
    assert "Checking takes 5% of what is paid" in found.found or "5.0%" in found.found


def test_s1_stays_blocked_whatever_checking_costs() -> None:
    given = answers(defined_outcomes="no")

    assert severity("S1", doubling(), answers=given, facts=Facts(verification_share=0.5)) == "block"


@pytest.mark.parametrize(("rule", "question", "worst"), [("S5", "failure", "block"), ("S7", "freedom", "warn")])
@pytest.mark.parametrize(("upfront", "risky"), [(THREE_TIMES - 100, True), (THREE_TIMES + 100, False)])
def test_little_may_hang_on_results_where_the_case_says_no(
    rule: str, question: str, worst: str, upfront: float, risky: bool
) -> None:
    given = doubling(upfront_payment=upfront)

    found = finding(rule, given, answers={question: "no"})

    assert found.severity == (worst if risky else "pass")
    assert found.figures["results_share"] == pytest.approx(0.25, abs=0.001)
    assert severity(rule, given, answers={question: "yes"}) == "pass"


def test_s5_cannot_weigh_what_hangs_on_results_before_there_are_prices() -> None:
    draft = programme(groups=(), evidence=())

    found = finding("S5", draft, answers={"failure": "no"})

    assert found.severity == "unknown"
    assert found.figures == {"answer": "no", "missing": ["prices"]}


def test_s5_cannot_weigh_prices_of_nothing() -> None:
    assert severity("S5", doubling(price=0.0), answers={"failure": "partly"}) == "unknown"


@pytest.mark.parametrize(("passed", "weight"), [(0.3, "pass"), (0.31, "warn")])
def test_f8_warns_where_more_risk_is_passed_down_than_the_prime_carries(passed: float, weight: str) -> None:
    assert severity("F8", doubling(), facts=Facts(at_risk=(passed, 0.3))) == weight


@pytest.mark.parametrize(("grant", "weight"), [(0.51, "pass"), (0.49, "warn")])
def test_f8_reads_the_terms_of_the_supply_chain(grant: float, weight: str) -> None:
    # £40,000 of results beside as much upfront: half of the prime's payments are at risk.
    chain = {"share": 0.4, "grant_share": grant, "risk_pass_through": 1.0}
    given = replace(doubling(upfront_payment=40_000.0), market={"supply_chain": chain})

    found = finding("F8", given)

    assert found.severity == weight
    assert found.figures["prime_share"] == pytest.approx(0.5)


def test_f8_asks_the_case_where_nothing_is_passed_on_or_nothing_is_paid() -> None:
    nothing = replace(doubling(), market={"supply_chain": {"share": 0.0}})
    unpaid = replace(doubling(price=0.0), market={"supply_chain": {"share": 0.5}})

    assert severity("F8", nothing) == "unknown"
    assert severity("F8", unpaid) == "unknown"


@pytest.mark.parametrize(("share", "weight"), [(0.01, "pass"), (0.0099, "warn")])
def test_e5_warns_where_less_than_a_hundredth_is_for_learning(share: float, weight: str) -> None:
    assert severity("E5", doubling(), facts=Facts(evaluation_share=share)) == weight


def test_what_is_paid_for_being_taken_on_hangs_on_no_result() -> None:
    base = doubling()
    taken_on = replace(base, evidence=())

    found = finding("S7", taken_on, answers={"freedom": "no"})

    assert (found.severity, found.figures["results_share"]) == ("pass", 0.0)


@pytest.mark.parametrize(
    ("rule", "question", "facts", "weight", "words"),
    [
        ("S1", "defined-outcomes", Facts(undefined=0), "pass", "0 outcomes paid for lack a definition"),
        ("S1", "defined-outcomes", Facts(undefined=1), "block", "1 outcome paid for lacks a definition"),
        ("S1", "defined-outcomes", Facts(undefined=0, verification_share=0.5), "warn", "Checking takes 50%"),
        ("S2", "control", Facts(unrelieved=0), "pass", "0 outcomes paid for depend on something"),
        ("S2", "control", Facts(unrelieved=2), "warn", "2 outcomes paid for depend on something"),
        ("S2", "control", Facts(unrelieved=1), "warn", "1 outcome paid for depends on something"),
        ("E1", "service-users", Facts(users_shaped=True), "pass", "in their own words was adopted"),
        ("E1", "service-users", Facts(users_shaped=False), "warn", "No outcome in the words of a service user"),
    ],
)
@pytest.mark.parametrize("said", ["yes", "no", "unknown"])
def test_what_measures_and_the_room_say_stands_in_for_the_cases_answer(
    rule: str, question: str, facts: Facts, weight: str, words: str, said: str
) -> None:
    found = finding(rule, doubling(), answers={question: said}, facts=facts)

    assert found.severity == weight
    assert words in found.found
