"""Pages that write the groups of service users: the list, one group, removing one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.models import Group
from commissioning.views.drafts import removed, settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.groups import GroupForm

GROUPS_ON_A_PAGE = 25
LIST = {"list_route": "group-list", "list_name": "Groups"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    page = Paginator(programme.groups.all(), GROUPS_ON_A_PAGE).get_page(request.GET.get("page"))
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()
    context = {"programme": programme, "page": page, "may_edit": may_edit}
    return render(request, "tariffs/groups/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    form = GroupForm(typed(request), by=request.user, bands=queries.groups.bands(programme))
    if request.method == "POST" and form.is_valid():
        form, saved = settle(
            request, form, lambda: services.groups.add(programme=programme, values=form.attributes(), by=request.user)
        )
        if saved:
            messages.success(request, "The group is added.")
            return redirect("group-list", programme.pk)
    context = {"form": form, "programme": programme, "here": "Add a group", **LIST}
    return render(request, "tariffs/groups/create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    group = get_object_or_404(queries.groups.editable_by(request.user), pk=group_id)
    bands = queries.groups.bands(group.programme)
    form = GroupForm(typed(request), row=group, by=request.user, bands=bands)
    if request.method == "POST" and form.is_valid():
        form, saved = settle(request, form, lambda: _change(request, group, form))
        if saved:
            return redirect("group-list", group.programme_id)
    context = {"form": form, "group": group, "programme": group.programme, "here": str(group), **LIST}
    return render(request, "tariffs/groups/edit.html", context, status=status_of(form))


def _change(request: SignedInRequest, group: Group, form: GroupForm) -> None:
    prices = services.groups.change(group=group, edit=form.edit(), by=request.user)
    messages.success(request, "The group is saved.")
    if prices:
        messages.warning(request, f"No group is left in its old price band, whose prices are removed: {prices}.")


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    group = get_object_or_404(queries.groups.editable_by(request.user), pk=group_id)
    if request.method == "POST":
        removed(request, lambda: services.groups.remove(group=group, by=request.user), f"{group} is removed.")
        return redirect("group-list", group.programme_id)
    context = {"group": group, "programme": group.programme, "removal": queries.groups.removal(group)}
    return render(request, "tariffs/groups/remove.html", context)
