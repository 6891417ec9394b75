"""Pages that write the pathway: the list of milestones, one milestone, removing one."""

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
from tariffs.forms.milestones import MilestoneForm

MILESTONES_ON_A_PAGE = 25
LIST = {"list_route": "milestone-list", "list_name": "Milestones"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    page = Paginator(queries.milestones.in_order(programme), MILESTONES_ON_A_PAGE).get_page(request.GET.get("page"))
    may_edit = commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()
    context = {"programme": programme, "page": page, "may_edit": may_edit}
    return render(request, "tariffs/milestones/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    form = MilestoneForm(typed(request), by=request.user, others=queries.milestones.in_order(programme))
    if request.method == "POST" and form.is_valid():
        values = form.attributes()
        form, saved = settle(
            request, form, lambda: services.milestones.add(programme=programme, values=values, by=request.user)
        )
        if saved:
            messages.success(request, "The milestone is added.")
            return redirect("milestone-list", programme.pk)
    context = {"form": form, "programme": programme, "here": "Add a milestone", **LIST}
    return render(request, "tariffs/milestones/create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, milestone_id: UUID) -> HttpResponse:
    milestone = get_object_or_404(queries.milestones.editable_by(request.user), pk=milestone_id)
    others = queries.milestones.may_precede(milestone)
    form = MilestoneForm(typed(request), row=milestone, by=request.user, others=others)
    if request.method == "POST" and form.is_valid():
        form, saved = settle(
            request, form, lambda: services.milestones.change(milestone=milestone, edit=form.edit(), by=request.user)
        )
        if saved:
            messages.success(request, "The milestone is saved.")
            return redirect("milestone-list", milestone.programme_id)
    context = {"form": form, "milestone": milestone, "programme": milestone.programme, "here": str(milestone), **LIST}
    return render(request, "tariffs/milestones/edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, milestone_id: UUID) -> HttpResponse:
    milestone = get_object_or_404(queries.milestones.editable_by(request.user), pk=milestone_id)
    if request.method == "POST":
        remove_it = partial(services.milestones.remove, milestone=milestone, by=request.user)
        removed(request, remove_it, f"{milestone} is removed.")
        return redirect("milestone-list", milestone.programme_id)
    removal = queries.milestones.removal(milestone)
    context = {"milestone": milestone, "programme": milestone.programme, "removal": removal}
    return render(request, "tariffs/milestones/remove.html", context)
