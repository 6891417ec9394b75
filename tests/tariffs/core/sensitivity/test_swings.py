"""Inputs that may be wrong: which there are, in which range, and what the programme is with another value."""

from dataclasses import replace
from math import exp

import pytest

from commissioning.core.pathways import Evidence, Observed, Provenance, Quality
from tariffs.core.incentives.pathways import responsiveness_of
from tariffs.core.programmes import Uncertainty
from tariffs.core.sensitivity import Case, Kind, swings, swung
from tariffs.core.sensitivity.swings import with_rate
from tests.factories.small_programmes import programme, with_provider

SOURCED = Provenance("Records", quality=Quality.STRONG, interval=(0.15, 0.3))


def with_row(**given: object):
    return replace(programme(), evidence=(replace(programme().evidence[0], **given),))


def swing(of: object, kind: Kind):
    return next(found for found in swings(of) if found.kind is kind)


def test_every_input_that_does_something_is_listed_and_no_other():
    kinds = [found.kind for found in swings(programme())]

    assert kinds == [Kind.BASELINE, Kind.RESPONSIVENESS, Kind.REFERRALS, Kind.UNIT_COST]


def test_a_mission_overhead_differing_people_and_luck_bring_their_inputs():
    rich = with_provider(programme(), mission_weight=0.5, overhead_monthly=10.0)
    rich = replace(rich, groups=(replace(rich.groups[0], need_spread=1.0),))
    rich = replace(rich, uncertainty=Uncertainty(outcome_shock=0.2, volume_spread=0.1))

    kinds = {found.kind for found in swings(rich)}

    assert kinds == set(Kind) - {Kind.RATE}
    assert [found.is_luck for found in swings(rich)][-2:] == [True, True]


def test_settled_chances_are_no_inputs():
    for baseline in (0.0, 1.0):
        assert Kind.BASELINE not in {found.kind for found in swings(with_row(baseline=baseline))}
    assert Kind.RESPONSIVENESS not in {found.kind for found in swings(with_row(responsiveness=0.0))}


def test_a_given_range_is_taken_and_a_lacking_one_is_a_trial_that_says_so():
    given, lacking = swing(with_row(provenance=SOURCED), Kind.BASELINE), swing(programme(), Kind.BASELINE)

    assert (given.low, given.high, given.has_range, given.quality) == (0.15, 0.3, True, Quality.STRONG)
    assert (lacking.low, lacking.high) == (pytest.approx(1 / 6), pytest.approx(0.3125 / 1.3125))
    assert not lacking.has_range
    assert lacking.quality is None
    response = swing(programme(), Kind.RESPONSIVENESS)
    assert (response.low, response.high, response.has_range) == (0.4, 0.625, False)
    assert swing(with_row(responsiveness=0.9), Kind.RESPONSIVENESS).high == 1.0


def test_a_range_that_does_not_hold_the_figure_is_of_something_else():
    group = replace(programme().groups[0], provenance=Provenance(interval=(3000.0, 7000.0)))
    other = replace(programme(), groups=(group,))
    near = replace(other, groups=(replace(group, provenance=Provenance(interval=(15.0, 30.0))),))

    assert not swing(other, Kind.REFERRALS).has_range
    assert (swing(near, Kind.REFERRALS).low, swing(near, Kind.REFERRALS).high) == (15.0, 30.0)


def test_ranges_up_to_nothing_and_all_stay_chances():
    found = swing(with_row(provenance=replace(SOURCED, interval=(0.0, 1.0))), Kind.BASELINE)

    assert 0.0 < found.low < found.high < 1.0


def test_luck_has_the_range_that_holds_it_nine_times_in_ten():
    unsure = replace(programme(), uncertainty=Uncertainty(outcome_shock=0.2, volume_spread=0.1))

    outcomes, volume = swing(unsure, Kind.OUTCOMES), swing(unsure, Kind.VOLUME)

    assert (outcomes.low, outcomes.high) == (pytest.approx(-0.329), pytest.approx(0.329))
    assert volume.low == pytest.approx(exp(-0.1645 - 0.005))
    assert volume.high == pytest.approx(exp(0.1645 - 0.005))


