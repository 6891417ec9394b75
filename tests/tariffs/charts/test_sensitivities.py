"""Sensitivity in words: what hangs on what, how good its source is, and how far it may be wrong."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Quality
from tariffs.charts.sensitivities import Names, holds, in_words, margins, source_of, tasks, tornado_of
from tariffs.core.sensitivity import Bar, Figure, Figures, Kind, Margin, Swing, Tornado, Verdict, swings
from tests.factories.small_programmes import programme, with_provider

BASE = Figures(parked=0.1, margin=100_000.0, spend=1_000_000.0, additional=50.0, loss=0.2)
NAMES = Names.from_programme(programme())
BASELINE = Swing(Kind.BASELINE, 0.2, 0.1, 0.3, "g", "job", quality=Quality.WEAK, has_range=True)
MARGIN = Margin("p", "g", "job", Kind.BASELINE, 0.2, 0.05, Verdict.WITHIN)


def tornado(swing: Swing = BASELINE, **at_high: float) -> Tornado:
    return Tornado(BASE, (Bar(swing, BASE, replace(BASE, **at_high)),), (MARGIN,))


def test_the_answer_names_the_input_and_why_it_is_doubted():
    said = in_words(tornado(spend=1_200_000.0), NAMES)

    assert said == (
        "Most hangs on the chance of “Job” without help, for Group, and its source is weak. Every input has a range."
    )
    unknown = in_words(tornado(replace(BASELINE, has_range=False), spend=1_200_000.0), NAMES)
    assert unknown.endswith("and its range is not known. 1 of 1 inputs have no range.")
    assert in_words(tornado(), NAMES).startswith("No figure hangs on weak evidence")


def test_a_task_says_what_hangs_on_it_and_what_to_do():
    (task,) = tasks(tornado(spend=1_200_000.0), NAMES)

    assert task.title == "The chance of “Job” without help, for Group"
    assert task.why == (
        "Its source is weak. Over its range of 10% to 30%, what the commissioner pays would move by up to £200,000, "
        "20%."
    )
    assert "records of people like them" in task.action
    (parked,) = tasks(tornado(replace(BASELINE, has_range=False), parked=0.15), NAMES)
    assert parked.why == (
        "Nobody has said how far it may be wrong. Were it a quarter out, the share of people parked would move by up "
        "to 5 points."
    )
    (kept,) = tasks(tornado(margin=0.0), NAMES)
    assert kept.why.endswith("what providers keep would move by up to £100,000, 10% of what the commissioner pays.")


@pytest.mark.parametrize("figure", list(Figure))
def test_every_figure_of_every_input_is_drawn_and_told(figure: Figure):
    full = with_provider(programme(), mission_weight=0.1, overhead_monthly=5.0)
    full = replace(full, groups=(replace(full.groups[0], need_spread=1.0),))
    luck = (Swing(Kind.VOLUME, 1.0, 0.8, 1.2, has_range=True), Swing(Kind.OUTCOMES, 0.0, -0.3, 0.3, has_range=True))
    rate = Swing(Kind.RATE, 0.3, 0.2, 0.4, "g", "job")
    high = Figures(0.2, 120_000.0, 1_100_000.0, 60.0, 0.3)
    found = Tornado(BASE, tuple(Bar(swing, BASE, high) for swing in (*swings(full), rate, *luck)), ())

    chart = tornado_of(found, Names.from_programme(full), figure)

    low, up = chart.figure["data"]
    assert set(low["x"]) == {0.0}
    assert up["x"] == pytest.approx([high.of(figure) - BASE.of(figure)] * len(up["y"]))
    assert len(chart.table.rows) == len(found.bars) == len(Kind)
    assert {row[3] for row in chart.table.rows} == {BASE.of(figure)}


def test_what_moves_nothing_has_no_bar_but_a_row():
    chart = tornado_of(tornado(), NAMES, Figure.SPEND)

    assert chart.figure["data"][0]["y"] == []
    assert len(chart.table.rows) == 1


def test_the_quality_of_a_source_is_said_with_whether_there_is_a_range():
    assert source_of(BASELINE) == "source: weak"
    assert source_of(replace(BASELINE, has_range=False, quality=None)) == "no range; source: not named"
    assert source_of(Swing(Kind.VOLUME, 1.0, 0.8, 1.2)) == "luck"


def test_a_margin_of_safety_is_said_in_words():
    assert holds(replace(MARGIN, falls_to=0.11)) == "Parked below 11%"
    assert holds(replace(MARGIN, falls_to=0.11, rises_to=0.4)) == "Parked below 11% or above 40%"
    assert holds(replace(MARGIN, verdict=Verdict.NEVER)) == "Anything: they are never parked"
    already = replace(MARGIN, verdict=Verdict.ALREADY)
    assert holds(already) == "Already parked, and parked wherever it lies"
    assert holds(replace(already, rises_to=0.4)) == "Already parked; no longer above 40%"


def test_margins_name_the_provider_where_there_are_several():
    one = margins(tornado(), programme(), NAMES)
    both = replace(programme(), providers=(*programme().providers, replace(programme().providers[0], id="q")))

    several = margins(tornado(), both, Names.from_programme(both))

    assert one.rows[0][0] == "The chance of “Job” without help, for Group"
    assert several.rows[0][0] == "p: The chance of “Job” without help, for Group"
