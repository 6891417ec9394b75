"""Pages of a simulation: asking for it, watching it, reading it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.models import Run
from commissioning.views import runs
from commissioning.views.requests import SignedInRequest
from tariffs import charts, queries, services
from tariffs.forms.incentive_runs import IncentiveRunForm

from .figure_files import csv_of

PAGE_SIZE = 20


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    page = Paginator(queries.incentive_runs.of_programme(programme), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "may_edit": _may_edit(request, programme_id)}
    return render(request, "tariffs/incentive_runs/index.html", context)


def _may_edit(request: HttpRequest, programme_id: UUID) -> bool:
    return commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    form = IncentiveRunForm(request.POST or None)
    gaps = queries.programmes.gaps(programme)
    if form.is_valid() and not gaps:
        run = services.incentive_runs.queue(programme=programme, by=request.user, **form.cleaned_data)
        tasks.hint_after_commit()
        return redirect("incentive-run-detail", run.pk)
    context = {"form": form, "programme": programme, "gaps": gaps}
    return render(request, "tariffs/incentive_runs/create.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = get_object_or_404(queries.incentive_runs.visible_to(request.user).select_related("programme"), pk=run_id)
    may_edit = _may_edit(request, run.programme_id)
    context = {"run": run, "programme": run.programme, "may_edit": may_edit}
    if run.state != Run.State.SUCCEEDED:
        return render(request, "tariffs/incentive_runs/progress.html", context | runs.waiting(run))
    record = queries.incentive_runs.record(run)
    number = _chosen_provider(request, record)
    context |= {
        "verdict": charts.verdict(record.result, record.inputs, record.group_names),
        "charts": charts.of_provider(record.result, record.provider_ids[number], record.group_names),
        "spend": charts.of_spend(record.result),
        "providers": record.result["providers"],
        "number": number,
        "is_stale": queries.incentive_runs.is_stale(run),
        "others": queries.incentive_runs.comparable_with(run)[:PAGE_SIZE],
    }
    return render(request, "tariffs/incentive_runs/detail.html", context)


def _chosen_provider(request: HttpRequest, record: queries.incentive_runs.Record) -> int:
    text = request.GET.get("provider", "0")
    if text.isascii() and text.isdigit() and int(text) < len(record.provider_ids):
        return int(text)
    raise Http404


@login_required
@require_GET
def figures(request: HttpRequest, run_id: UUID, chart: str) -> HttpResponse:
    """Give one chart's table as CSV."""
    run = get_object_or_404(queries.incentive_runs.visible_to(request.user), pk=run_id, state=Run.State.SUCCEEDED)
    record = queries.incentive_runs.record(run)
    provider = record.provider_ids[_chosen_provider(request, record)]
    drawn = [*charts.of_provider(record.result, provider, record.group_names), charts.of_spend(record.result)]
    return csv_of(drawn, chart)
