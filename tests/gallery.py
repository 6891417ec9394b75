"""Pages that show every page part and every kind of field at once: addresses for tests only."""

from typing import Any

import plotly.graph_objects as go
from crispy_forms_gds.choices import Choice
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from commissioning.core.figures import percent, pounds
from commissioning.core.tables import Column, Table
from commissioning.forms.layouts import DateField, Field, helper
from commissioning.urls import urlpatterns as product

YEARS, SUPPORT, SPEND = (2026, 2027, 2028), (0.4, 0.35, 0.31), (1_200_000, 1_350_000, 990_000)
TABLE = Table(
    caption="Support and spend by year",
    columns=(Column("Year"), Column("People helped", percent), Column("Spend", pounds)),
    rows=tuple(zip(YEARS, SUPPORT, SPEND, strict=True)),
)
PARTS = """{% extends "base.html" %}{% load govuk figures %}
{% block title %}Gallery{% endblock %}
{% block breadcrumbs %}{% breadcrumbs "Home" "/" "Gallery" %}{% endblock %}
{% block heading %}<h1 class="govuk-heading-l">Gallery</h1>{% endblock %}
{% block content %}
  <p class="app-answer">Help falls from <strong>{{ 0.4|about }}</strong> people to {{ 0.31|about }}.</p>
  {% chart figure=figure title="Fewer are helped" sentence="From 4 in 10 to 3 in 10." table=table csv_url="/x.csv" %}
  <div id="fragment" hx-get="/gallery/fragment/" hx-trigger="click from:#more" hx-swap="innerHTML"></div>
  <button type="button" id="more" class="govuk-button govuk-button--secondary">More</button>
  <ul class="govuk-task-list">
    {% task "Tariff" "/" "5 warnings" "yellow" "Prices and terms" %}{% task "Review" status="Cannot start yet" %}
  </ul>
  <dl class="govuk-summary-list">{% summary "Budget" "£5" "/" %}{% summary "Start" "2026" %}</dl>
  {% data_table table %}
  {% folded "How this was worked out" %}<p class="govuk-body">By hand.</p>{% endfolded %}
  {% inset %}<p>Inset</p>{% endinset %}{% warning "You cannot undo this" %}
  {% banner "Older figures" %}<p class="govuk-body">The draft has changed.</p>{% endbanner %}
  {% pagination page %}
{% endblock %}
{% block scripts %}{% include "components/chart_scripts.html" %}{% endblock %}
"""
FRAGMENT = """{% load govuk %}
{% chart figure=figure title="A second chart" sentence="As before." table=table csv_url="/y.csv" level=3 %}"""
FORM = """{% extends "base.html" %}{% load crispy_forms_tags %}{% block title %}Form{% endblock %}
{% block heading %}<h1 class="govuk-heading-l">Form</h1>{% endblock %}
{% block content %}<div class="app-reading">{% crispy form %}</div>{% endblock %}"""


def figure() -> go.Figure:
    """Draw with the default theme and a title, both of which the page must replace."""
    return go.Figure(go.Scatter(x=list(YEARS), y=list(SUPPORT), mode="lines+markers"), layout={"title": "Mine"})


class EveryField(forms.Form):
    """One field of each kind, all of which refuse an empty form."""

    name = forms.CharField(label="Name", error_messages={"required": "Enter a name"})
    kind = forms.ChoiceField(
        label="Kind",
        choices=[Choice("a", "First", hint="A hint"), Choice("b", "Second", divider="or")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind"},
    )
    tags = forms.MultipleChoiceField(
        label="Tags",
        choices=[Choice("x", "One"), Choice("y", "Two")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a tag"},
    )
    band = forms.ChoiceField(
        label="Band", choices=[("", "Choose"), ("1", "One")], error_messages={"required": "Choose a band"}
    )
    start = DateField(label="Start", help_text="For example, 27 3 2026")
    words = forms.CharField(
        label="Words", help_text="In your own words", widget=forms.Textarea, error_messages={"required": "Enter words"}
    )
    sure = forms.BooleanField(label="I am sure", error_messages={"required": "Say that you are sure"})
    upload = forms.FileField(label="File", error_messages={"required": "Choose a file"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("name"),
            Field.radios("kind"),
            Field.checkboxes("tags"),
            Field.select("band"),
            Field("start"),
            Field.textarea("words", rows=3, max_characters=100),
            Field.checkbox("sure"),
            Field("upload"),
            submit="Save",
        )

    def clean(self) -> dict[str, Any]:
        self.add_error(None, "The whole does not fit together")
        return self.cleaned_data


def rendered(request: HttpRequest, source: str, **context: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(context, request))


@login_not_required
def parts(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(100), 10).get_page(request.GET.get("page", "5"))
    return rendered(request, PARTS, figure=figure(), table=TABLE, page=page)


@login_not_required
def fragment(request: HttpRequest) -> HttpResponse:
    return rendered(request, FRAGMENT, figure=figure(), table=TABLE)


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    return rendered(request, FORM, form=EveryField(request.POST or None, request.FILES or None))


urlpatterns = [
    *product,
    path("gallery/", parts),
    path("gallery/fragment/", fragment),
    path("gallery/form/", form),
]
