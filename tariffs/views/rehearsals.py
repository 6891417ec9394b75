"""Pages of a rehearsal: asking what happens when things go badly, and reading it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.models import Run
from commissioning.views.requests import SignedInRequest
from commissioning.views.runs import waiting
from tariffs import queries, services
from tariffs.charts import rehearsals as charts
from tariffs.core.rehearsals import ShockKind
from tariffs.forms.rehearsals import SHOCKS, RehearsalForm

from .figure_files import csv_of

PAGE_SIZE = 20
#: All rehearsals meet the same luck, so that two clauses can be set beside each other.
SEED = 1


@login_required
@require_GET
def proposed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Lead to the rehearsals of the tariff that the programme proposes."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), main_of=programme_id)
    return redirect("rehearsal-create", tariff.pk)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Ask for a rehearsal of a tariff, beside those that there are."""
    allowed = queries.tariffs.visible_to if request.method == "GET" else queries.tariffs.editable_by
    tariff = get_object_or_404(allowed(request.user), pk=tariff_id)
    whole = queries.programmes.to_core(tariff.programme, tariff)
    gaps = queries.programmes.gaps_of(whole)
    form = None if gaps else RehearsalForm(request.POST or None, programme=whole)
    if form is not None and form.is_valid():
        run = services.rehearsals.queue(tariff=tariff, seed=SEED, by=request.user, **form.rehearsal())
        tasks.hint_after_commit()
        return redirect("rehearsal-detail", run.pk)
    page = Paginator(queries.rehearsals.of_programme(tariff.programme), PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"tariff": tariff, "programme": tariff.programme, "form": form, "gaps": gaps}
    context |= {"page": page, "rows": [(run, _shock_of(run)) for run in page.object_list]}
    context["may_edit"] = _may_edit(request, tariff.programme_id)
    return render(request, "tariffs/rehearsals/create.html", context)


def _shock_of(run: Run) -> str:
    """Say what goes wrong in a rehearsal of the list."""
    return SHOCKS[ShockKind(run.shock_kind)]  # type: ignore[attr-defined]


def _may_edit(request: HttpRequest, programme_id: UUID) -> bool:
    return commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()


@login_required
@require_GET
def detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = get_object_or_404(queries.rehearsals.visible_to(request.user), pk=run_id)
    programme = run.programme
    context = {"programme": programme, "run": run, "may_edit": _may_edit(request, programme.pk)}
    if run.state != Run.State.SUCCEEDED:
        return render(request, "tariffs/rehearsals/progress.html", context | waiting(run))
    found = queries.rehearsals.read(run)
    context |= {
        "shown": charts.shown(found.result, found.shock, found.clause, found.programme),
        "tariff_name": found.programme.tariff.version or "Draft tariff",
        "is_stale": queries.rehearsals.is_stale(run),
    }
    return render(request, "tariffs/rehearsals/detail.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, run_id: UUID, chart: str) -> HttpResponse:
    """Give one picture's table as CSV."""
    run = get_object_or_404(queries.rehearsals.visible_to(request.user), pk=run_id, state=Run.State.SUCCEEDED)
    return csv_of(charts.charts(queries.rehearsals.read(run).result), chart)