def test_each_input_is_changed_where_it_stands():
    base = with_provider(programme(), overhead_monthly=5.0, mission_weight=0.1)
    base = replace(base, groups=(replace(base.groups[0], need_spread=1.0),))

    def changed(kind: Kind, value: float):
        return swung(base, swing(base, kind), value).programme

    assert changed(Kind.BASELINE, 0.3).evidence[0].baseline == 0.3
    assert changed(Kind.RESPONSIVENESS, 0.6).evidence[0].responsiveness == 0.6
    assert changed(Kind.REFERRALS, 7.0).groups[0].referrals_per_month == 7.0
    assert changed(Kind.NEED_SPREAD, 2.0).groups[0].need_spread == 2.0
    assert changed(Kind.SOCIAL_VALUE, 9.0).groups[0].social_value == 9.0
    assert changed(Kind.UNIT_COST, 1.5).providers[0].unit_cost == 1.5
    assert changed(Kind.OVERHEAD, 6.0).providers[0].overhead_monthly == 6.0


def test_other_rows_groups_and_providers_stay_as_they_are():
    base = programme()
    two = replace(
        base,
        groups=(*base.groups, replace(base.groups[0], id="h")),
        evidence=(*base.evidence, replace(base.evidence[0], group="h")),
        providers=(*base.providers, replace(base.providers[0], id="q")),
    )

    assert swung(two, swings(two)[0], 0.3).programme.evidence[1] == two.evidence[1]
    assert swung(two, swing(two, Kind.REFERRALS), 7.0).programme.groups[1] == two.groups[1]
    assert swung(two, swing(two, Kind.UNIT_COST), 2.0).programme.providers[1] == two.providers[1]
    assert len({found.key for found in swings(two)}) == len(swings(two))


def test_luck_that_is_settled_leaves_no_luck_of_its_kind():
    unsure = replace(programme(), uncertainty=Uncertainty(outcome_shock=0.2, volume_spread=0.1))

    assert swung(unsure, swing(unsure, Kind.VOLUME), 0.8) == Case(
        replace(programme(), uncertainty=Uncertainty(outcome_shock=0.2)), volume=0.8
    )
    assert swung(unsure, swing(unsure, Kind.OUTCOMES), -0.3) == Case(
        replace(programme(), uncertainty=Uncertainty(volume_spread=0.1)), shift=-0.3
    )


def test_an_observed_point_stays_when_the_baseline_moves_and_says_another_responsiveness():
    observed = with_row(responsiveness=0.0, observed=Observed(600.0, 0.4))
    doubled = swung(observed, swing(observed, Kind.BASELINE), 0.25).programme.evidence[0]

    assert doubled.observed is None
    # From odds of a third to two thirds by a support that quadruples 1 + e / scale: the root of it.
    assert doubled.responsiveness == pytest.approx(0.5)
    assert swung(observed, swing(observed, Kind.BASELINE), 0.5).programme.evidence[0].responsiveness == 0.0
    assert swung(observed, swing(observed, Kind.BASELINE), 0.01).programme.evidence[0].responsiveness == 1.0


def test_an_observed_rate_moves_the_responsiveness():
    row = Evidence("g", "job", 0.25, observed=Observed(600.0, 0.3))
    observed = replace(programme(), evidence=(row,))

    moved = swung(observed, swing(observed, Kind.RATE), 0.4).programme.evidence[0]

    assert Kind.RESPONSIVENESS not in {found.kind for found in swings(observed)}
    assert responsiveness_of(moved) == pytest.approx(0.5)
    assert with_rate(row, 0.2).responsiveness == 0.0
