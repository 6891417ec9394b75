"""Pages of measure cards: the list, one card with its stress test, writing it, deciding about it, removing it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning import services as commissioning_services
from commissioning.models import MeasureCard
from commissioning.views.drafts import removed, settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries
from tariffs.forms.measures import DecisionForm, MeasureForm, MeasureStartForm

MEASURES_ON_A_PAGE = 25
LIST = {"list_route": "measure-list", "list_name": "Measures"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(queries.measures.visible_to(request.user), pk=programme_id)
    cards = commissioning_queries.measures.for_programme(programme)
    page = Paginator(cards, MEASURES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "lines": queries.measures.lines(programme, list(page.object_list)),
        "may_edit": programme.may_edit,  # type: ignore[attr-defined]
    }
    return render(request, "tariffs/measures/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    milestones = queries.milestones.in_order(programme)
    wanted = {"milestone": request.GET.get("milestone", "")}
    form = MeasureStartForm(typed(request), by=request.user, milestones=milestones, initial=wanted)
    if request.method == "POST" and form.is_valid():
        add = partial(commissioning_services.measures.add, values=form.attributes(), by=request.user)
        made: list[MeasureCard] = []
        form, saved = settle(request, form, lambda: made.append(add(programme=programme)))
        if saved:
            messages.success(request, "The measure is added. Its stress test says what it lacks.")
            return redirect(made[0])
    context = {"form": form, "programme": programme, "here": "Add a measure", **LIST}
    return render(request, "tariffs/measures/create.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    card = get_object_or_404(commissioning_queries.measures.visible_to(request.user), pk=measure_id)
    programme = queries.measures.visible_to(request.user).get(pk=card.programme_id)
    line = queries.measures.line(programme, card)
    context = {
        "programme": programme,
        "card": card,
        "line": line,
        "said": queries.measures.said(card),
        "in_tariff": queries.price_marks.of_card(card),
        "may_edit": programme.may_edit,  # type: ignore[attr-defined]
    }
    return render(request, "tariffs/measures/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    card = get_object_or_404(commissioning_queries.measures.editable_by(request.user), pk=measure_id)
    milestones, groups = queries.milestones.in_order(card.programme), list(card.programme.groups.order_by("place"))
    form = MeasureForm(typed(request), row=card, by=request.user, milestones=milestones, groups=groups)
    if request.method == "POST" and form.is_valid():
        save = commissioning_services.measures.change
        form, saved = settle(request, form, lambda: save(card=card, edit=form.edit(), by=request.user))
        if saved:
            messages.success(request, "The measure is saved.")
            return redirect(card)
    context = {"form": form, "card": card, "programme": card.programme, "here": str(card), **LIST}
    return render(request, "tariffs/measures/edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    card = get_object_or_404(commissioning_queries.measures.editable_by(request.user), pk=measure_id)
    form = DecisionForm(typed(request), row=card, by=request.user)
    if request.method == "POST" and form.is_valid():
        save = commissioning_services.measures.decide
        form, saved = settle(request, form, lambda: save(card=card, edit=form.edit(), by=request.user))
        if saved:
            messages.success(request, "Your decision is saved.")
            return redirect(card)
    context = {"form": form, "card": card, "programme": card.programme, "here": str(card), **LIST}
    return render(request, "tariffs/measures/decide.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    card = get_object_or_404(commissioning_queries.measures.editable_by(request.user), pk=measure_id)
    if request.method == "POST":
        remove_it = partial(commissioning_services.measures.remove, card=card, by=request.user)
        if removed(request, remove_it, f"“{card}” is removed."):
            return redirect("measure-list", card.programme_id)
        return redirect(card)
    return render(request, "tariffs/measures/remove.html", {"card": card, "programme": card.programme})
