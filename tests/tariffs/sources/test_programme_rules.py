"""What a programme file may not say: each rule broken once, with the place and the words of its error."""

import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from tariffs.core import price_effects
from tariffs.sources import programme_files
from tariffs.sources.programme_files import FileError, ProgrammeFileError

Change = Callable[[dict[str, Any]], object]


def whole() -> dict[str, Any]:
    """Write a small programme with something of everything."""
    return {
        "format": "pbr-programme/1",
        "name": "Back to work",
        "referral_months": 12,
        "contract_months": 24,
        "groups": [{"id": "a", "price_band": "A"}, {"id": "b", "price_band": "B"}],
        "milestones": [{"id": "start"}, {"id": "job", "after": "start", "final": True}, {"id": "stay", "after": "job"}],
        "evidence": [
            {"group": "a", "milestone": "job", "baseline": 0.2, "responsiveness": 0.3},
            {"group": "b", "milestone": "job", "baseline": 0.1, "observed": {"spending": 500, "rate": 0.12}},
        ],
        "tariff": {
            "prices": [
                {"price_band": "A", "milestone": "job", "price": 100},
                {"price_band": "B", "milestone": "job", "price": 200},
            ],
            "target": {"milestone": "job", "rule": "sliding", "rate": 0.3, "rate_from": 0.1},
        },
        "providers": [{"id": "one", "share": 0.5}, {"id": "two", "share": 0.5}],
        "uncertainty": {"season": [0] * 12},
        "market": {
            "lots": [{"id": "north", "annual_value": 1000, "groups": ["a"]}],
            "designs": [
                {"id": "as-drafted", "changes": {}},
                {"id": "fee", "changes": {"tariff.service_fee_monthly": 5}},
            ],
        },
    }


def faults_of(document: Any) -> tuple[FileError, ...]:
    with pytest.raises(ProgrammeFileError) as raised:
        programme_files.loads(json.dumps(document))
    return raised.value.errors


def put(path: str, value: Any) -> Change:
    """Make a change that sets the value at a JSON pointer."""

    def change(document: dict[str, Any]) -> None:
        *way, last = path.strip("/").split("/")
        part: Any = document
        for key in way:
            part = part[int(key)] if isinstance(part, list) else part[key]
        if isinstance(part, list):
            part[int(last)] = value
        else:
            part[last] = value

    return change


