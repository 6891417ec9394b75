"""The record of a run: what anyone permitted needs to check it, and to repeat it."""

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.models import Run
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services


@login_required
@require_GET
def detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    visible = queries.incentive_runs.visible_to(request.user).select_related("programme", "created_by")
    run = get_object_or_404(visible, pk=run_id, state=Run.State.SUCCEEDED)
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=run.programme_id).exists()
    repeat = queries.incentive_runs.repeats_of(run).first()
    context = {"run": run, "programme": run.programme, "repeat": repeat, "may_edit": may_edit}
    return render(request, "tariffs/run_records/detail.html", context)


@login_required
@require_GET
def download(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Give everything about the run as one JSON file, inputs and result as the very texts that were hashed."""
    run = get_object_or_404(queries.incentive_runs.visible_to(request.user), pk=run_id, state=Run.State.SUCCEEDED)
    response = HttpResponse(json.dumps(_record(run), ensure_ascii=False), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="run-{run.pk}.json"'
    return response


def _record(run: Run) -> dict[str, Any]:
    return {
        "format": "pbr-run/1",
        "run": str(run.pk),
        "engine": run.engine,
        "seed": run.seed,
        "draws": run.draws,
        "asked": run.created_at.isoformat(),
        "finished": run.finished_at.isoformat() if run.finished_at else None,
        "inputs_sha256": run.inputs_sha256,
        "result_sha256": run.result_sha256,
        "inputs": run.inputs,
        "result": run.result,
    }


@login_required
@require_GET
def inputs(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Give the programme as the run met it: a programme file whose SHA-256 is the run's."""
    run = get_object_or_404(queries.incentive_runs.visible_to(request.user), pk=run_id)
    response = HttpResponse(run.inputs_json, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="programme-of-run-{run.pk}.json"'
    return response


@login_required
@require_POST
def repeat(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    editable = commissioning_queries.runs.cancellable_by(request.user).filter(kind=queries.incentive_runs.KIND)
    run = get_object_or_404(editable, pk=run_id, state=Run.State.SUCCEEDED)
    services.incentive_runs.repeat(run=run, by=request.user)
    tasks.hint_after_commit()
    return redirect("incentive-run-record", run.pk)
