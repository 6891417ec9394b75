"""What providers shared of their benches, as the authority reads it: in bands, without names, once it is closed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tariffs import queries
from tariffs.charts import benches as charts

from .consultations import about


@login_required
@require_GET
def detail(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = get_object_or_404(queries.consultations.visible_to(request.user), pk=consultation_id)
    found = queries.benches.read(consultation)
    context = {
        **about(consultation),
        "is_closed": consultation.state == queries.consultations.CLOSED,  # type: ignore[attr-defined]
        "found": found,
        "sentence": charts.shared(found) if found else "",
        "tables": charts.shared_tables(found) if found else (),
    }
    return render(request, "tariffs/benches/shared.html", context)
