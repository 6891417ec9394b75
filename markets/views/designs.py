"""Pages of how a programme is to be let: lots, terms, and the designs that are weighed up."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.models import Programme
from commissioning.views.drafts import removed, settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.forms.designs import design_form, lot_form
from markets.forms.lettings import LettingForm

LIST = {"list_route": "design-list", "list_name": "Ways of letting"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show lots, terms and designs, and the last comparison."""
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user), pk=programme_id)
    context = {
        "programme": programme,
        "lots": queries.designs.lot_lines(programme),
        "said": queries.designs.letting(programme),
        "designs": queries.designs.design_lines(programme),
        "runs": queries.diversity_runs.of_programme(programme)[:5],
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "markets/designs/index.html", context)


def _editable(request: HttpRequest, programme_id: UUID) -> Programme:
    editable = commissioning_queries.programmes.editable_by(request.user)
    return get_object_or_404(editable.select_related("tariff"), pk=programme_id)


@login_required
@require_http_methods(["GET", "POST"])
def letting(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Change the terms on which the contract is let."""
    programme = _editable(request, programme_id)
    form = LettingForm(typed(request), row=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        save = partial(services.designs.change_letting, programme=programme, edit=form.edit(), by=request.user)
        form, saved = settle(request, form, save)
        if saved:
            messages.success(request, "How the contract is let is saved.")
            return redirect("design-list", programme.pk)
    context = {"form": form, "programme": programme, "here": "How it is let", **LIST}
    return render(request, "markets/designs/letting.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def add_lot(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = _editable(request, programme_id)
    form = lot_form("")(typed(request), programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        save = partial(services.designs.add_lot, programme=programme, values=form.attributes(), by=request.user)
        form, saved = settle(request, form, save)
        if saved:
            messages.success(request, "The lot is added.")
            return redirect("design-list", programme.pk)
    context = {"form": form, "programme": programme, "here": "Add a lot", **LIST}
    return render(request, "markets/designs/lot.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_lot(request: SignedInRequest, programme_id: UUID, lot_id: UUID) -> HttpResponse:
    programme = _editable(request, programme_id)
    lot = queries.designs.lot(programme, lot_id)
    if lot is None:
        raise Http404
    form = lot_form(lot["id"])(typed(request), row=programme, programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        change = partial(services.designs.change_lot, lot=lot["id"], edit=form.edit(), by=request.user)
        form, saved = settle(request, form, partial(change, programme=programme))
        if saved:
            messages.success(request, "The lot is saved.")
            return redirect("design-list", programme.pk)
    context = {"form": form, "programme": programme, "here": lot.get("name") or lot["id"], "lot_id": lot_id, **LIST}
    return render(request, "markets/designs/lot.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove_lot(request: SignedInRequest, programme_id: UUID, lot_id: UUID) -> HttpResponse:
    programme = _editable(request, programme_id)
    lot = queries.designs.lot(programme, lot_id)
    if lot is None:
        raise Http404
    name = lot.get("name") or lot["id"]
    if request.method == "POST":
        remove = partial(services.designs.remove_lot, programme=programme, lot=lot["id"], by=request.user)
        removed(request, remove, f"The lot “{name}” is removed.")
        return redirect("design-list", programme.pk)
    context = {"programme": programme, "name": name, "what": "lot"}
    return render(request, "markets/designs/remove.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_design(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = _editable(request, programme_id)
    form = design_form("")(typed(request), programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.attributes()
        changes = {path: value for path, value in given.items() if path != "name" and value is not None}
        add = partial(services.designs.add_design, name=given["name"], changes=changes, by=request.user)
        form, saved = settle(request, form, partial(add, programme=programme))
        if saved:
            messages.success(request, "The design is added. Compare it with the reference.")
            return redirect("design-list", programme.pk)
    context = {"form": form, "programme": programme, "here": "Add a design", **LIST}
    return render(request, "markets/designs/design.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_design(request: SignedInRequest, programme_id: UUID, design_id: UUID) -> HttpResponse:
    programme = _editable(request, programme_id)
    design = queries.designs.design(programme, design_id)
    if design is None:
        raise Http404
    form = design_form(design["id"])(typed(request), row=programme, programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        change = partial(services.designs.change_design, design=design["id"], edit=form.edit(), by=request.user)
        form, saved = settle(request, form, partial(change, programme=programme))
        if saved:
            messages.success(request, "The design is saved.")
            return redirect("design-list", programme.pk)
    name = design.get("name") or design["id"]
    context = {"form": form, "programme": programme, "here": name, "design_id": design_id, **LIST}
    return render(request, "markets/designs/design.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove_design(request: SignedInRequest, programme_id: UUID, design_id: UUID) -> HttpResponse:
    programme = _editable(request, programme_id)
    design = queries.designs.design(programme, design_id)
    if design is None:
        raise Http404
    name = design.get("name") or design["id"]
    if request.method == "POST":
        remove = partial(services.designs.remove_design, programme=programme, design=design["id"], by=request.user)
        removed(request, remove, f"The design “{name}” is removed.")
        return redirect("design-list", programme.pk)
    context = {"programme": programme, "name": name, "what": "design"}
    return render(request, "markets/designs/remove.html", context)
