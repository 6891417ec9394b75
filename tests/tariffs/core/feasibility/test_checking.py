"""All rules at once: nothing passes silently, and the worked example's findings in words."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commissioning.core.pathways import Evidence
from tariffs.core import incentives
from tariffs.core.feasibility import Facts, Inputs, Severity, check, rules, sorted_worst_first, verdict
from tariffs.core.feasibility.checking import CHECKS, KNOWN
from tariffs.core.programmes import Programme, Tariff
from tariffs.sources.examples import KEYS, load
from tests.factories.feasibility import GOOD, SOURCED, answers, doubling, finding, result, with_evidence, with_group
from tests.factories.small_programmes import programme

BASELINE = Path(__file__).parents[3] / "baselines" / "work_programme_findings.json"


def whole() -> Programme:
    """A programme that lacks nothing that a rule asks for."""
    base = with_group(with_evidence(doubling(), sample_size=5000), social_value=5000.0)
    return replace(base, budget=1e6)


def known() -> dict[str, Any]:
    return {"answers": answers(), "result": result(), "facts": GOOD}


#: How to take away what a need asks for.
TAKEN: dict[str, Any] = {
    "groups": {"groups": (), "evidence": ()},
    "outcome": {"milestones": ()},
    "evidence": {"evidence": ()},
    "prices": {"tariff": Tariff()},
    "providers": {"providers": ()},
    "budget": {"budget": 0.0},
}
TOLD = {
    "overlap": "overlap_share",
    "payer-share": "payer_share",
    "verifier": "self_declared_share",
    "assessor": "payee_grades",
    "unpriced": "unprotected",
    "step-in": "step_in",
}


def test_every_rule_has_its_check_and_every_need_is_known_how_to_be_met() -> None:
    needs = {each.key for rule in rules().values() for each in rule.needs if not each.key.startswith("case:")}

    assert CHECKS.keys() == rules().keys()
    assert needs == KNOWN.keys()


def test_with_everything_known_every_rule_says_something() -> None:
    found = check(whole(), Inputs(**known()))

    assert [finding.rule.id for finding in found if finding.severity is Severity.UNKNOWN] == []
    assert all(finding.found for finding in found)


def test_an_empty_draft_is_checked_and_no_rule_passes() -> None:
    draft = programme(
        groups=(), milestones=(), evidence=(), providers=(), tariff=Tariff(), referral_months=1, contract_months=1
    )

    found = check(draft)

    assert {finding.severity for finding in found} == {Severity.UNKNOWN}
    assert all(finding.figures["missing"] and finding.fix.startswith("Needed: ") for finding in found)
    assert verdict(found) == "0 blocks, 0 warnings, 0 pass, 52 cannot be checked yet"


@pytest.mark.parametrize(
    ("rule", "need"), [(rule.id, need.key) for rule in rules().values() for need in rule.needs], ids=str
)
def test_a_rule_that_lacks_something_says_so_and_does_not_pass(rule: str, need: str) -> None:
    given, inputs = whole(), known()
    if need in TAKEN:
        given = replace(given, **TAKEN[need])
    elif need == "referrals":
        given = with_group(given, referrals_per_month=0.0)
    elif need.startswith("case:"):
        inputs["answers"] = answers(**{need.removeprefix("case:").replace("-", "_"): "unknown"})
        inputs["facts"] = Facts()
    elif need == "run":
        inputs["result"] = None
    elif need in ("incomes", "bidders"):
        inputs["facts"] = replace(GOOD, incomes={}, bidders=None, viable=None)
    else:
        inputs["facts"] = replace(GOOD, **{TOLD[need]: None})

    found = finding(rule, given, **inputs)

    assert found.severity is Severity.UNKNOWN
    assert need in found.figures["missing"]
    assert found.found.startswith("This cannot be checked yet.")


def test_an_answer_that_nobody_gave_is_not_known() -> None:
    assert finding("S8", doubling(), answers={"alternatives": "unknown"}).severity is Severity.UNKNOWN


def test_an_authority_may_draw_a_line_elsewhere() -> None:
    assert finding("P4", doubling(), thresholds={}).severity is Severity.PASS
    assert finding("P4", doubling(), thresholds={"P4_headroom": 0.5}).severity is Severity.WARN


def test_what_a_rule_needs_is_said_with_the_page_where_it_is_entered() -> None:
    assert finding("P8", doubling()).fix == "Needed: the budget. Enter it under “What the programme is about”."
    assert finding("I11", doubling()).fix.endswith("Enter it under “What else is known”.")


def test_a_finding_is_written_with_why_and_its_source_and_what_would_cure_it() -> None:
    written = finding("S8", doubling(), answers=answers(alternatives="no")).document()

    assert written == {
        "rule": "S8",
        "severity": "block",
        "title": "Payment by Results was compared with other ways",
        "why": rules()["S8"].reason,
        "found": "The case answers “no” to “Compared with other ways of paying”.",
        "figures": {"answer": "no"},
        "fix": rules()["S8"].cure,
    }
    assert "Audit Commission, Local payment by results (2012)" in written["why"]
    assert finding("S8", doubling()).document()["severity"] == "info"
    assert finding("S8", doubling(), answers=answers()).fix == ""


@pytest.mark.parametrize("key", KEYS)
def test_every_example_is_checked_and_its_figures_are_plain_json(key: str) -> None:
    found = check(load(key))

    assert len(found) == 52
    json.dumps([finding.document() for finding in found], allow_nan=False)


def test_a_milestone_that_nobody_can_reach_and_a_group_without_referrals_do_no_harm() -> None:
    never = replace(doubling(), evidence=(Evidence("g", "job", 0.0, provenance=SOURCED),))
    empty = with_group(never, referrals_per_month=0.0, intended_support=100.0)

    assert len(check(never)) == len(check(empty)) == 52


@pytest.mark.slow
def test_the_worked_examples_findings_stay_as_they_are() -> None:
    given = load("work-programme")

    found = check(given, Inputs(result=incentives.run(given, 2048, 1)))

    said = [[finding.rule.id, str(finding.severity), finding.found] for finding in found]
    stored = json.loads(BASELINE.read_text("utf-8"))
    assert [verdict(found), *said] == stored


def test_findings_are_sorted_by_what_they_weigh() -> None:
    found = sorted_worst_first(check(load("peterborough")))

    weights = [str(finding.severity) for finding in found]
    assert list(dict.fromkeys(weights)) == ["block", "warn", "unknown", "info", "pass"]
    assert weights == sorted(weights, key=["block", "warn", "unknown", "info", "pass"].index)
