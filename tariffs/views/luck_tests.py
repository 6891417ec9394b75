"""Pages of the luck test: how much of a target's payment is luck, and what would take the cliff away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from commissioning import queries as commissioning_queries
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.charts import luck_tests
from tariffs.queries.luck_tests import Window
from tariffs.services.scenarios import MOST_TARIFFS, TooManyError

from .figure_files import csv_of
from .repairs import tested


@login_required
@require_GET
def detail(request: HttpRequest, tariff_id: UUID) -> HttpResponse:
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), pk=tariff_id)
    windows = queries.luck_tests.windows(tariff)
    context = {"tariff": tariff, "programme": tariff.programme, "windows": windows}
    if windows:
        number = _chosen(request, windows)
        window = windows[number]
        context |= {
            "window": window,
            "number": number,
            "sentence": luck_tests.in_words(window.bet, window.test),
            "figures": luck_tests.figures(window.bet, window.test, window.people_needed),
            "picture": luck_tests.payment(window.bet, window.sliding, window.provider),
            "may_edit": commissioning_queries.programmes.editable_by(request.user)
            .filter(pk=tariff.programme_id)
            .exists(),
        }
    return render(request, "tariffs/luck_tests/detail.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, tariff_id: UUID, chart: str) -> HttpResponse:
    """Give the picture's table as CSV."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), pk=tariff_id)
    windows = queries.luck_tests.windows(tariff)
    if not windows:
        raise Http404
    window = windows[_chosen(request, windows)]
    return csv_of([luck_tests.payment(window.bet, window.sliding, window.provider)], chart)


def _chosen(request: HttpRequest, windows: tuple[Window, ...]) -> int:
    text = request.GET.get("provider", "0")
    if text.isascii() and text.isdigit() and int(text) < len(windows):
        return int(text)
    raise Http404


@login_required
@require_POST
def slide(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Put the sliding scale into a copy of the tariff, and have both tested."""
    tariff = get_object_or_404(queries.tariffs.editable_by(request.user), pk=tariff_id)
    scale = queries.luck_tests.sliding(tariff)
    if scale is None:
        messages.info(request, "There is no sliding scale that would take the place of this target.")
        return redirect("luck-test", tariff.pk)
    try:
        done = services.repairs.slide(tariff=tariff, scale=scale, by=request.user)
    except TooManyError:
        messages.error(request, f"A programme has at most {MOST_TARIFFS} tariffs. Remove one first.")
        return redirect("scenario-list", tariff.programme_id)
    return tested(request, done)
