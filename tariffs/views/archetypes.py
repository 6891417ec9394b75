"""Pages that write the kinds of provider that a tariff is tested on: the list, one of them, removing one."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.views.drafts import removed, settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.archetypes import ArchetypeForm

ARCHETYPES_ON_A_PAGE = 25
LIST = {"list_route": "archetype-list", "list_name": "Kinds of provider"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    page = Paginator(programme.archetypes.all(), ARCHETYPES_ON_A_PAGE).get_page(request.GET.get("page"))
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()
    context = {"programme": programme, "page": page, "may_edit": may_edit}
    return render(request, "tariffs/archetypes/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    form = ArchetypeForm(typed(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.attributes()
        form, saved = settle(
            request, form, lambda: services.archetypes.add(programme=programme, values=values, by=request.user)
        )
        if saved:
            messages.success(request, "The kind of provider is added.")
            return redirect("archetype-list", programme.pk)
    context = {"form": form, "programme": programme, "here": "Add a kind of provider", **LIST}
    return render(request, "tariffs/archetypes/create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, archetype_id: UUID) -> HttpResponse:
    archetype = get_object_or_404(queries.archetypes.editable_by(request.user), pk=archetype_id)
    form = ArchetypeForm(typed(request), row=archetype, by=request.user)
    if request.method == "POST" and form.is_valid():
        change = form.edit()
        form, saved = settle(
            request, form, lambda: services.archetypes.change(archetype=archetype, edit=change, by=request.user)
        )
        if saved:
            messages.success(request, "The kind of provider is saved.")
            return redirect("archetype-list", archetype.programme_id)
    context = {"form": form, "archetype": archetype, "programme": archetype.programme, "here": str(archetype), **LIST}
    return render(request, "tariffs/archetypes/edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, archetype_id: UUID) -> HttpResponse:
    archetype = get_object_or_404(queries.archetypes.editable_by(request.user), pk=archetype_id)
    if request.method == "POST":
        remove_it = partial(services.archetypes.remove, archetype=archetype, by=request.user)
        removed(request, remove_it, f"{archetype} is removed.")
        return redirect("archetype-list", archetype.programme_id)
    context = {"archetype": archetype, "programme": archetype.programme}
    return render(request, "tariffs/archetypes/remove.html", context)
