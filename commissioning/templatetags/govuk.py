"""Page parts in GOV.UK markup, for every app: {% load govuk %}.

{% breadcrumbs "Programmes" programmes_url "Work Programme" %}
{% tag "3 blocks" "red" %}
{% task "Tariff" url status="5 warnings" colour="yellow" hint="Prices" %}  inside <ul class="govuk-task-list">
{% summary "Budget" budget|pounds %}                       inside <dl class="govuk-summary-list">
{% summary "Budget" budget|pounds change_url "budget" %}   adds a link "Change budget"
{% data_table table %}                                     table: commissioning.core.tables.Table
{% data_table table stack=True %}                          long words: each row by itself on a phone
{% chart figure=figure title="..." sentence="..." table=table csv_url=url %}
{% pagination page %}                                      page: a Django Page; keeps the other query values
{% folded "How this was worked out" %} ... {% endfolded %}
{% inset %} ... {% endinset %}
{% warning "You cannot undo this" %}
{% banner "Important" %} ... {% endbanner %}
{% kept_text %}                                            above a DraftForm: what was typed here and not saved
"""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.base import Parser, Token
from django.utils.text import slugify
from plotly.io.json import to_json_plotly

from commissioning import queries
from commissioning.core import tables

register = template.Library()

# What a chart looks like where its figure does not say.
OUR_LAYOUT: dict[str, Any] = {
    "font": {"family": "arial, sans-serif", "size": 14, "color": "#0b0c0c"},
    "colorway": ["#0e4a4d", "#c9720c", "#5694ca", "#6f3f8f"],
    "margin": {"t": 20, "r": 20, "b": 60, "l": 70},
}
TAG_COLOURS = {"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow", ""}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, object]:
    """Show the way here: text, address, text, address, and the present page's text alone at the end."""
    links = list(zip(parts[0::2], parts[1::2], strict=False))
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


@register.filter
def is_within(path: str, address: str) -> bool:
    """Tell whether a page stands at an address or below it; below the home page stands only itself."""
    return path.startswith(address) if address != "/" else path == address


@register.inclusion_tag("components/tag.html")
def tag(text: str, colour: str = "") -> dict[str, str]:
    """Show a state as a short coloured word; the word alone must say it."""
    if colour not in TAG_COLOURS:
        raise template.TemplateSyntaxError(f"GOV.UK has no tag colour {colour!r}")
    return {"text": text, "colour": colour}


@register.inclusion_tag("components/task.html")
def task(text: str, url: str = "", status: str = "", colour: str = "", hint: str = "") -> dict[str, str]:
    """Show one row of a task list. Without an address it cannot be opened yet."""
    return {"text": text, "url": url, "status": status, "colour": colour, "hint": hint, "key": slugify(text)}


@register.inclusion_tag("components/summary_row.html")
def summary(key: str, value: object, change_url: str = "", what: str = "") -> dict[str, object]:
    """Show one row of a summary list, with a change link where there is an address."""
    return {"key": key, "value": value, "change_url": change_url, "what": what or key.lower()}


@register.inclusion_tag("components/table.html")
def data_table(
    table: tables.Table, caption_class: str = "govuk-table__caption--m", stack: bool = False
) -> dict[str, object]:
    """Show a table; figures stand to the right. Stacked, each row stands by itself on a phone."""
    rows = [
        [(column, tables.shown(column, value)) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    return {"table": table, "rows": rows, "caption_class": caption_class, "stack": stack}


@register.inclusion_tag("components/chart.html")
def chart(
    *, figure: Any, title: str, sentence: str, table: tables.Table, csv_url: str, level: int = 2
) -> dict[str, object]:
    """Show a picture with its message, its sentence, the same figures as a table, and as CSV.

    `figure` is a plotly Figure or its dictionary. No words or no table, no picture: it raises.
    """
    for name, part in (("title", title), ("sentence", sentence), ("CSV link", csv_url)):
        if not str(part).strip():
            raise template.TemplateSyntaxError(f"A chart needs its {name}")
    if not isinstance(table, tables.Table) or not table.rows:
        raise template.TemplateSyntaxError("A chart needs its figures as a table with rows")
    return {
        "figure": to_json_plotly(plain_figure(figure)),
        "title": title,
        "sentence": sentence,
        "table": table,
        "csv_url": csv_url,
        "heading": f"h{level}",
        "key": f"chart-{slugify(title)}",
    }


def plain_figure(figure: Any) -> dict[str, Any]:
    """Return a figure as plain JSON, without the heading and the default theme, which the page supplies."""
    plain: dict[str, Any] = dict(figure) if isinstance(figure, Mapping) else json.loads(figure.to_json())
    layout = {key: value for key, value in plain.get("layout", {}).items() if key not in ("title", "template")}
    return {"data": plain.get("data", []), "layout": {**OUR_LAYOUT, **layout}}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.RequestContext, page: "Page[Any]") -> dict[str, object]:
    """Show links to the pages of a long list, keeping the other values of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "query": f"{query.urlencode()}&" if query else ""}


@register.inclusion_tag("components/warning.html")
def warning(text: str) -> dict[str, str]:
    """Show a warning text."""
    return {"text": text}


@register.inclusion_tag("components/kept_text.html", takes_context=True)
def kept_text(context: template.RequestContext) -> dict[str, object]:
    """Offer to put back what the reader typed on this page and did not save."""
    request = context["request"]
    is_back = request.method == "GET" and "kept" in request.GET
    fresh = request.method == "GET" and not is_back
    kept = queries.kept_texts.of_page(request.user, request.path) if fresh else None
    return {"kept": kept, "is_back": is_back, "path": request.path, "csrf_token": context.get("csrf_token", "")}


class Wrapped(template.Node):
    """What stands between a tag and its end tag, put into a component as `inside`."""

    def __init__(self, template_name: str, title: template.base.FilterExpression | None, inside: template.NodeList):
        self.template_name, self.title, self.inside = template_name, title, inside

    def render(self, context: template.Context) -> str:
        title = self.title.resolve(context) if self.title else ""
        found = context.template.engine.get_template(self.template_name)  # type: ignore[union-attr]
        return found.render(context.new({"title": title, "inside": self.inside.render(context)}))


def wrapping(name: str, template_name: str, *, titled: bool) -> None:
    """Register a tag with an end tag."""

    def compile_tag(parser: Parser, token: Token) -> Wrapped:
        bits = token.split_contents()
        if len(bits) != 1 + titled:
            raise template.TemplateSyntaxError(f"{name} takes {'one title' if titled else 'nothing'}")
        inside = parser.parse((f"end{name}",))
        parser.delete_first_token()
        return Wrapped(template_name, parser.compile_filter(bits[1]) if titled else None, inside)

    register.tag(name, compile_tag)


wrapping("folded", "components/folded.html", titled=True)
wrapping("inset", "components/inset.html", titled=False)
wrapping("banner", "components/banner.html", titled=True)
