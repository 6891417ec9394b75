"""The bench: a provider tries a consulted draft on its own figures, in private; prints it; shares bands if it likes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.charts import benches as charts
from tariffs.core.benches import LOSS_BANDS, MARGIN_BANDS, RESERVE_BANDS, Outlook, bands_of
from tariffs.forms.benches import form_for
from tariffs.models import BenchSheet
from tariffs.queries.benches import Place

from .consultations import about
from .figure_files import csv_of


def _place(request: HttpRequest, consultation_id: UUID, organisation_id: UUID, *, writes: bool = False) -> Place:
    found = queries.benches.place(request.user, consultation_id, organisation_id)
    if found is None or (writes and not found.may_write):
        raise Http404
    return found


def _found(place: Place) -> tuple[BenchSheet, Outlook]:
    """Give a sheet that is filled in, and what it comes to."""
    sheet = queries.benches.sheet(place.consultation, place.organisation)
    if sheet._state.adding or not queries.benches.is_whole(place.consultation):
        raise Http404
    return sheet, queries.benches.outlook(sheet)


def _shown(place: Place, outlook: Outlook) -> dict[str, Any]:
    return {
        **about(place.consultation),
        "organisation": place.organisation,
        "may_write": place.may_write,
        "outlook": outlook,
        "sentence": charts.sentence(outlook),
        "lines": charts.lines(outlook),
        "cash": charts.cash(outlook),
        "margins": charts.margins(outlook),
        "losses": charts.losses(outlook),
    }


@login_required
@require_GET
def detail(request: HttpRequest, consultation_id: UUID, organisation_id: UUID) -> HttpResponse:
    place = _place(request, consultation_id, organisation_id)
    consultation, organisation = place.consultation, place.organisation
    sheet = queries.benches.sheet(consultation, organisation)
    if sheet._state.adding or not queries.benches.is_whole(consultation):
        context = {**about(consultation), "organisation": organisation, "may_write": place.may_write}
        context["is_whole"] = queries.benches.is_whole(consultation)
        return render(request, "tariffs/benches/start.html", context)
    outlook = queries.benches.outlook(sheet)
    bands, is_open = bands_of(outlook), consultation.state == queries.consultations.OPEN  # type: ignore[attr-defined]
    context = _shown(place, outlook) | {
        "may_share": place.may_write and is_open,
        "shared": queries.benches.shared(consultation, organisation),
        "bands": (LOSS_BANDS[bands.loss], MARGIN_BANDS[bands.margin], RESERVE_BANDS[bands.reserves]),
    }
    return render(request, "tariffs/benches/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, consultation_id: UUID, organisation_id: UUID) -> HttpResponse:
    place = _place(request, consultation_id, organisation_id, writes=True)
    mine: dict[str, Any] = {"consultation": place.consultation, "organisation": place.organisation}
    made = form_for(queries.benches.groups(place.consultation))
    form = made(typed(request), row=queries.benches.sheet(**mine), by=request.user)
    if request.method == "POST" and form.is_valid():
        save, edit = services.benches.save, form.edit()
        form, saved = settle(request, form, lambda: save(**mine, edit=edit, by=request.user))
        if saved:
            return redirect("bench-detail", consultation_id, organisation_id)
    context = {**about(place.consultation), "organisation": place.organisation, "form": form}
    return render(request, "tariffs/benches/edit.html", context, status=status_of(form))


@login_required
@require_GET
def paper(request: HttpRequest, consultation_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Give the same on paper, for trustees."""
    place = _place(request, consultation_id, organisation_id)
    sheet, outlook = _found(place)
    return render(request, "tariffs/benches/paper.html", _shown(place, outlook) | {"sheet": sheet})


@login_required
@require_GET
def figures(request: HttpRequest, consultation_id: UUID, organisation_id: UUID, chart: str) -> HttpResponse:
    _, outlook = _found(_place(request, consultation_id, organisation_id))
    return csv_of([charts.cash(outlook)], chart)


@login_required
@require_POST
def share(request: SignedInRequest, consultation_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Share the bands that the figures come to now, or take them back."""
    place = _place(request, consultation_id, organisation_id, writes=True)
    mine: dict[str, Any] = {"consultation": place.consultation, "organisation": place.organisation}
    try:
        if request.POST.get("take") == "back":
            services.benches.withdraw(**mine, by=request.user)
            messages.success(request, "Your bands are taken back.")
        else:
            services.benches.share(**mine, bands=bands_of(_found(place)[1]), by=request.user)
            messages.success(request, "Your three bands are shared, without your name. Nothing else is.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("bench-detail", consultation_id, organisation_id)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, consultation_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Delete the provider's own figures."""
    place = _place(request, consultation_id, organisation_id, writes=True)
    sheet = queries.benches.sheet(place.consultation, place.organisation)
    if sheet._state.adding:
        return redirect("bench-detail", consultation_id, organisation_id)
    if request.method == "POST":
        services.benches.remove(sheet=sheet, by=request.user)
        messages.success(request, "Your figures are deleted.")
        return redirect(place.consultation)
    context = {**about(place.consultation), "organisation": place.organisation}
    return render(request, "tariffs/benches/remove.html", context)
