"""Pages of a review panel's cases: writing down what was marked, changing it, removing it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.panels import CaseForm, case_form
from tariffs.models import ReviewCase, ReviewPanel

LIST = {"list_route": "panel-list", "list_name": "Review panels"}


def _form(request: SignedInRequest, panel: ReviewPanel, row: ReviewCase | None = None) -> CaseForm:
    members, groups = queries.panels.members(panel), queries.panels.groups(panel)
    return case_form(members, panel.card.own_outcomes)(typed(request), row=row, by=request.user, groups=groups)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    panel = get_object_or_404(queries.panels.editable_by(request.user), pk=panel_id)
    if not services.panels.has_service_user(panel.members):
        messages.error(request, services.panel_cases.NO_SERVICE_USER)
        return redirect(panel)
    form = _form(request, panel)
    if request.method == "POST" and form.is_valid():
        add = partial(services.panel_cases.add, panel=panel, values=form.attributes(), by=request.user)
        form, saved = settle(request, form, add)
        if saved:
            messages.success(request, "The case is saved. It is recorded, and nothing is paid by it.")
            return redirect(panel)
    context: dict[str, Any] = {"form": form, "panel": panel, "programme": panel.programme, "here": "Add a case"}
    return render(request, "tariffs/panel_cases/create.html", {**context, **LIST}, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(queries.panels.cases_editable_by(request.user), pk=case_id)
    form = _form(request, case.panel, case)
    if request.method == "POST" and form.is_valid():
        save = partial(services.panel_cases.change, case=case, by=request.user)
        form, saved = settle(request, form, lambda: save(edit=form.edit()))
        if saved:
            messages.success(request, "The case is saved. It is recorded, and nothing is paid by it.")
            return redirect(case.panel)
    context = {"form": form, "case": case, "panel": case.panel, "programme": case.panel.programme, "here": case.code}
    return render(request, "tariffs/panel_cases/edit.html", {**context, **LIST}, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(queries.panels.cases_editable_by(request.user), pk=case_id)
    if request.method == "POST":
        services.panel_cases.remove(case=case, by=request.user)
        messages.success(request, "The case is removed, with its marks.")
        return redirect(case.panel)
    context = {"case": case, "panel": case.panel, "programme": case.panel.programme}
    return render(request, "tariffs/panel_cases/remove.html", context)
