"""Pages that write the evidence of one step: how many reach it without help, and what help changes."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning.views.drafts import removed, settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.evidence import EvidenceForm

LIST = {"list_route": "pathway-detail", "list_name": "Groups and pathway"}


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, group_id: UUID, milestone_id: UUID) -> HttpResponse:
    group = get_object_or_404(queries.groups.editable_by(request.user), pk=group_id)
    milestone = get_object_or_404(group.programme.milestones, pk=milestone_id)
    if request.method == "GET" and (known := group.evidence.filter(milestone=milestone).first()):
        return redirect("evidence-edit", known.pk)
    form = EvidenceForm(typed(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        add = partial(services.evidence.add, group=group, milestone=milestone, by=request.user)
        form, saved = settle(request, form, lambda: add(values=form.attributes()))
        if saved:
            messages.success(request, "The evidence is added.")
            return redirect("pathway-detail", group.programme_id)
    context = {"form": form, "group": group, "milestone": milestone, "programme": group.programme, **LIST}
    return render(request, "tariffs/evidence/create.html", {**context, "here": "Add evidence"})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, evidence_id: UUID) -> HttpResponse:
    row = get_object_or_404(queries.evidence.editable_by(request.user), pk=evidence_id)
    form = EvidenceForm(typed(request), row=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        form, saved = settle(
            request, form, lambda: services.evidence.change(evidence=row, edit=form.edit(), by=request.user)
        )
        if saved:
            messages.success(request, "The evidence is saved.")
            return redirect("pathway-detail", row.group.programme_id)
    context = {"form": form, "evidence": row, "programme": row.group.programme, "here": "Evidence", **LIST}
    return render(request, "tariffs/evidence/edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, evidence_id: UUID) -> HttpResponse:
    row = get_object_or_404(queries.evidence.editable_by(request.user), pk=evidence_id)
    if request.method == "POST":
        remove_it = partial(services.evidence.remove, evidence=row, by=request.user)
        removed(request, remove_it, "The evidence is removed.")
        return redirect("pathway-detail", row.group.programme_id)
    return render(request, "tariffs/evidence/remove.html", {"evidence": row, "programme": row.group.programme})
