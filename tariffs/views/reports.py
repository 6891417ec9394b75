"""A programme on paper: the page to print, and the same as a PDF."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.models import Programme
from tariffs import charts, queries
from tariffs.queries.reports import Test

from . import report_files


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show the report as a page that prints well."""
    context = _context(request, _programme(request, programme_id))
    return render(request, "tariffs/reports/detail.html", {**context, "pdf_is_possible": report_files.is_possible()})


@login_required
@require_GET
def pdf(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Give the report as a PDF; where the libraries are missing, say so and offer the page to print."""
    programme = _programme(request, programme_id)
    if not report_files.is_possible():
        return render(request, "tariffs/reports/no_pdf.html", {"programme": programme}, status=501)
    text = render_to_string("tariffs/reports/paper.html", _context(request, programme))
    response = HttpResponse(report_files.pdf(text), content_type="application/pdf")
    name = slugify(programme.name)[:60] or "programme"
    response["Content-Disposition"] = f'attachment; filename="{name}-report.pdf"'
    return response


def _programme(request: HttpRequest, programme_id: UUID) -> Programme:
    mine = queries.programmes.with_tariff(commissioning_queries.programmes.visible_to(request.user))
    return get_object_or_404(mine, pk=programme_id)


def _context(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    report = queries.reports.report(programme)
    context = {
        "report": report,
        "programme": programme,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "made_at": timezone.now(),
    }
    return context | (_test(report.test) if report.test else {})


def _test(test: Test) -> dict[str, Any]:
    """Write the newest run in words, figures and pictures."""
    record = test.record
    return {
        "verdict": charts.verdict(record.result, record.inputs, record.group_names),
        "main_figures": charts.papers.main_figures(record.result, record.inputs),
        "pictures": charts.papers.pictures(record.result, record.group_names, charts.of_spend(record.result)),
        "earlier_runs": queries.reports.earlier_runs(test.earlier) if test.earlier else None,
    }
