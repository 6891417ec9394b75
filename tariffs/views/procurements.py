"""What a programme's notices say of the procurement: read it, and change it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning import services as commissioning_services
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs.forms.procurements import ProcurementForm


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user).select_related("organisation"), pk=programme_id)
    context = {
        "programme": programme,
        "lines": commissioning_queries.procurements.said(programme),
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "tariffs/procurements/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    row = commissioning_queries.procurements.of_programme(programme)
    form = ProcurementForm(typed(request), row=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        save, edit = commissioning_services.procurements.describe, form.edit()
        form, saved = settle(request, form, lambda: save(programme=programme, edit=edit, by=request.user))
        if saved:
            messages.success(request, "The procurement is saved. Notices use it from now on.")
            return redirect("procurement-detail", programme.pk)
    context = {"form": form, "programme": programme}
    return render(request, "tariffs/procurements/edit.html", context, status=status_of(form))
