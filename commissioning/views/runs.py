"""What the pages of every kind of run share: how far one has come, the part that is asked for again, cancelling."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from commissioning import queries
from commissioning.models import Run
from commissioning.services import runs, works

from .requests import SignedInRequest

#: Tells htmx to stop asking.
STOP_POLLING = 286


def waiting(run: Run) -> dict[str, object]:
    """Give what commissioning/runs/progress.html and _status.html show of a run that has not ended well."""
    shown = works.shown(run.kind)
    return {"run": run, "shown": shown, "progress": queries.runs.progress(run, by_block=shown.by_block)}


@login_required
@require_GET
def status(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Give the part of the page that changes while the run goes on; at its end have the whole page loaded anew."""
    run = get_object_or_404(queries.runs.visible_to(request.user), pk=run_id)
    response = render(request, "commissioning/runs/_status.html", waiting(run))
    if not run.is_active:
        response.status_code = STOP_POLLING
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def cancel(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    run = get_object_or_404(queries.runs.cancellable_by(request.user), pk=run_id)
    if runs.cancel(run=run, by=request.user):
        messages.success(request, "The run is cancelled. Nothing of it is kept.")
    else:
        messages.info(request, "The run had ended before it could be cancelled.")
    return redirect(works.page(run))
