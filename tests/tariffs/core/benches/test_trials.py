"""Trying a proposed value: it lands where it belongs, nothing else moves, and the effect is the engine's own."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from commissioning.core.pathways import Evidence, Observed
from tariffs.core.benches import Bench, loss_of
from tariffs.core.benches.trials import Standing, Trial, applied, in_words, trial
from tariffs.core.consultation_targets import Entry, Kind, Target, by_id, sections
from tariffs.core.price_totals import totals
from tariffs.core.programmes import Programme, TargetRule
from tariffs.core.programmes import Target as Goal
from tariffs.core.snapshots import Identities, LineIds, Snapshot, TariffIds
from tests.factories.small_programmes import programme, with_tariff

OWN = Bench(reserves=1e6, overhead_monthly=2_100.0, spend=(("g", 0.0),))


def snapshot(given: Programme) -> Snapshot:
    lines = tuple(LineIds(uuid4()) for _ in given.tariff.prices)
    groups, milestones, evidence, providers = (
        tuple(uuid4() for _ in rows) for rows in (given.groups, given.milestones, given.evidence, given.providers)
    )
    ids = Identities(groups, milestones, evidence, providers, (TariffIds(uuid4(), "2027-01-01T00:00:00Z", lines),))
    return Snapshot(given, (), ids)


def line(frozen: Snapshot, entry: Entry) -> Target:
    return next(each for each in by_id(sections(frozen, uuid4())).values() if each.entry == entry)


def put(given: Programme, entry: Entry, value: str) -> Programme:
    frozen = snapshot(given)
    found = applied(frozen, line(frozen, entry), Decimal(value))
    assert found is not None
    return found


def test_a_price_lands_on_its_own_line_and_nothing_else_moves() -> None:
    given = programme()

    assert put(given, Entry.PRICE, "1500") == replace(
        given, tariff=replace(given.tariff, prices=(replace(given.tariff.prices[0], price=1500.0),))
    )


@pytest.mark.parametrize(
    ("entry", "value", "kept"),
    [
        (Entry.PAYMENT_LAG_MONTHS, "2", 2),
        (Entry.SERVICE_FEE_MONTHLY, "500", 500.0),
        (Entry.UPFRONT_PAYMENT, "9000", 9000.0),
        (Entry.MINIMUM_SERVICE, "50", 50.0),
        (Entry.PAYMENT_CAP, "20000", 20000.0),
        (Entry.PERSON_CAP, "900", 900.0),
        (Entry.ANNUAL_PRICE_CHANGE, "-2.5", -0.025),
        (Entry.VOLUME_GUARANTEE, "80", 0.8),
    ],
)
def test_a_term_takes_its_value_in_its_own_unit(entry: Entry, value: str, kept: float) -> None:
    given = with_tariff(programme(), **{entry.value: 1})
    frozen = snapshot(given)

    found = applied(frozen, line(frozen, entry), Decimal(value))

    assert found == with_tariff(given, **{entry.value: kept})


def test_a_rate_of_a_target_takes_the_start_of_a_scale_along() -> None:
    sliding = Goal("job", TargetRule.SLIDING, rate=0.3, rate_from=0.2)
    given = with_tariff(programme(), target=sliding)

    assert put(given, Entry.TARGET_RATE, "15").tariff.target == replace(sliding, rate=0.15, rate_from=0.15)
    binary = with_tariff(given, target=Goal("job", TargetRule.BINARY, rate=0.3))
    assert put(binary, Entry.TARGET_RATE, "15").tariff.target == Goal("job", TargetRule.BINARY, rate=0.15)


def test_a_delay_a_number_of_referrals_and_a_chance_land_where_they_belong() -> None:
    given = programme()

    assert put(given, Entry.DELAY_MONTHS, "6").milestones[0].delay_months == 6
    assert put(given, Entry.REFERRALS_PER_MONTH, "25").groups[0].referrals_per_month == 25
    assert put(given, Entry.BASELINE, "10").evidence[0].baseline == pytest.approx(0.1)


@pytest.mark.parametrize("value", ["0", "30", "45"])
def test_a_chance_that_leaves_no_room_for_what_was_observed_cannot_be_tried(value: str) -> None:
    seen = programme(evidence=(Evidence("g", "job", 0.2, observed=Observed(spending=500.0, rate=0.3)),))
    frozen = snapshot(seen)

    assert applied(frozen, line(frozen, Entry.BASELINE), Decimal(value)) is None
    assert trial(frozen, line(frozen, Entry.BASELINE), Decimal(value), OWN) is None


def test_a_line_without_a_value_cannot_be_tried() -> None:
    whole = Target(uuid4(), Kind.WHOLE, "The draft as a whole")

    assert applied(snapshot(programme()), whole, Decimal(1)) is None


def test_a_trial_gives_the_engines_own_figures_before_and_after() -> None:
    given = programme()
    frozen = snapshot(given)

    found = trial(frozen, line(frozen, Entry.PRICE), Decimal(1200), OWN)

    dearer = put(given, Entry.PRICE, "1200")
    before, after = totals(given), totals(dearer)
    assert found is not None
    assert before is not None
    assert after is not None
    assert (found.now.loss, found.then.loss) == (loss_of(given, OWN), loss_of(dearer, OWN))
    assert (found.now.spend, found.then.spend) == (before.total, after.total)
    assert found.now.loss > found.then.loss
    assert found.now.parked == 0.0
    assert Trial.of_document(found.as_document()) == found


def test_without_a_bench_there_is_no_chance_of_a_loss_and_an_unfinished_draft_has_no_figures() -> None:
    frozen = snapshot(programme())
    found = trial(frozen, line(frozen, Entry.PRICE), Decimal(1200), None)
    bare = snapshot(programme(providers=()))
    nothing = trial(bare, line(bare, Entry.PRICE), Decimal(1200), OWN)

    assert found is not None
    assert (found.now.loss, found.then.loss) == (None, None)
    assert nothing is not None
    assert (nothing.now.loss, nothing.now.parked, nothing.now.spend) == (None, None, None)


def test_what_is_known_of_an_effect_is_said_and_what_is_not_is_left_out() -> None:
    known = Trial(Standing(0.4, 0.25, 96_000.0), Standing(0.1, 0.0, 115_000.0))
    unknown = Trial(Standing(None, 0.25, None), Standing(None, 0.0, None))

    assert [(each.now, each.then) for each in in_words(known)] == [
        ("40%", "10%"),
        ("25%", "0%"),
        ("£96,000", "£120,000"),
    ]
    assert [each.what for each in in_words(unknown)] == ["People parked"]
