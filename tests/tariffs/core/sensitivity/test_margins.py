"""The margin of safety against a slow search in plain Python, and the answers that are no number."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Group
from tariffs.core.programmes import PriceLine, Provider, Tariff
from tariffs.core.sensitivity import LIMIT, Kind, Verdict, margin_of, responding
from tests.factories.small_programmes import programme

PRICE = 4000.0


def two(far: float = 0.1, responsiveness: float = 0.5, price: float = PRICE):
    """People near the outcome and people far from it, all alike within their group, as many of each."""
    return replace(
        programme(),
        groups=tuple(Group(key, key, "band", 10.0, need_spread=0.0) for key in ("near", "far")),
        evidence=(Evidence("near", "job", 0.5, responsiveness=0.5), Evidence("far", "job", far, responsiveness)),
        tariff=Tariff(prices=(PriceLine("band", "job", price),)),
    )


def support(baseline: float, responsiveness: float, price: float = PRICE) -> float:
    """Climb as long as a pound brings back more than a pound, in ever smaller strides."""
    found, stride = 0.0, 1024.0
    while stride > 1e-6:
        odds = baseline / (1 - baseline) * (1 + (found + stride) / 200) ** responsiveness
        reached = odds / (1 + odds)
        if price * responsiveness * reached * (1 - reached) / (200 + found + stride) > 1:
            found += stride
        else:
            stride /= 2
    return found


def is_parked(baseline: float, responsiveness: float) -> bool:
    near, far = support(0.5, 0.5), support(baseline, responsiveness)
    return far < 0.25 * (near + far) / 2 and baseline < (baseline + 0.5) / 2


def searched(parked, low: float, high: float) -> float:
    """Halve until the place at which `parked` changes between low and high is known."""
    at_low = parked(low)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if parked(middle) == at_low else (low, middle)
    return high


def test_responsiveness_may_fall_to_where_the_plain_search_parks_the_group():
    given = two(far=0.2)
    row = given.evidence[1]

    found = margin_of(given, given.providers[0], row, Kind.RESPONSIVENESS)

    assert (found.verdict, found.now, found.parked) == (Verdict.WITHIN, 0.5, 0.0)
    assert found.falls_to == pytest.approx(searched(lambda value: is_parked(0.2, value), 0.5, 0.1), abs=1e-4)
    assert found.rises_to is None
    assert found.nearest == found.falls_to


def test_a_baseline_may_fall_to_where_the_plain_search_parks_the_group():
    given = two(far=0.2)

    found = margin_of(given, given.providers[0], given.evidence[1], Kind.BASELINE)

    assert found.falls_to == pytest.approx(searched(lambda value: is_parked(value, 0.5), 0.2, 0.001), abs=1e-4)


def test_a_group_that_is_parked_already_says_so_and_where_that_ends():
    given = two(far=0.01)

    found = margin_of(given, given.providers[0], given.evidence[1], Kind.BASELINE)

    assert (found.verdict, found.parked) == (Verdict.ALREADY, 1.0)
    assert found.falls_to is None
    assert found.rises_to == pytest.approx(searched(lambda value: is_parked(value, 0.5), 0.01, 0.2), abs=1e-4)


def test_people_who_are_all_alike_are_never_parked():
    given = programme()

    found = margin_of(given, given.providers[0], given.evidence[0], Kind.RESPONSIVENESS)

    assert (found.verdict, found.falls_to, found.rises_to, found.nearest) == (Verdict.NEVER, None, None, None)


def test_a_responsiveness_at_the_end_of_its_scale_is_looked_at_one_way_only():
    given = two(far=0.2, responsiveness=1.0)

    found = margin_of(given, given.providers[0], given.evidence[1], Kind.RESPONSIVENESS)

    assert found.rises_to is None
    assert 0.0 < found.falls_to < 1.0


def test_exactly_the_limit_is_not_over_it():
    given = two(far=0.01)

    assert margin_of(given, given.providers[0], given.evidence[1], Kind.BASELINE, limit=1.0).verdict is Verdict.NEVER


def test_margins_are_told_where_support_does_something():
    given = two()
    silent = replace(given, evidence=(replace(given.evidence[0], responsiveness=0.0), given.evidence[1]))
    settled = replace(given, evidence=(replace(given.evidence[0], baseline=1.0), given.evidence[1]))

    assert responding(silent) == responding(settled) == (given.evidence[1],)
    assert LIMIT == 0.1


def test_each_kind_of_provider_has_its_own_margin():
    given = two(far=0.2)
    careful = Provider("careful", share=1.0, risk_discount=0.5, cost_of_capital=0.0)

    bold = margin_of(given, given.providers[0], given.evidence[1], Kind.RESPONSIVENESS)
    wary = margin_of(given, careful, given.evidence[1], Kind.RESPONSIVENESS)

    assert (bold.provider, wary.provider) == ("p", "careful")
    assert bold.falls_to != wary.falls_to