BROKEN = [
    (put("/groups/1/id", "a"), "/groups/1/id", 'the id "a" again'),
    (put("/milestones/2/id", "start"), "/milestones/2/id", "once"),
    (put("/milestones/1/id", "start"), "/milestones/1/after", "never itself by any way round"),
    (put("/providers/1/id", "one"), "/providers/1/id", "once"),
    (put("/market/designs/1/id", "as-drafted"), "/market/designs/1/id", "once"),
    (put("/groups/1/price_band", "C"), "/tariff/prices/1/price_band", "Name a group's price band of this file: A, C."),
    (put("/milestones/1/after", "nowhere"), "/milestones/1/after", "Name a milestone of this file: start, job, stay."),
    (put("/evidence/0/group", "z"), "/evidence/0/group", "a, b"),
    (put("/evidence/0/milestone", "z"), "/evidence/0/milestone", "start, job, stay"),
    (put("/tariff/prices/0/milestone", "z"), "/tariff/prices/0/milestone", "start, job, stay"),
    (put("/tariff/target/milestone", "z"), "/tariff/target/milestone", "start, job, stay"),
    (put("/market/lots/0/groups/0", "z"), "/market/lots/0/groups/0", "a, b"),
    (put("/milestones/1/final", False), "/milestones", "exactly one"),
    (put("/milestones/2/final", True), "/milestones/2/final", "Exactly one milestone is the final outcome"),
    (put("/milestones/0/after", "stay"), "/milestones/0/after", "never itself by any way round"),
    (put("/milestones/1/after", "job"), "/milestones/1/after", "never itself by any way round"),
    (put("/evidence/1/group", "a"), "/evidence/1", "a second row"),
    (put("/tariff/prices/1/price_band", "A"), "/tariff/prices/1", "a second row"),
    (put("/evidence/1/responsiveness", 0.2), "/evidence/1/observed", "one of the two"),
    (put("/evidence/1/observed/rate", 0.9), "/evidence/1/observed", "a responsiveness of 3.51"),
    (put("/evidence/1/observed/rate", 0.05), "/evidence/1/observed", "a responsiveness of -0.59"),
    (put("/evidence/1/baseline", 0), "/evidence/1/observed", "baseline 0 and rate 0.12"),
    (put("/evidence/1/observed/rate", 1), "/evidence/1/observed", "baseline 0.1 and rate 1"),
    (put("/evidence/1/interval", [0.3, 0.2]), "/evidence/1/interval", "low end first"),
    (put("/tariff/prices/0/interval", [3, 2]), "/tariff/prices/0/interval", "low end first"),
    (put("/uncertainty/interval", [3, 2]), "/uncertainty/interval", "low end first"),
    (put("/providers/1/share", 0.51), "/providers", "add up to 1.01"),
    (put("/referral_months", 25), "/referral_months", "25 referral months in a contract of 24 months"),
    (put("/tariff/target/rate", None), "/tariff/target/rate", "needs a rate"),
    (put("/tariff/target/rate_from", None), "/tariff/target/rate_from", "from which it pays"),
    (put("/tariff/target/rate_from", 0.3), "/tariff/target/rate_from", "lies below the rate"),
    (put("/tariff/target", {"rule": "binary", "rate": 0.2}), "/tariff/target/milestone", "names its milestone"),
    (put("/uncertainty/season", [0] * 11), "/uncertainty/season", "a list of 12"),
    (put("/start", "2014-13"), "/start", "like 2014-04"),
    (put("/start", "2014-04\n"), "/start", "like 2014-04"),
    (put("/format", "pbr-programme/2"), "/format", '"pbr-programme/1"'),
    (put("/groups/0/price_bnad", "A"), "/groups/0/price_bnad", 'Did you mean "price_band"?'),
    (put("/groups", []), "/groups", "a list of 1 to 100"),
    (put("/groups/0/id", ""), "/groups/0/id", "text of 1 to 100 characters"),
    (put("/groups/0/name", "x" * 301), "/groups/0/name", "(301 characters)"),
    (put("/tariff/prices/0/price", -1), "/tariff/prices/0/price", "a number from 0 to"),
    (put("/tariff/prices/0/price", 1e308), "/tariff/prices/0/price", "a number from 0 to 1,000,000,000,000"),
    (put("/tariff/prices/0/price", "12"), "/tariff/prices/0/price", 'the text "12"'),
    (put("/tariff/prices/0/price", True), "/tariff/prices/0/price", "Found true"),
    (put("/referral_months", 1.5), "/referral_months", "a whole number from 1 to 600"),
    (put("/milestones/0/repeats", 121), "/milestones/0/repeats", "a whole number from 1 to 120"),
    (put("/milestones/0/final", "yes"), "/milestones/0/final", "true or false"),
    (put("/providers/0/income_share", 0), "/providers/0/income_share", "from 0.01 to 1"),
    (put("/providers/0/spending_rule", "greedy"), "/providers/0/spending_rule", "one of marginal, income_share"),
    (put("/evidence/0/quality", "good"), "/evidence/0/quality", "one of strong, moderate, weak, assumption"),
    (put("/evidence/1/observed/spending", 0), "/evidence/1/observed/spending", "from 0.01"),
]


@pytest.mark.promise("B2")
@pytest.mark.parametrize(("change", "pointer", "words"), BROKEN)
def test_each_broken_rule_is_named_with_its_place(change: Change, pointer: str, words: str) -> None:
    document = whole()
    programme_files.loads(json.dumps(document))
    change(document)

    faults = {fault.pointer: fault.message for fault in faults_of(document)}

    assert pointer in faults
    assert words in faults[pointer]


@pytest.mark.parametrize(
    "key", ["format", "referral_months", "contract_months", "groups", "milestones", "tariff", "providers"]
)
def test_what_nothing_can_be_worked_out_without_is_asked_for(key: str) -> None:
    document = whole()
    del document[key]

    assert f"/{key}" in {fault.pointer for fault in faults_of(document)}


