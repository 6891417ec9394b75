"""Pages of who could carry a contract: asking, reading, taking the figures over and away."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.core.tables import Table, as_csv
from commissioning.models import Run
from commissioning.views import runs
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.charts import capacity as charts
from markets.forms.capacity_runs import CapacityForm
from markets.services.market_inputs import IncompleteError, gaps_of
from tariffs.charts.pictures import Document

#: Tables that can be taken away, by the word in their address.
TABLES: dict[str, Callable[[Document], Table]] = {
    "funnel": lambda result: charts.funnel(result).table,
    "sizes": charts.by_size,
    "money": charts.money,
    "lots": charts.by_lot,
    "for-publication": charts.for_publication,
}


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Ask who could carry the contract, and list what was found before."""
    allowed = commissioning_queries.programmes
    mine = allowed.visible_to(request.user) if request.method == "GET" else allowed.editable_by(request.user)
    programme = get_object_or_404(mine.select_related("organisation"), pk=programme_id)
    gaps = gaps_of(programme)
    form = CapacityForm(request.POST or None, local=queries.registers.most_of(programme))
    if form.is_valid() and not gaps:
        try:
            today = timezone.localdate()
            run = services.capacity_runs.queue(programme=programme, today=today, by=request.user, **form.given())
        except IncompleteError as error:
            form.add_error(None, str(error))
        else:
            tasks.hint_after_commit()
            return redirect("capacity-run-detail", run.pk)
    context = {
        "form": form,
        "programme": programme,
        "gaps": gaps,
        "runs": queries.capacity_runs.of_programme(programme)[:5],
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "markets/capacity_runs/create.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show how far a look is, or what it found."""
    run = get_object_or_404(queries.capacity_runs.visible_to(request.user).select_related("programme"), pk=run_id)
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=run.programme_id).exists()
    context = {"run": run, "programme": run.programme, "may_edit": may_edit}
    if run.state != Run.State.SUCCEEDED:
        return render(request, "markets/capacity_runs/progress.html", context | runs.waiting(run))
    found = queries.capacity_runs.found(run)
    context |= {
        "found": found,
        "sentences": charts.sentences(found.result),
        "chart": charts.funnel(found.result),
        "by_size": charts.by_size(found.result),
        "money": charts.money(found.result),
        "by_lot": charts.by_lot(found.result),
        "incumbents": found.inputs["incumbents"],
        "concentration": found.result["concentration"],
        "notes": found.inputs["register"]["notes"],
        "is_stale": queries.capacity_runs.is_stale(run),
    }
    return render(request, "markets/capacity_runs/detail.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, run_id: UUID, chart: str) -> HttpResponse:
    """Give one table as CSV; the one for publication with small numbers suppressed."""
    finished = queries.capacity_runs.visible_to(request.user).filter(state=Run.State.SUCCEEDED)
    run = get_object_or_404(finished, pk=run_id)
    if chart not in TABLES:
        raise Http404
    response = HttpResponse(as_csv(TABLES[chart](run.result or {})), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chart}.csv"'
    return response


@login_required
@require_POST
def adopt(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """Take the figures over into what the rules of good design count."""
    run = get_object_or_404(queries.capacity_runs.adopted_by(request.user), pk=run_id)
    services.capacity_runs.adopt(run=run, by=request.user)
    messages.success(request, "The figures are noted. The findings count them from now on.")
    return redirect("fact-list", run.programme_id)
