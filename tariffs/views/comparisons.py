"""Two runs of a programme side by side."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.models import Run
from tariffs import charts, queries
from tariffs.core import differences


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    finished = queries.incentive_runs.of_programme(programme).filter(state=Run.State.SUCCEEDED)
    context: dict[str, object] = {"programme": programme, "choices": finished[:50]}
    asked = [request.GET.get("first", ""), request.GET.get("second", "")]
    if all(asked):
        first, second = (_record(request, programme_id, text) for text in asked)
        context |= charts.comparison(first.result, second.result, {**second.group_names, **first.group_names})
        found = differences.compare(first.programme, second.programme)
        context |= {"first": first.run, "second": second.run, "changes": found, "in_short": differences.in_short(found)}
    return render(request, "tariffs/comparisons/detail.html", context)


def _record(request: HttpRequest, programme_id: UUID, text: str) -> queries.incentive_runs.Record:
    try:
        run_id = UUID(text)
    except ValueError as error:
        raise Http404 from error
    runs = queries.incentive_runs.visible_to(request.user).filter(programme=programme_id, state=Run.State.SUCCEEDED)
    return queries.incentive_runs.record(get_object_or_404(runs.select_related("created_by"), pk=run_id))
