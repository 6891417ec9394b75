"""Price bands: what they need, what sharing one costs, and all of them together."""

from dataclasses import replace

import numpy as np
import pytest

from commissioning.core.pathways import Evidence, Group
from tariffs.core.incentives import Setting, decide
from tariffs.core.programmes import Programme, Uncertainty
from tariffs.core.repairs import bands
from tariffs.core.repairs.bands import all_raised, band_price, incomes, overpaid, planned_people, raised, split
from tariffs.core.repairs.changes import Change, NewBand, NewPrice, applied
from tariffs.core.repairs.prices import Parking
from tests.factories.parked import two_groups


def parking(programme: Programme, limit: float = 0.1) -> Parking:
    return Parking(programme, programme.providers[0], limit)


def shares(programme: Programme, limit: float = 0.1) -> tuple[float, ...]:
    return parking(programme, limit).shares


def three_groups() -> Programme:
    """Three groups of one band, the third needing more than the second, and both more than the first."""
    two = two_groups(shared=True)
    third = Group("hardest", "Hardest", "one", 5.0, social_value=9000.0)
    return replace(
        two,
        groups=(*two.groups, third),
        evidence=(*two.evidence, Evidence("hardest", "job", 0.06, responsiveness=0.3)),
    )


def test_a_bands_price_is_the_largest_of_its_groups() -> None:
    found = band_price(parking(three_groups()), "one")

    assert found.price == max(row.price or 0.0 for row in found.groups)
    assert found.price_now == 2000.0
    assert found.is_needed
    assert raised(three_groups(), found) == Change(prices=(NewPrice("one", "job", found.price),))


def test_a_band_whose_groups_are_not_parked_stays_as_it_is() -> None:
    found = band_price(parking(two_groups()), "easy")

    assert found.price == 2000.0
    assert not raised(two_groups(), found)
    assert not split(two_groups(), found)


def test_a_split_leaves_the_easiest_where_they_are_at_their_price() -> None:
    found = band_price(parking(three_groups()), "one")

    change = split(three_groups(), found)

    own = {row.group: row.price for row in found.groups}
    assert change.bands == (NewBand("hard", "one: Harder"), NewBand("hardest", "one: Hardest"))
    assert change.prices == (
        NewPrice("one: Harder", "job", own["hard"]),
        NewPrice("one: Hardest", "job", own["hardest"]),
    )


def test_the_easiest_are_raised_too_where_they_need_it() -> None:
    two = two_groups(shared=True)
    poor = replace(two, tariff=replace(two.tariff, prices=(replace(two.tariff.prices[0], price=100.0),)))
    harder = replace(poor, evidence=(Evidence("easy", "job", 0.12, responsiveness=0.4), *poor.evidence[1:]))
    found = band_price(parking(harder, 0.0), "one")
    assert min(row.price or 0.0 for row in found.groups) > 100.0

    change = split(harder, found)

    assert change.prices[0].price_band == "one"
    assert change.prices[0].price == min(row.price for row in found.groups if row.price is not None)


def test_a_name_that_is_taken_or_long_gets_a_number() -> None:
    programme = three_groups()
    taken = replace(programme.groups[0], id="other", price_band="one: Harder")
    named = replace(programme, groups=(*programme.groups, taken))

    change = split(named, band_price(parking(named), "one"))

    assert change.bands[0].price_band == "one: Harder 2"
    assert len(bands._free("x" * 200, set())) == 80


def test_the_cost_of_not_splitting_is_what_easier_groups_would_earn_beyond_their_own_price() -> None:
    programme = two_groups(shared=True)
    found = band_price(parking(programme), "one")
    provider = programme.providers[0]

    cost = overpaid(programme, provider, found)

    def income(price: float) -> float:
        changed = applied(programme, Change(prices=(NewPrice("one", "job", price),)))
        return float(decide(Setting.of(changed), provider).income[0])

    people = 30.0 * 12
    assert cost.people == people
    assert cost.pounds == pytest.approx(people * (income(found.price) - income(2000.0)))
    assert cost.a_head == pytest.approx(cost.pounds / people)
    assert cost.pounds > 0


def test_a_band_of_its_own_overpays_nobody() -> None:
    programme = two_groups()

    cost = overpaid(programme, programme.providers[0], band_price(parking(programme), "hard"))

    assert (cost.pounds, cost.people, cost.a_head) == (0.0, 0.0, 0.0)


def test_planned_people_grow_with_the_trend() -> None:
    programme = replace(two_groups(), referral_months=24, uncertainty=Uncertainty(volume_trend=0.1))

    expected = 30.0 * sum(1.1 ** (month / 12) for month in range(24))

    assert planned_people(programme)[0] == pytest.approx(expected)
    assert incomes(programme, programme.providers[0]).shape == (2,)


def test_prices_raised_together_end_parking_everywhere_at_once() -> None:
    both = replace(
        three_groups(),
        groups=tuple(replace(group, price_band=group.id) for group in three_groups().groups),
    )
    both = applied(both, Change(prices=tuple(NewPrice(group.id, "job", 2000.0) for group in both.groups)))

    settled = all_raised(parking(both))

    assert settled.is_settled
    assert max(shares(applied(both, settled.change))) <= 0.1
    for new in settled.change.prices:
        assert new.price == int(new.price)
        others = tuple(each for each in settled.change.prices if each != new)
        cheaper = Change(prices=(*others, replace(new, price=new.price - 1)))
        assert max(shares(applied(both, cheaper))) > 0.1


def test_nothing_to_raise_is_settled_at_once() -> None:
    settled = all_raised(parking(two_groups(), limit=0.9))

    assert (settled.change, settled.rounds, settled.is_settled) == (Change(), 0, True)


def test_prices_that_do_not_come_to_rest_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "_ROUNDS", 1)

    assert not all_raised(parking(two_groups())).is_settled


def test_shares_of_an_empty_month_are_no_trouble() -> None:
    nobody = replace(two_groups(), groups=tuple(replace(each, referrals_per_month=0.0) for each in two_groups().groups))

    assert np.isfinite(band_price(parking(nobody), "hard").price)
