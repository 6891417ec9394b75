"""Figures go into statements frozen, with the record of their run, and come out again."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from commissioning.core.suppression import HIDDEN
from commissioning.models import Run
from markets import queries
from markets.charts import statement_figures as charts
from markets.core.registers import SizeBand
from markets.models import PositionStatement
from markets.models.providers import BAND_WORDS
from markets.services import local_markets, statement_figures
from tests.factories import design_runs, incentive_runs, registers
from tests.factories import statements as made
from tests.factories.commissioning import Cast, cast
from tests.factories.markets import market_document
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return made.started(people.authority, people.amina)


def text_of(statement: PositionStatement, key: str = "demand") -> str:
    return str(statement.sections.get(key=key).text)


def test_a_figure_stands_at_the_end_of_its_section(people: Cast, statement: PositionStatement) -> None:
    made.wrote(statement, "demand", "Many people.", by=people.amina)

    first, second = (made.put_in(statement, by=people.amina) for _ in range(2))

    assert (first.key, second.key) == ("referrals", "referrals-2")
    assert text_of(statement) == "Many people.\n\n{{figure:referrals}}\n\n{{figure:referrals-2}}"


def test_a_figure_is_taken_out_with_its_line_in_every_section(people: Cast, statement: PositionStatement) -> None:
    figure = made.put_in(statement, by=people.amina)
    made.wrote(statement, "supply", "Before\n{{figure:referrals}}\nafter {{figure:referrals}}", by=people.amina)

    statement_figures.take_out(figure=figure, by=people.amina)

    assert (text_of(statement), text_of(statement, "supply")) == ("", "Before\nafter {{figure:referrals}}")
    assert not statement.figures.exists()


def test_a_key_that_a_text_still_names_is_not_given_again(people: Cast, statement: PositionStatement) -> None:
    made.wrote(statement, "supply", "See {{figure:referrals}}", by=people.amina)

    assert made.put_in(statement, by=people.amina).key == "referrals-2"


@pytest.mark.parametrize(
    ("given", "section", "words"),
    [
        ({}, "other", "no such section"),
        ({"columns": ()}, "demand", "at most 12 columns"),
        ({"columns": ("a",) * 13, "rows": ()}, "demand", "at most 12 columns"),
        ({"rows": (("a", "1"),) * 201}, "demand", "200 rows"),
        ({"rows": (("a",),)}, "demand", "one cell for each column"),
        ({"rows": (("a", "1" * 301),)}, "demand", "at most 300 characters"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    people: Cast, statement: PositionStatement, given: dict[str, Any], section: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        statement_figures.put_in(
            statement=statement, section=section, figure=replace(made.TABLE, **given), by=people.amina
        )


def test_there_is_a_most_of_figures(people: Cast, statement: PositionStatement, monkeypatch: Any) -> None:
    monkeypatch.setattr(statement_figures, "MOST_FIGURES", 1)
    made.put_in(statement, by=people.amina)

    with pytest.raises(ValidationError, match="at most 1 figures"):
        made.put_in(statement, by=people.amina)


def test_a_run_is_cited_with_its_record_and_goes_stale_with_the_programme(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    run = incentive_runs.finished(programme=programme)
    statement = made.started(people.authority, people.amina, programme)
    figure = charts.build(run, "parked")
    assert figure

    row = statement_figures.put_in(statement=statement, section="supply", figure=figure, run=run, by=people.amina)

    assert row.record["result_sha256"] == run.result_sha256
    assert queries.statement_drafts.stale_runs({run.pk}) == set()
    programme.name = "Another name"
    programme.save()
    assert queries.statement_drafts.stale_runs({run.pk}) == {run.pk}


def test_no_run_of_somebody_else_and_none_that_is_not_finished_is_cited(
    people: Cast, statement: PositionStatement
) -> None:
    foreign = incentive_runs.finished(programme=imported(organisation=people.elsewhere, by=people.charlie))
    waiting = incentive_runs.queued(programme=imported(organisation=people.authority, by=people.amina), seed=2)

    for run in (foreign, waiting):
        with pytest.raises(ValidationError, match="cannot be cited"):
            made.put_in(statement, by=people.amina, run=run)


@pytest.mark.parametrize("word", ["support", "parked", "spend"])
def test_every_figure_of_a_simulation_can_be_put_in(people: Cast, word: str) -> None:
    run = incentive_runs.finished(programme=imported(organisation=people.authority, by=people.amina))
    statement = made.started(people.authority, people.amina)
    figure = charts.build(run, word)
    assert figure

    row = statement_figures.put_in(statement=statement, section="supply", figure=figure, run=run, by=people.amina)

    assert row.picture
    assert all(isinstance(cell, str) for cells in row.rows for cell in cells)


def test_counts_of_providers_are_suppressed_and_say_when_they_are_made_up(people: Cast) -> None:
    programme = imported(market_document(), organisation=people.authority, by=people.amina)
    look, comparison = design_runs.finished_look(programme), design_runs.finished(programme=programme)

    sizes, small, voluntary = (
        charts.build(run, word) for run, word in ((look, "sizes"), (comparison, "small"), (comparison, "voluntary"))
    )

    assert sizes and small and voluntary
    assert sizes.picture is None
    for figure in (sizes, small):
        for cells in figure.rows:
            assert all(told(cell) for cell in cells[1 if figure is sizes else 2 :])
    for figure in (sizes, small, voluntary):
        assert figure.source == "Worked out on made-up providers"
        assert figure.sentence.endswith("The providers are made up.")
    assert charts.build(look, "other") is None
    assert charts.build(Run(kind="repairs"), "sizes") is None


@pytest.mark.parametrize(
    ("incomes", "said", "cells"),
    [
        # The one small band would follow from the whole, so the next smallest goes with it.
        ({5_000: 41, 50_000: 22, 50_000_000: 4}, "65", ["40", HIDDEN, HIDDEN]),
        ({5_000: 5}, "Too few", [HIDDEN, HIDDEN, HIDDEN]),
    ],
)
def test_no_count_of_the_local_market_follows_from_the_others(
    people: Cast, incomes: dict[int, int], said: str, cells: list[str]
) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    local_markets.choose(programme=programme, areas=["E09000003"], served={}, by=people.amina)
    everyone = [income for income, count in incomes.items() for _ in range(count)]
    for number, income in enumerate(everyone):
        registers.provider(number, income=income)

    figure = queries.statement_figures.local_market(programme)

    shown = dict(figure.rows)
    assert figure.sentence.startswith(f"{said} organisations on the public registers work here")
    assert [shown[BAND_WORDS[band]] for band in (SizeBand.MICRO, SizeBand.SMALL, SizeBand.MAJOR)] == cells
    assert shown["Income not known"] == HIDDEN


def told(cell: str) -> bool:
    plain = cell.replace(",", "")
    return cell in ("0", "fewer than 10", HIDDEN) or (plain.isdigit() and int(plain) % 5 == 0)
