"""Consultations as those who are asked read them: which are open, and one with its draft line by line."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tariffs import queries

from .consultations import about

ON_A_PAGE = 20


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List what is open: to anyone, and to the reader's own organisation."""
    found = queries.consultations.open_to(request.user)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "reports": queries.consultation_reports.latest(),
    }
    return render(request, "tariffs/consultations/open.html", context)


@login_not_required
@require_GET
def detail(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = get_object_or_404(queries.consultations.readable_by(request.user), pk=consultation_id)
    voices = list(queries.consultations.voices(consultation, request.user))
    houses = list(queries.consultations.houses(consultation, request.user))
    is_open = consultation.state == queries.consultations.OPEN  # type: ignore[attr-defined]
    log = queries.consultation_logs.told(consultation)
    context = {
        **about(consultation),
        "is_open": is_open,
        "may_comment": is_open and bool(voices),
        "houses": houses,
        "sections": queries.comments.beside(consultation, houses),
        "next_version": consultation.next_version,
        "questions": queries.consultation_logs.asked_by(consultation, houses) if houses else (),
        "page": Paginator(log, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "tariffs/consultations/detail.html", context)
