"""The page of a tariff's terms."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.terms import TermsForm


@login_required
@require_GET
def proposed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Lead to the terms of the tariff that the programme proposes; who may only read finds them beside its prices."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), main_of=programme_id)
    if queries.tariffs.editable_by(request.user).filter(pk=tariff.pk).exists():
        return redirect("terms-edit", tariff.pk)
    return redirect(f"{tariff.get_absolute_url()}#terms")


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Change the terms of a tariff."""
    tariff = get_object_or_404(queries.tariffs.editable_by(request.user), pk=tariff_id)
    milestones = queries.milestones.in_order(tariff.programme)
    anchors = {term.kind: term.anchor for term in queries.terms.of_tariff(tariff)}
    form = TermsForm(typed(request), row=tariff, by=request.user, milestones=milestones, anchors=anchors)
    if request.method == "POST" and form.is_valid():
        edit = form.edit()
        form, saved = settle(request, form, lambda: services.terms.change(tariff=tariff, edit=edit, by=request.user))
        if saved:
            messages.success(request, "The terms are saved.")
            return redirect(tariff)
    context = {"form": form, "tariff": tariff, "programme": tariff.programme}
    return render(request, "tariffs/terms/edit.html", context, status=status_of(form))
