"""The page that says which evidence matters most, and how good it is."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.models import Programme, Run
from commissioning.views.requests import SignedInRequest
from commissioning.views.runs import waiting
from tariffs import queries, services
from tariffs.charts import sensitivities as charts
from tariffs.core.sensitivity import Figure

from .figure_files import csv_of


@login_required
@require_GET
def proposed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Lead to the analysis of the tariff that the programme proposes."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), main_of=programme_id)
    return redirect("sensitivity", tariff.pk)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Show the analysis of a tariff as it stands, or offer to make one."""
    allowed = queries.tariffs.visible_to if request.method == "GET" else queries.tariffs.editable_by
    tariff = get_object_or_404(allowed(request.user), pk=tariff_id)
    whole = queries.programmes.to_core(tariff.programme, tariff)
    gaps = queries.programmes.gaps_of(whole)
    if request.method == "POST" and not gaps:
        services.sensitivities.queue(tariff=tariff, by=request.user)
        tasks.hint_after_commit()
        return redirect("sensitivity", tariff.pk)
    current, older = queries.sensitivities.of_tariff(tariff, whole)
    if current:
        return _shown(request, current, tariff.programme, is_stale=False)
    context = {"tariff": tariff, "programme": tariff.programme, "gaps": gaps, "older": older}
    context["may_edit"] = _may_edit(request, tariff.programme_id)
    return render(request, "tariffs/sensitivities/create.html", context)


def _may_edit(request: HttpRequest, programme_id: UUID) -> bool:
    return commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()


@login_required
@require_GET
def of_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show one analysis, whatever has become of the draft since."""
    run = get_object_or_404(queries.sensitivities.visible_to(request.user), pk=run_id)
    return _shown(request, run, run.programme, is_stale=queries.sensitivities.is_stale(run))


def _shown(request: HttpRequest, run: Run, programme: Programme, *, is_stale: bool) -> HttpResponse:
    context: dict[str, Any] = {"programme": programme, "run": run, "may_edit": _may_edit(request, programme.pk)}
    if run.state != Run.State.SUCCEEDED:
        return render(request, "tariffs/sensitivities/progress.html", context | waiting(run))
    analysis = queries.sensitivities.read(run)
    tornado, names = analysis.tornado, charts.Names.from_programme(analysis.programme)
    known, figure = queries.sensitivities.places(programme), _figure(request)
    found = charts.tasks(tornado, names)
    context |= {
        "sentence": charts.in_words(tornado, names),
        "tasks": [(task, queries.sensitivities.place_of(task.swing, known)) for task in found],
        "figures": [(each.value, words.name, each is figure) for each, words in charts.FIGURES.items()],
        "chart": charts.tornado_of(tornado, names, figure),
        "margins": charts.margins(tornado, analysis.programme, names),
        "is_stale": is_stale,
    }
    return render(request, "tariffs/sensitivities/detail.html", context)


def _figure(request: HttpRequest) -> Figure:
    text = request.GET.get("figure", Figure.ADDITIONAL.value)
    if text not in {figure.value for figure in Figure}:
        raise Http404
    return Figure(text)


@login_required
@require_GET
def figures(request: HttpRequest, run_id: UUID, chart: str) -> HttpResponse:
    """Give one tornado's table as CSV."""
    found = queries.sensitivities.visible_to(request.user)
    run = get_object_or_404(found, pk=run_id, state=Run.State.SUCCEEDED)
    analysis = queries.sensitivities.read(run)
    names = charts.Names.from_programme(analysis.programme)
    return csv_of([charts.tornado_of(analysis.tornado, names, figure) for figure in Figure], chart)
