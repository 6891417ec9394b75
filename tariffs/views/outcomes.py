"""The page of the outcome framework: what is to change, and how one would know; and noting its figures."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from commissioning import queries as commissioning_queries
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(queries.measures.visible_to(request.user), pk=programme_id)
    whole = queries.programmes.to_core(programme)
    room = commissioning_queries.room_standings.standing(programme)
    framework = queries.measures.framework(programme, whole)
    context = {
        "programme": programme,
        "framework": framework,
        "figures": queries.measure_figures.figures(whole, framework.cards, framework.ties, room),
        "room": room,
        "may_edit": programme.may_edit,  # type: ignore[attr-defined]
    }
    return render(request, "tariffs/outcomes/detail.html", context)


@login_required
@require_POST
def note(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    editable = commissioning_queries.programmes.editable_by(request.user).select_related("organisation")
    programme = get_object_or_404(editable, pk=programme_id)
    try:
        services.measures.note(programme=programme, seen=request.POST.get("seen", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The figures are noted. The findings count them from now on.")
    return redirect("outcome-framework", programme.pk)
