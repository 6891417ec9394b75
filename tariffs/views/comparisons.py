"""Two to five runs of a programme side by side."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.models import Programme, Run
from tariffs import charts, queries
from tariffs.charts.scenarios import Side
from tariffs.core import differences

from .figure_files import csv_of

CHOICES = 20
FEWEST, MOST = 2, 5


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    finished = queries.incentive_runs.of_programme(programme).filter(state=Run.State.SUCCEEDED)
    runs = _chosen(request, programme)
    waiting = [run for run in runs if run.state != Run.State.SUCCEEDED]
    context: dict[str, object] = {
        "programme": programme,
        "choices": finished[:CHOICES],
        "chosen": [run.pk for run in runs],
        "is_too_few": "run" in request.GET and len(runs) < FEWEST,
        "query": request.GET.urlencode(),
    }
    if request.headers.get("HX-Request") and not waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if waiting:
        context |= {"waiting": waiting, "is_active": any(run.is_active for run in waiting)}
    elif len(runs) >= FEWEST:
        records = [queries.incentive_runs.record(run) for run in runs]
        found = charts.scenarios.comparison(_sides(records))
        columns = list(zip(found.names, runs, strict=True))
        context |= {"comparison": found, "columns": columns, "changes": _changes(records, found.names)}
    return render(request, "tariffs/comparisons/detail.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, programme_id: UUID, chart: str) -> HttpResponse:
    """Give one picture's table as CSV."""
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    runs = [run for run in _chosen(request, programme) if run.state == Run.State.SUCCEEDED]
    if len(runs) < FEWEST:
        raise Http404
    sides = _sides([queries.incentive_runs.record(run) for run in runs])
    return csv_of(charts.scenarios.comparison(sides).charts, chart)


def _chosen(request: HttpRequest, programme: Programme) -> list[Run]:
    """Read the runs that the address names, at most five; an address that names no run of the programme is wrong."""
    asked = request.GET.getlist("run")
    try:
        ids = [UUID(text) for text in asked]
    except ValueError as error:
        raise Http404 from error
    runs = queries.incentive_runs.chosen(programme, ids[:MOST])
    if len(runs) != len(set(ids[:MOST])):
        raise Http404
    return runs


def _sides(records: list[queries.incentive_runs.Record]) -> list[Side]:
    """Name each run by its tariff; runs of tariffs with the same name by their place too."""
    names = [record.tariff_name for record in records]
    told = [name if names.count(name) == 1 else f"{name} ({place})" for place, name in enumerate(names, start=1)]
    return [Side(name, record.result, record.group_names) for name, record in zip(told, records, strict=True)]


def _changes(
    records: list[queries.incentive_runs.Record], names: tuple[str, ...]
) -> list[tuple[str, differences.Differences]]:
    """Say what each run has otherwise than the first."""
    first = records[0].programme
    others = zip(names[1:], records[1:], strict=True)
    return [(name, differences.compare(first, record.programme)) for name, record in others]
