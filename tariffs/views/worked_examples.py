"""The worked example, for anyone to read without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tariffs import charts, queries

from .figure_files import csv_of


@login_not_required
@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    example = queries.worked_examples.work_programme()
    context = {
        "example": example,
        "programme": example.programme,
        "verdict": charts.parking(example.decisions, example.inputs, example.group_names),
        "charts": charts.of_groups(example.decisions, example.group_names),
    }
    return render(request, "tariffs/worked_examples/detail.html", context)


@login_not_required
@require_safe
def figures(_request: HttpRequest, chart: str) -> HttpResponse:
    """Give one chart's table as CSV."""
    example = queries.worked_examples.work_programme()
    return csv_of(charts.of_groups(example.decisions, example.group_names), chart)
