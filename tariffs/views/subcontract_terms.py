"""Pages of what a prime would have to keep or grant for a subcontractor to stand its contract."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.models import Run
from commissioning.views.requests import SignedInRequest
from commissioning.views.runs import waiting
from tariffs import queries, services
from tariffs.charts import subcontract_terms as charts
from tariffs.services.incentive_runs import IncompleteError

from .figure_files import csv_table


@login_required
@require_POST
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Ask for a search for one kind of subcontractor."""
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    provider = request.POST.get("subcontractor", "")
    if not programme.archetypes.filter(key=provider).exists():
        messages.error(request, "Choose a kind of provider that the programme has.")
        return redirect("supply-chain", programme.pk)
    try:
        run = services.subcontract_terms.queue(programme=programme, provider=provider, by=request.user)
    except IncompleteError:
        messages.error(request, "The programme lacks parts that are needed to find that out.")
        return redirect("supply-chain", programme.pk)
    tasks.hint_after_commit()
    return redirect("subcontract-terms", run.pk)


@login_required
@require_GET
def detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = get_object_or_404(queries.subcontract_terms.visible_to(request.user), pk=run_id)
    programme = run.programme
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=programme.pk).exists()
    context: dict[str, Any] = {"programme": programme, "run": run, "may_edit": may_edit}
    if run.state != Run.State.SUCCEEDED:
        return render(request, "tariffs/subcontract_terms/progress.html", context | waiting(run))
    search = queries.subcontract_terms.read(run)
    found = [(place, terms) for place, terms in enumerate(search.terms) if terms.share is not None]
    context |= {
        "search": search,
        "sentence": charts.answer(search.terms, search.provider.name or search.provider.id),
        "failed": charts.failed(search.tests),
        "table": charts.table(search.terms),
        "choices": [(place, terms.passing) for place, terms in found if not terms.is_enough],
        "is_stale": queries.subcontract_terms.is_stale(run),
    }
    return render(request, "tariffs/subcontract_terms/detail.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Give the table as CSV."""
    found = queries.subcontract_terms.visible_to(request.user)
    run = get_object_or_404(found, pk=run_id, state=Run.State.SUCCEEDED)
    return csv_table(charts.table(queries.subcontract_terms.read(run).terms), "subcontract-terms")


@login_required
@require_POST
def apply(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """Put the terms found along one lever into a copy of the programme."""
    editable = commissioning_queries.programmes.editable_by(request.user)
    found = queries.subcontract_terms.visible_to(request.user).filter(programme__in=editable)
    run = get_object_or_404(found, pk=run_id, state=Run.State.SUCCEEDED)
    chosen = request.POST.get("terms", "")
    known = {str(place): terms for place, terms in enumerate(queries.subcontract_terms.read(run).terms)}
    if chosen not in known or known[chosen].share is None:
        raise Http404
    passing = known[chosen].passing
    copy = services.subcontract_terms.apply(programme=run.programme, passing=passing, by=request.user)
    messages.success(
        request, f"“{copy}” is a copy with these terms. Nothing else is changed, and the draft is as it was."
    )
    return redirect("supply-chain", copy.pk)
