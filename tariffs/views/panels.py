"""Pages of review panels: the list, one panel with what its marks would have paid, setting it up, its seats."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning.core.tables import as_csv
from commissioning.models import MeasureCard
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.panels import PanelForm, PanelStartForm, SeatForm
from tariffs.models import ReviewPanel

PANELS_ON_A_PAGE, CASES_ON_A_PAGE = 25, 25
LIST = {"list_route": "panel-list", "list_name": "Review panels"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user), pk=programme_id)
    page = Paginator(queries.panels.for_programme(programme), PANELS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "tariffs/panels/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    cards = list(commissioning_queries.measures.for_programme(programme).exclude(state=MeasureCard.State.DROPPED))
    wanted = {"card": request.GET.get("measure", "")}
    form = PanelStartForm(typed(request), by=request.user, cards=cards, initial=wanted)
    if request.method == "POST" and form.is_valid():
        add = partial(services.panels.add, programme=programme, values=form.attributes(), by=request.user)
        made: list[ReviewPanel] = []
        form, saved = settle(request, form, lambda: made.append(add()))
        if saved:
            messages.success(request, "The panel is set up. Say who sits on it.")
            return redirect(made[0])
    context = {"form": form, "programme": programme, "has_cards": bool(cards), "here": "Set up a panel", **LIST}
    return render(request, "tariffs/panels/create.html", context, status=status_of(form))


@login_required
@require_GET
def detail(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    panel = get_object_or_404(queries.panels.visible_to(request.user), pk=panel_id)
    return _shown(request, panel, SeatForm(action=reverse("panel-seat", args=[panel.pk])))


def _shown(request: HttpRequest, panel: ReviewPanel, form: SeatForm, status: int = 200) -> HttpResponse:
    review = queries.panels.review(panel)
    context = {
        "programme": panel.programme,
        "panel": panel,
        "review": review,
        "page": Paginator(review.lines, CASES_ON_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_edit": panel.may_edit,  # type: ignore[attr-defined]
    }
    return render(request, "tariffs/panels/detail.html", context, status=status)


@login_required
@require_GET
def marks(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """Give the cases as CSV: how many gave which mark, and not who."""
    panel = get_object_or_404(queries.panels.visible_to(request.user), pk=panel_id)
    response = HttpResponse(as_csv(queries.panels.review(panel).table()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="panel-marks.csv"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    panel = get_object_or_404(queries.panels.editable_by(request.user), pk=panel_id)
    form = PanelForm(typed(request), row=panel, by=request.user)
    if request.method == "POST" and form.is_valid():
        save = partial(services.panels.change, panel=panel, by=request.user)
        form, saved = settle(request, form, lambda: save(edit=form.edit()))
        if saved:
            messages.success(request, "The panel is saved.")
            return redirect(panel)
    context = {"form": form, "panel": panel, "programme": panel.programme, "here": str(panel), **LIST}
    return render(request, "tariffs/panels/edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    panel = get_object_or_404(queries.panels.editable_by(request.user), pk=panel_id)
    if request.method == "POST":
        services.panels.remove(panel=panel, by=request.user)
        messages.success(request, f"“{panel}” is removed, with all that it marked.")
        return redirect("panel-list", panel.programme_id)
    context = {"panel": panel, "programme": panel.programme, "cases": queries.panels.case_count(panel)}
    return render(request, "tariffs/panels/remove.html", context)


@login_required
@require_POST
def seat(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    """Add a seat."""
    panel = get_object_or_404(queries.panels.editable_by(request.user), pk=panel_id)
    form = SeatForm(request.POST, action=request.path)
    if form.is_valid():
        try:
            services.panels.seat(panel=panel, role=form.cleaned_data["role"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "The seat is added.")
        return redirect(panel)
    return _shown(request, queries.panels.visible_to(request.user).get(pk=panel.pk), form)


@login_required
@require_POST
def unseat(request: SignedInRequest, member_id: UUID) -> HttpResponse:
    """Take a seat away."""
    member = get_object_or_404(queries.panels.members_editable_by(request.user), pk=member_id)
    try:
        services.panels.unseat(member=member, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The seat is taken away.")
    return redirect(member.panel)
