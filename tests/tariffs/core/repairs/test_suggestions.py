"""The whole search: its parts, what each suggests, and what is said of it at the end."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from tariffs.core import incentives, luck
from tariffs.core.feasibility import Inputs, Subject, bets
from tariffs.core.incentives import Simulation, joined, report
from tariffs.core.programmes import Programme, Target, TargetRule
from tariffs.core.repairs import (
    Change,
    Kind,
    Part,
    Question,
    applied,
    change_of,
    effects,
    parts,
    put_together,
    worked_out,
)
from tariffs.sources.examples import load
from tests.factories.parked import two_groups, with_start

pytestmark = pytest.mark.slow

DRAWS, SEED = 128, 5
BINARY = {"target": Target("job", TargetRule.BINARY, 0.4)}


def answer(programme: Programme, number: int = 0) -> dict:
    question = Question(programme, number, 0.1)
    found = [json.loads(json.dumps(worked_out(question, part, DRAWS, SEED))) for part in parts(programme)]
    return put_together(question, found, DRAWS, SEED)


def suggestion(result: dict, kind: Kind) -> dict:
    return next(row for row in result["suggestions"] if row["kind"] == kind.value)


def drawn(programme: Programme) -> list:
    simulation = Simulation(programme)
    return list(joined([simulation.block(DRAWS, SEED, index) for index in range(simulation.block_count(DRAWS))]))


def test_the_parts_follow_from_the_programme() -> None:
    assert parts(two_groups()) == (
        Part(Kind.AS_IT_IS),
        Part(Kind.PRICE, "easy"),
        Part(Kind.PRICE, "hard"),
        Part(Kind.TOGETHER),
        Part(Kind.EARLIER),
    )
    shared = parts(two_groups(shared=True, terms=BINARY))
    assert [part.kind for part in shared] == [Kind.AS_IT_IS, Kind.PRICE, Kind.EARLIER, Kind.SLIDING]


def test_a_price_is_suggested_only_where_it_has_to_rise() -> None:
    result = answer(two_groups())
    easy, hard = [row for row in result["suggestions"] if row["kind"] == "price"]

    assert easy["figures"] is None
    assert not change_of(easy["change"])
    assert hard["key"] == "price-1"
    assert hard["figures"]["parked"]["second"] < hard["figures"]["parked"]["first"]
    assert [row["group"] for row in result["groups"]] == ["easy", "hard"]


def test_figures_are_those_of_two_simulations_on_the_same_luck() -> None:
    programme = two_groups()
    row = suggestion(answer(programme), Kind.TOGETHER)

    before, after = drawn(programme), drawn(applied(programme, change_of(row["change"])))

    apart = np.rint(after[0].payments) - np.rint(before[0].payments)
    payments = row["figures"]["payments"]
    assert payments["first"] == pytest.approx(np.rint(before[0].payments).mean())
    assert payments["second"] == pytest.approx(np.rint(after[0].payments).mean())
    assert (payments["low"], payments["high"]) == tuple(np.quantile(apart, [0.05, 0.95], method="inverted_cdf"))
    assert row["figures"]["loss"]["second"] == (after[0].margin < 0).mean()
    assert row["figures"]["trough"]["first_high"] == np.rint(np.quantile(before[0].trough, 0.95, method="inverted_cdf"))


def test_parked_people_are_the_share_of_each_group_times_who_came_to_each_provider() -> None:
    one = two_groups().providers[0]
    programme = replace(two_groups(), providers=(replace(one, id="a", share=0.6), replace(one, id="b", share=0.4)))
    simulation, outcomes = Simulation(programme), drawn(programme)

    found = effects.tested(programme, 1, DRAWS, SEED)

    expected = sum(
        np.array([row.parked_share for row in report(simulation.setting, decision)]) @ outcome.referred
        for decision, outcome in zip(simulation.decisions, outcomes, strict=True)
    )
    assert found["drawn"]["parked"] == np.rint(expected).astype(int).tolist()
    assert found["drawn"]["margin"] == np.rint(outcomes[1].margin).astype(int).tolist()
    assert found["drawn"]["payments"] == np.rint(outcomes[0].payments + outcomes[1].payments).astype(int).tolist()


def test_deadweight_is_what_would_have_been_earned_anyway_over_what_is_earned() -> None:
    programme = two_groups()
    rows = incentives.decisions(Simulation(programme))
    people = {"easy": 30.0, "hard": 10.0}

    found = effects.tested(programme, 0, DRAWS, SEED)["deadweight"]

    anyway = sum(people[row["group"]] * row["income"] * row["deadweight_share"] for row in rows)
    assert found == pytest.approx(anyway / sum(people[row["group"]] * row["income"] for row in rows))


def test_where_nothing_is_paid_nothing_is_deadweight() -> None:
    unpaid = replace(two_groups(), tariff=replace(two_groups().tariff, prices=()))

    assert effects.tested(unpaid, 0, 64, SEED)["deadweight"] == 0.0


def test_a_change_of_nothing_makes_no_difference() -> None:
    same = effects.tested(two_groups(), 0, DRAWS, SEED)

    figures = effects.compared(same, same)

    assert all((row["low"], row["high"], row["more"], row["less"]) == (0, 0, 0, 0) for row in figures.values())


def test_a_shared_band_is_raised_or_split_and_the_split_costs_less() -> None:
    result = answer(two_groups(shared=True))
    whole, apart = suggestion(result, Kind.PRICE), suggestion(result, Kind.SPLIT)

    assert apart["key"] == "split-0"
    assert apart["figures"]["payments"]["second"] < whole["figures"]["payments"]["second"]
    assert apart["overpaid"]["pounds"] > 0
    assert [row["group"] for row in apart["change"]["bands"]] == ["hard"]


def test_money_is_moved_earlier_where_reserves_do_not_carry_the_contract() -> None:
    programme = with_start(two_groups(reserves=20_000.0))

    row = suggestion(answer(programme), Kind.EARLIER)

    assert row["milestone"] == "start"
    assert row["figures"]["trough"]["second_high"] == pytest.approx(row["trough"], abs=1)
    assert row["trough"] < row["trough_now"]


def test_under_a_target_with_many_groups_no_earlier_payment_is_looked_for() -> None:
    two = two_groups(terms=BINARY)
    people = tuple(replace(two.groups[0], id=f"g{place}") for place in range(9))
    many = replace(two, groups=people, evidence=tuple(replace(two.evidence[0], group=each.id) for each in people))

    (row,) = worked_out(Question(many, 0, 0.1), Part(Kind.EARLIER), DRAWS, SEED)

    assert row["is_looked_for"] is False
    assert "test" not in row


def test_a_target_is_put_on_the_sliding_scale_of_the_luck_test() -> None:
    programme = load("hmp-doncaster")

    row = suggestion(answer(programme), Kind.SLIDING)

    (bet,) = bets(Subject(programme, Inputs())).values()
    scale = luck.sliding_scale(bet)
    assert scale is not None
    assert row["change"]["target"]["rate"] == round(scale.rate or 0, 4)
    assert row["change"]["target"]["rule"] == "sliding"
    assert row["cliff"] == luck.luck_test(bet).cliff


def test_a_target_that_no_scale_replaces_is_left() -> None:
    below = {"target": Target("job", TargetRule.BINARY, 0.05)}
    nobody = replace(
        two_groups(terms=BINARY), groups=tuple(replace(group, referrals_per_month=0.0) for group in two_groups().groups)
    )

    assert suggestion(answer(two_groups(terms=below)), Kind.SLIDING)["figures"] is None
    row = suggestion(answer(nobody), Kind.SLIDING)
    assert (row["figures"], row["cliff"]) == (None, 0.0)


def test_a_change_reads_back_as_it_was_written() -> None:
    change = Change(
        upfront_payment=5.0,
        target=Target("job", TargetRule.SLIDING, 0.5, 0.1, 6),
        **{
            name: getattr(change_of(suggestion(answer(two_groups(shared=True)), Kind.SPLIT)["change"]), name)
            for name in ("bands", "prices")
        },
    )

    assert change_of(json.loads(json.dumps(asdict(change)))) == change


def test_the_same_question_gives_the_same_answer() -> None:
    assert answer(two_groups()) == answer(two_groups())
