"""A whole analysis: pieces that any worker may take, a result that is read back, and the order of its to-do list."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Provenance, Quality
from tariffs.core.programmes import Uncertainty
from tariffs.core.sensitivity import (
    Bar,
    Case,
    Figure,
    Figures,
    Kind,
    Swing,
    Tornado,
    base_of,
    exact,
    merge,
    pieces,
    read,
    swings,
    swung,
    to_do,
    work,
)
from tariffs.core.sensitivity.orders import doubt_of, effect
from tests.factories.small_programmes import programme

UNSURE = replace(programme(), uncertainty=Uncertainty(volume_spread=0.1))
BASE = Figures(parked=0.1, margin=100.0, spend=1000.0, additional=50.0, loss=0.2)


def bar(kind: Kind = Kind.BASELINE, quality: Quality | None = Quality.WEAK, ranged: bool = True, **at_high: float):
    swing = Swing(kind, 0.2, 0.1, 0.3, group=str(at_high), quality=quality, has_range=ranged)
    return Bar(swing, BASE, replace(BASE, **at_high))


def test_an_analysis_is_read_back_as_it_was_worked_out():
    sourced = replace(UNSURE.evidence[0], provenance=Provenance(quality=Quality.WEAK, interval=(0.1, 0.3)))
    given = replace(UNSURE, evidence=(sourced,))

    found = read(merge([work(given, piece) for piece in pieces(given)]))

    assert found.base == base_of(given) == exact(Case(given))
    assert [each.swing for each in found.bars] == list(swings(given))
    first = found.bars[0]
    assert first.at_low == exact(swung(given, first.swing, 0.1))
    assert first.at_high == exact(swung(given, first.swing, 0.3))
    assert [(each.kind, each.verdict) for each in found.margins] == [
        (Kind.RESPONSIVENESS, "never"),
        (Kind.BASELINE, "never"),
    ]


def test_the_same_piece_gives_the_same_bytes():
    for piece in pieces(UNSURE):
        assert work(UNSURE, piece) == work(UNSURE, piece)


def test_bars_are_ordered_by_what_they_move():
    small, large = bar(spend=1010.0), bar(spend=900.0)
    found = Tornado(BASE, (small, large), ())

    assert found.ordered(Figure.SPEND) == (large, small)
    assert large.moves(Figure.SPEND, BASE) == 100.0
    assert large.ends(Figure.SPEND) == (1000.0, 900.0)


def test_an_effect_is_told_as_a_share_of_what_it_is_of():
    found = Tornado(BASE, (), ())

    assert effect(bar(parked=0.15), found, Figure.PARKED) == pytest.approx(0.05)
    assert effect(bar(margin=-100.0), found, Figure.MARGIN) == pytest.approx(0.2)
    assert effect(bar(additional=45.0), found, Figure.ADDITIONAL) == pytest.approx(0.1)
    empty = replace(found, base=replace(BASE, spend=0.0))
    assert effect(bar(spend=1.0), empty, Figure.SPEND) == 1.0


def test_unknown_ranges_come_first_then_weak_evidence_with_a_large_effect():
    found = Tornado(
        BASE,
        (
            bar(quality=Quality.MODERATE, spend=1400.0),
            bar(quality=Quality.WEAK, spend=1300.0),
            bar(ranged=False, spend=1050.0),
            bar(quality=Quality.STRONG, spend=1900.0),
            bar(spend=1001.0),
            bar(Kind.VOLUME, spend=1900.0),
        ),
        (),
    )

    listed = to_do(found)

    assert [item.bar.at_high.spend for item in listed] == [1050.0, 1300.0, 1400.0]
    assert [item.figure for item in listed] == [Figure.SPEND] * 3
    assert listed[1].weight == pytest.approx(0.3 * 0.5)


def test_doubt_falls_with_the_quality_of_the_source():
    qualities = (None, Quality.ASSUMPTION, Quality.WEAK, Quality.MODERATE, Quality.STRONG)

    assert [doubt_of(bar(quality=quality).swing) for quality in qualities] == [1.0, 0.75, 0.5, 0.25, 0.0]
    assert doubt_of(bar(ranged=False, quality=Quality.STRONG).swing) == 1.0
