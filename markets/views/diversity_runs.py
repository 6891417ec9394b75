"""Pages of a comparison of designs: asking for it, watching it, reading it, taking its record away."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.models import Run
from commissioning.views import runs
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.charts import diversity as charts
from markets.forms.diversity_runs import DiversityRunForm
from markets.services.market_inputs import IncompleteError, gaps_of
from tariffs.views.figure_files import csv_of


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Ask for a comparison."""
    editable = commissioning_queries.programmes.editable_by(request.user)
    programme = get_object_or_404(editable.select_related("organisation"), pk=programme_id)
    gaps = gaps_of(programme)
    local = queries.registers.most_of(programme)
    others = programme.tariffs.filter(main_of=None)
    form = DiversityRunForm(request.POST or None, others=others, local=local)
    if form.is_valid() and not gaps:
        try:
            run = services.diversity_runs.queue(programme=programme, by=request.user, **form.given())
        except IncompleteError as error:
            form.add_error(None, str(error))
        else:
            tasks.hint_after_commit()
            return redirect("diversity-run-detail", run.pk)
    context = {"form": form, "programme": programme, "gaps": gaps, "designs": queries.designs.design_lines(programme)}
    return render(request, "markets/diversity_runs/create.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show how far a comparison is, or what it found."""
    run = get_object_or_404(queries.diversity_runs.visible_to(request.user).select_related("programme"), pk=run_id)
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=run.programme_id).exists()
    context = {"run": run, "programme": run.programme, "may_edit": may_edit}
    if run.state != Run.State.SUCCEEDED:
        return render(request, "markets/diversity_runs/progress.html", context | runs.waiting(run))
    record = queries.diversity_runs.record(run)
    context |= {
        "record": record,
        "sentences": record.result["sentences"],
        "charts": charts.all_of(record.result),
        "figures": charts.main_figures(record.result),
        "notes": record.inputs["register"]["notes"],
        "is_stale": queries.diversity_runs.is_stale(record),
    }
    return render(request, "markets/diversity_runs/detail.html", context)


def _finished(request: HttpRequest, run_id: UUID) -> Run:
    return get_object_or_404(queries.diversity_runs.visible_to(request.user), pk=run_id, state=Run.State.SUCCEEDED)


@login_required
@require_GET
def figures(request: HttpRequest, run_id: UUID, chart: str) -> HttpResponse:
    """Give one chart's table as CSV."""
    return csv_of(charts.all_of(_finished(request, run_id).result or {}), chart)


@login_required
@require_GET
def download(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Give everything about a comparison as one file: what went in, what came out, and the fingerprints of both."""
    run = _finished(request, run_id)
    document = {
        "engine": run.engine,
        "seed": run.seed,
        "draws": run.draws,
        "inputs_sha256": run.inputs_sha256,
        "result_sha256": run.result_sha256,
        "inputs": run.inputs,
        "result": run.result,
    }
    response = JsonResponse(document)
    response["Content-Disposition"] = f'attachment; filename="designs-{run.pk}.json"'
    return response
