"""Making a change: only what it names changes."""

from dataclasses import replace

from tariffs.core.programmes import Target, TargetRule
from tariffs.core.repairs.changes import Change, NewBand, NewPrice, applied, final_of, line_of
from tests.factories.parked import two_groups, with_start


def prices(programme):
    return {(line.price_band, line.milestone): line.price for line in programme.tariff.prices}


def test_no_change_changes_nothing() -> None:
    programme = two_groups()

    assert applied(programme, Change()) == programme
    assert not Change()


def test_a_price_is_set_and_all_others_stay() -> None:
    changed = applied(two_groups(), Change(prices=(NewPrice("hard", "job", 3000.5),)))

    assert prices(changed) == {("easy", "job"): 2000.0, ("hard", "job"): 3000.5}


def test_a_new_line_is_paid_for_every_repeat_of_its_milestone() -> None:
    programme = two_groups()
    repeated = replace(programme, milestones=(replace(programme.milestones[0], repeats=3),))
    bare = replace(repeated, tariff=replace(repeated.tariff, prices=()))

    changed = applied(bare, Change(prices=(NewPrice("hard", "job", 10.0),)))

    assert [(line.price, line.payments) for line in changed.tariff.prices] == [(10.0, 3)]
    assert line_of(bare, "easy", final_of(bare)).price == 0.0


def test_a_group_takes_a_copy_of_its_prices_into_a_new_band() -> None:
    change = Change((NewBand("hard", "apart"),), (NewPrice("apart", "job", 5000.0),))

    changed = applied(two_groups(shared=True), change)

    assert [group.price_band for group in changed.groups] == ["one", "apart"]
    assert prices(changed) == {("one", "job"): 2000.0, ("apart", "job"): 5000.0}


def test_terms_are_set() -> None:
    scale = Target("job", TargetRule.SLIDING, 0.5, 0.2)

    changed = applied(with_start(two_groups()), Change(upfront_payment=700.0, target=scale))

    assert changed.tariff.upfront_payment == 700.0
    assert changed.tariff.target == scale
    assert prices(changed) == prices(two_groups())
