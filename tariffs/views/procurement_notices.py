"""The notice of preliminary market engagement that a consultation fills: read it, see what it lacks, take it along."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from commissioning.core import london_times, planning_releases, procurement_notices
from commissioning.core.procurement_notices import Notice
from tariffs import queries
from tariffs.models import Consultation


def _filled(request: HttpRequest, consultation_id: UUID) -> tuple[Consultation, Notice]:
    found = get_object_or_404(queries.consultations.visible_to(request.user), pk=consultation_id)
    page = f"{settings.PUBLIC_ADDRESS}{reverse('consultation-detail', args=[found.pk])}"
    now = queries.consultations.now()
    return found, queries.procurement_notices.of_consultation(found, url=page, now=now)


@login_required
@require_GET
def detail(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation, notice = _filled(request, consultation_id)
    closes = london_times.in_london(consultation.closes_at)
    context = {
        "consultation": consultation,
        "programme": consultation.version.programme,
        "fields": list(procurement_notices.fields(notice, closes=closes)),
        "missing": procurement_notices.missing(notice),
        "is_example": notice.ocid.startswith(procurement_notices.EXAMPLE_PREFIX),
    }
    return render(request, "tariffs/procurement_notices/detail.html", context)


@login_required
@require_GET
def text(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation, notice = _filled(request, consultation_id)
    said = procurement_notices.as_text(notice, closes=london_times.in_london(consultation.closes_at))
    return _attached(HttpResponse(said, content_type="text/plain; charset=utf-8"), "txt")


@login_required
@require_GET
def release(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    _, notice = _filled(request, consultation_id)
    address = f"{settings.PUBLIC_ADDRESS}{request.path}"
    indented = {"indent": 2, "ensure_ascii": False}
    return _attached(JsonResponse(planning_releases.package(notice, uri=address), json_dumps_params=indented), "json")


def _attached(answer: HttpResponse, ending: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="preliminary-market-engagement-notice.{ending}"'
    return answer
