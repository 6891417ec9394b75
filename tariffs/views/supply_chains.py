"""The page of the supply chain: what a prime passes on, and what that means for those it reaches."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.supply_chains import SupplyChainForm


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Show what reaches the subcontractors, and change it."""
    allowed = commissioning_queries.programmes
    editable = allowed.editable_by(request.user)
    mine = allowed.visible_to(request.user) if request.method == "GET" else editable
    programme = get_object_or_404(queries.programmes.with_tariff(mine), pk=programme_id)
    form = SupplyChainForm(typed(request), row=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        edit = form.edit()
        form, saved = settle(
            request, form, lambda: services.supply_chains.change(programme=programme, edit=edit, by=request.user)
        )
        if saved:
            messages.success(request, "What is passed on is saved.")
            return redirect(request.get_full_path())
    chain = queries.supply_chains.of_programme(programme, request.GET.get("subcontractor", ""))
    may_edit = editable.filter(pk=programme_id).exists()
    context = {"form": form, "programme": programme, "chain": chain, "may_edit": may_edit}
    context["search"] = queries.subcontract_terms.newest(programme, chain.whole, chain.chosen) if chain.table else None
    return render(request, "tariffs/supply_chains/detail.html", context, status=status_of(form))
