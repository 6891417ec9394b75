"""Everything of a programme as files: what there is, and each of them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.models import Programme
from tariffs import queries
from tariffs.core.sheets import Sheet
from tariffs.sources import spreadsheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Say what can be taken out, and what each table holds."""
    programme = _programme(request, programme_id)
    context = {"programme": programme, "sheets": queries.exports.sheets(programme)}
    return render(request, "tariffs/exports/index.html", context)


@login_required
@require_GET
def tables(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Give every table as CSV, in one zip."""
    return _file(_programme(request, programme_id), spreadsheets.as_zip, "application/zip", "zip")


@login_required
@require_GET
def workbook(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Give every table as a sheet of one workbook."""
    return _file(_programme(request, programme_id), spreadsheets.as_xlsx, XLSX, "xlsx")


def _programme(request: HttpRequest, programme_id: UUID) -> Programme:
    mine = queries.programmes.with_tariff(commissioning_queries.programmes.visible_to(request.user))
    return get_object_or_404(mine, pk=programme_id)


def _file(programme: Programme, write: Callable[[str, Sequence[Sheet]], bytes], kind: str, ending: str) -> HttpResponse:
    body = write(programme.name, queries.exports.sheets(programme))
    response = HttpResponse(body, content_type=kind)
    name = slugify(programme.name)[:60] or "programme"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
