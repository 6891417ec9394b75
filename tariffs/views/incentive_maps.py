"""Pages of the incentive map: where money says avoid, and the same as CSV."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.core.tables import as_csv
from tariffs import queries
from tariffs.charts import incentive_maps as words
from tariffs.core import incentive_maps
from tariffs.core.parameters import PARAMETERS
from tariffs.core.price_plans import is_whole
from tariffs.core.programmes import Programme


@login_required
@require_GET
def proposed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Lead to the map of the tariff that the programme proposes."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), main_of=programme_id)
    return redirect("incentive-map", tariff.pk)


@login_required
@require_GET
def detail(request: HttpRequest, tariff_id: UUID) -> HttpResponse:
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), pk=tariff_id)
    whole = queries.programmes.to_core(tariff.programme, tariff)
    editable = commissioning_queries.programmes.editable_by(request.user)
    may_edit = editable.filter(pk=tariff.programme_id).exists()
    context: dict[str, object] = {"tariff": tariff, "programme": tariff.programme, "may_edit": may_edit}
    if is_whole(whole):
        number = _chosen(request, whole)
        found = incentive_maps.incentive_map(whole, number)
        names = [provider.name or provider.id for provider in whole.providers]
        context |= {
            "providers": names,
            "number": number,
            "answer": words.answer(found, names[number]),
            "rows": words.marks(found),
            "by_group": words.by_group(found),
            "groups": [name for _, name in found.groups],
            "cure": queries.repairs.newest(tariff, finished=True),
            "limit": PARAMETERS.parked_limit,
            "margin": PARAMETERS.map_margin,
        }
    return render(request, "tariffs/incentive_maps/detail.html", context)


def _chosen(request: HttpRequest, whole: Programme) -> int:
    text = request.GET.get("provider", "0")
    if text.isascii() and text.isdigit() and int(text) < len(whole.providers):
        return int(text)
    raise Http404


@login_required
@require_GET
def figures(request: HttpRequest, tariff_id: UUID) -> HttpResponse:
    """Give the map as CSV."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), pk=tariff_id)
    whole = queries.programmes.to_core(tariff.programme, tariff)
    if not is_whole(whole):
        raise Http404
    found = incentive_maps.incentive_map(whole, _chosen(request, whole))
    response = HttpResponse(as_csv(words.table(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="map.csv"'
    return response
