"""The public report of a consultation: published by an approver, read by anyone as a page, as PDF and as CSV."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.forms.drafts import keeping
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms import moments
from tariffs.forms.answers import ReportForm
from tariffs.models import Consultation

from . import report_files
from .consultations import about
from .figure_files import csv_table


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    """Read through what will be published, say what was learned, and publish it."""
    allowed = queries.consultations.approvable_by(request.user)
    consultation = get_object_or_404(allowed, pk=consultation_id)
    form = keeping(ReportForm(typed(request), initial={"learned": consultation.learned}), request.user)
    if request.method == "POST" and form.is_valid():
        learned = form.cleaned_data["learned"]
        try:
            services.consultation_reports.publish(consultation=consultation, learned=learned, by=request.user)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "The report is published.")
            return redirect("consultation-report", consultation.pk)
    owed = queries.answers.owed(consultation)
    context = {**_context(request, consultation), "form": form, "owed": owed}
    return render(request, "tariffs/consultation_reports/create.html", context)


@login_not_required
@require_GET
def detail(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    context = _context(request, _reported(consultation_id))
    return render(request, "tariffs/consultation_reports/detail.html", context)


@login_not_required
@require_GET
def pdf(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Give the report as a PDF; where the libraries are missing, lead back to the page that prints as well."""
    consultation = _reported(consultation_id)
    if not report_files.is_possible():
        messages.info(request, "This copy cannot make PDFs. Print this page instead.")
        return redirect("consultation-report", consultation.pk)
    text = render_to_string("tariffs/consultation_reports/paper.html", _context(request, consultation))
    response = HttpResponse(report_files.pdf(text), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="consultation-{consultation.pk}.pdf"'
    return response


@login_not_required
@require_GET
def figures(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Give the report as CSV."""
    found = queries.consultation_reports.rows(_reported(consultation_id))
    return csv_table(queries.consultation_reports.table(found), "you-said-we-did")


def _reported(consultation_id: UUID) -> Consultation:
    return get_object_or_404(queries.consultation_reports.reported(), pk=consultation_id)


def _context(request: HttpRequest, consultation: Consultation) -> dict[str, Any]:
    found = queries.consultation_reports.rows(consultation)
    return {
        **about(consultation),
        "rows": found,
        "decisions": queries.consultation_reports.decisions(found),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
