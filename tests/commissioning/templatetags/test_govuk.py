"""Page parts: what they refuse and what they say."""

import json
import re
from typing import Any

import plotly.graph_objects as go
import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from commissioning.core.figures import percent
from commissioning.core.tables import Column, Table
from commissioning.templatetags.govuk import is_within, plain_figure

TABLE = Table("Support", (Column("Group"), Column("Support", percent)), (("Near", 0.4), ("Far", 0.1)))
FIGURE = go.Figure(go.Bar(x=["Near", "Far"], y=[0.4, 0.1]), layout={"title": "In the figure"})
CHART = "{% load govuk %}{% chart figure=figure title=title sentence=sentence table=table csv_url=csv_url %}"


def show(source: str, **context: Any) -> str:
    return Template("{% load govuk figures %}" + source).render(Context(context))


def chart(**changes: Any) -> str:
    given = {"figure": FIGURE, "title": "Far is left out", "sentence": "1 in 10.", "table": TABLE, "csv_url": "/x.csv"}
    return show(CHART, **{**given, **changes})


@pytest.mark.parametrize(
    ("path", "address", "expected"),
    [
        ("/statements/", "/statements/", True),
        ("/statements/new/", "/statements/", True),
        ("/programmes/1/statements/", "/statements/", False),
        ("/programmes/", "/", False),
        ("/", "/", True),
    ],
)
def test_the_menu_marks_the_part_in_which_a_page_stands(path: str, address: str, expected: bool) -> None:
    assert is_within(path, address) is expected


@pytest.mark.promise("A6")
@pytest.mark.parametrize(
    "missing",
    [
        {"sentence": ""},
        {"sentence": "  "},
        {"title": ""},
        {"csv_url": ""},
        {"table": None},
        {"table": Table("Support", TABLE.columns, ())},
    ],
    ids=["no sentence", "blank sentence", "no title", "no CSV", "no table", "empty table"],
)
def test_a_chart_without_its_words_or_its_table_is_refused(missing: dict[str, Any]):
    with pytest.raises(TemplateSyntaxError, match="A chart needs its"):
        chart(**missing)


@pytest.mark.promise("A6")
def test_a_chart_says_its_message_its_sentence_its_table_and_its_csv():
    page = chart()

    assert re.search(r"<h2[^>]*>Far is left out</h2>", page)
    assert "1 in 10." in page
    assert "40%" in page
    assert 'href="/x.csv"' in page


def test_a_chart_carries_its_figure_without_title_and_theme():
    figure = plain_figure(FIGURE)

    assert "title" not in figure["layout"]
    assert "template" not in figure["layout"]
    assert figure["data"][0]["type"] == "bar"


def test_a_figure_that_holds_markup_cannot_break_out_of_its_place():
    page = chart(figure=go.Figure(go.Bar(x=["</template><script>"], y=[1])))

    assert "<script>" not in page
    data = re.search(r'<template class="chart__data">(.*?)</template>', page, re.DOTALL)
    assert data
    assert "&lt;" in data.group(1) or "\\u003c" in data.group(1)


def test_a_table_names_its_rows_and_sets_figures_to_the_right():
    page = show("{% data_table table %}", table=TABLE)

    assert '<th scope="row" class="govuk-table__header">Near</th>' in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">40%</td>' in page


def test_a_tag_colour_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError, match="no tag colour"):
        show('{% tag "Open" "pink" %}')


def test_words_in_page_parts_are_escaped():
    assert "<b>" not in show("{% warning text %}{% tag text %}{% summary text text %}", text="<b>")


def test_a_task_without_an_address_cannot_be_opened():
    page = show('{% task "Review" status="Cannot start yet" %}')

    assert "<a " not in page
    assert "Cannot start yet" in page


def test_pages_of_a_list_keep_the_filter():
    request = RequestFactory().get("/log/", {"action": "invited someone", "page": "2"})
    page = Paginator(range(60), 10).get_page(2)

    shown = Template("{% load govuk %}{% pagination page %}").render(RequestContext(request, {"page": page}))

    assert 'href="?action=invited+someone&amp;page=3"' in shown
    assert 'aria-current="page">2</a>' in shown


def test_a_list_of_one_page_has_no_page_links():
    request = RequestFactory().get("/log/")
    page = Paginator(range(3), 10).get_page(1)

    shown = Template("{% load govuk %}{% pagination page %}").render(RequestContext(request, {"page": page}))

    assert shown.strip() == ""


def test_folded_words_stand_inside_details_under_their_title():
    page = show('{% folded "How" %}<p>{{ words }}</p>{% endfolded %}', words="By hand")

    assert "<details" in page
    assert ">How</span>" in page
    assert "<p>By hand</p>" in page


def test_a_wrapping_part_refuses_too_many_words():
    with pytest.raises(TemplateSyntaxError, match="inset takes nothing"):
        show('{% inset "title" %}{% endinset %}')


def test_figures_are_written_by_filters_and_ranges_by_tags():
    assert show("{{ 1234|pounds }} {{ 0.4|about }}") == "£1,234 about 4 in 10"
    assert show("{% pounds_range 1200000 1500000 %} {% percent_range 0.1 0.2 %}") == "£1.2m to £1.5m 10% to 20%"


def test_the_dictionary_of_a_figure_serves_as_well_as_the_figure():
    assert plain_figure(json.loads(FIGURE.to_json()))["data"] == plain_figure(FIGURE)["data"]


def test_a_stacked_table_names_every_cell_for_a_phone():
    table = Table("Help", (Column("Group"), Column("Source")), (("Near", "Board paper 7"),))
    source = "{% load govuk %}{% data_table table stack=stack %}"

    stacked, plain = (Template(source).render(Context({"table": table, "stack": stack})) for stack in (True, False))

    assert '<td data-label="Source"' in stacked
    assert "app-stack" in stacked
    assert "data-label" not in plain
    assert "app-stack" not in plain