@pytest.mark.parametrize("key", ["name", "evidence", "uncertainty", "market"])
def test_the_rest_may_be_left_out(key: str) -> None:
    document = whole()
    del document[key]

    assert programme_files.loads(json.dumps(document))


def test_a_tariff_without_any_price_is_a_block_contract_and_allowed() -> None:
    document = whole()
    document["tariff"] = {"service_fee_monthly": 1000}

    assert programme_files.loads(json.dumps(document)).tariff.prices == ()


def test_a_group_whose_price_band_has_no_price_earns_nothing_and_is_allowed() -> None:
    document = whole()
    del document["tariff"]["prices"][1]

    programme = programme_files.loads(json.dumps(document))

    assert [effect.income for effect in price_effects.effects(programme)][1] == 0


def test_all_faults_come_out_together() -> None:
    document = whole()
    for path, value in [("/start", 2014), ("/milestones/2/final", True), ("/groups/0/colour", "red"), ("/budget", -1)]:
        put(path, value)(document)

    pointers = {fault.pointer for fault in faults_of(document)}

    assert pointers == {"/start", "/milestones/2/final", "/groups/0/colour", "/budget"}


def test_at_most_fifty_faults_are_told() -> None:
    document = whole() | {f"unknown{number}": 1 for number in range(200)}

    assert len(faults_of(document)) == 50


def test_too_many_changes_are_refused() -> None:
    document = whole()
    document["market"]["designs"][1]["changes"] = {f"tariff.{number}": 1 for number in range(101)}

    [fault] = faults_of(document)

    assert fault.allowed == "Allowed is an object of at most 100 keys."


def test_the_faults_survive_the_way_from_one_process_to_another() -> None:
    with pytest.raises(ProgrammeFileError) as raised:
        programme_files.loads(json.dumps(whole() | {f"unknown{number}": 1 for number in range(60)}))

    copy = pickle.loads(pickle.dumps(raised.value))

    assert copy.errors == raised.value.errors
    assert copy.has_more and raised.value.has_more


def test_too_many_people_are_refused() -> None:
    document = whole() | {"referral_months": 600, "contract_months": 600}
    document["groups"][0]["referrals_per_month"] = 1e7

    assert faults_of(document)[0].pointer == "/groups"


def test_too_many_steps_are_refused() -> None:
    document = whole()
    document["groups"] = [{"id": f"g{number}", "price_band": "AB"[number % 2]} for number in range(100)]
    document["milestones"][2]["repeats"] = 60
    document.update(evidence=[], market={})

    [fault] = faults_of(document)

    assert fault.pointer == "/milestones"
    assert "5,000" in fault.allowed


def test_a_design_may_change_what_the_file_leaves_to_its_default() -> None:
    document = whole()
    changes = {"market.supply_chain.share": 0.5, "budget": 7, "tariff.target.window_months": 6}
    document["market"]["designs"][1]["changes"] = changes

    assert programme_files.loads(json.dumps(document)).market == document["market"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tariff.price": 5}, "holds the unknown key"),
        ({"tarif.prices": []}, "/tarif holds the unknown key"),
        ({"name.first": "x"}, "leads nowhere"),
        ({"": 1}, "unknown key"),
        ({"market.rounds" + ".a" * 20_000: 1}, "leads nowhere"),
        ({"market.supply_chain.sahre": 1}, 'Did you mean "share"?'),
        ({"groups.7.name": "x"}, "leads nowhere"),
        ({"groups.x.name": "x"}, "leads nowhere"),
        ({"tariff.prices.0.price": -5}, "/tariff/prices/0/price holds -5"),
        ({"market.designs": []}, "leads nowhere"),
        ({"providers": 7}, "/providers holds 7"),
    ],
)
def test_a_design_may_change_only_what_a_programme_has(changes: dict[str, Any], words: str) -> None:
    document = whole()
    document["market"]["designs"][1]["changes"] = changes

    [fault] = faults_of(document)

    assert fault.pointer.startswith("/market/designs/1/changes")
    assert words in fault.message
