"""Pages of the price grid: what is paid to whom, what it does, and changing it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.core import tariff_words
from tariffs.forms.prices import FormRow, PriceGridForm
from tariffs.models import Tariff
from tariffs.queries.price_lines import BandEffect, Panel
from tariffs.services.price_lines import StaleTariffError

CONFLICT = 409


@login_required
@require_GET
def proposed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Lead to the prices of the tariff that the programme proposes."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), main_of=programme_id)
    return redirect(tariff)


@login_required
@require_http_methods(["GET", "POST"])
def grid(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Show the grid; save it, or work out what typed prices would do without saving them."""
    allowed = queries.tariffs
    mine = allowed.visible_to(request.user) if request.method == "GET" else allowed.editable_by(request.user)
    tariff = get_object_or_404(mine, pk=tariff_id)
    cells = queries.price_lines.grid(tariff, request.GET.get("page", "1"))
    form = PriceGridForm(typed(request), grid=cells, by=request.user)
    if form.is_valid() and request.method == "POST" and "preview" not in request.POST:
        try:
            return _save(request, tariff, form)
        except StaleTariffError:
            return _show_both(request, tariff, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return _show(request, tariff, form)


def _save(request: SignedInRequest, tariff: Tariff, form: PriceGridForm) -> HttpResponse:
    prices, payments = form.prices(), form.payments()
    revision = form.cleaned_data["revision"]
    services.price_lines.save_grid(tariff=tariff, prices=prices, payments=payments, revision=revision, by=request.user)
    forget(request)
    messages.success(request, _said(len(prices.keys() | payments.keys()), list(prices.values()).count(None)))
    return redirect(f"{request.path}?page={form.grid.page.number}")


def _said(changed: int, removed: int) -> str:
    """Say what was saved."""
    if not changed:
        return "No price was changed."
    words = f"{changed} price{'s' if changed != 1 else ''} changed."
    if removed:
        return f"{words} {removed} of them removed: where a cell is empty, nothing is paid."
    return words


def _show_both(request: SignedInRequest, tariff: Tariff, form: PriceGridForm) -> HttpResponse:
    """Answer a save that came second: what was typed stays, beside what is saved now."""
    form = form.rebased()
    conflict = queries.price_lines.last_save(tariff)
    return _show(request, tariff, form, conflict=conflict, status=CONFLICT)


def _show(
    request: HttpRequest, tariff: Tariff, form: PriceGridForm, *, conflict: object = None, status: int = 200
) -> HttpResponse:
    core = queries.programmes.to_core(tariff.programme, tariff)
    panel = queries.price_lines.panel(core, form.typed() if form.is_bound else {})
    editable = commissioning_queries.programmes.editable_by(request.user)
    context = {
        "programme": tariff.programme,
        "tariff": tariff,
        "tariff_line": tariff_words.in_one_line(core.tariff),
        "form": form,
        "conflict": conflict,
        "panel": panel,
        "rows": _rows(form, panel),
        "most": panel.most_at(form.grid.milestones),
        "terms": queries.terms.of_tariff(tariff),
        "may_edit": editable.filter(pk=tariff.programme_id).exists(),
        "is_preview": "preview" in request.POST,
    }
    return render(request, "tariffs/prices/grid.html", context, status=status)


def _rows(form: PriceGridForm, panel: Panel) -> list[tuple[FormRow, BandEffect | None]]:
    """Set beside each row of the grid what its prices mean."""
    return [(row, panel.bands.get(row.row.price_band)) for row in form.rows()]


@login_required
@require_POST
def effects(request: HttpRequest, tariff_id: UUID) -> HttpResponse:
    """Give the part of the page that says what the prices, as typed, mean for each group."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), pk=tariff_id)
    form = PriceGridForm(request.POST, grid=queries.price_lines.grid(tariff, request.GET.get("page", "1")))
    form.is_valid()
    panel = queries.price_lines.panel(queries.programmes.to_core(tariff.programme, tariff), form.typed())
    most = panel.most_at(form.grid.milestones)
    context = {"panel": panel, "rows": _rows(form, panel), "most": most, "form": form, "is_live": True}
    return render(request, "tariffs/prices/_effects.html", context)
