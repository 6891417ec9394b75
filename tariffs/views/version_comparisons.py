"""The page that sets two versions side by side, or a version and the draft, and the same as CSV."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.core.tables import as_csv
from commissioning.models import Programme
from tariffs import queries
from tariffs.forms.versions import CompareForm
from tariffs.queries.version_comparisons import Comparison
from tariffs.queries.versions import DRAFT


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = _programme(request, programme_id)
    form = _form(request, programme)
    context = {
        "programme": programme,
        "form": form,
        "has_versions": len(form.fields["first"].choices) > 1,  # type: ignore[attr-defined]
        "comparison": _comparison(programme, form) if form.is_valid() else None,
    }
    return render(request, "tariffs/versions/compare.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Give the same as CSV."""
    programme = _programme(request, programme_id)
    form = _form(request, programme)
    if not form.is_valid():
        raise Http404
    comparison = _comparison(programme, form)
    response = HttpResponse(as_csv(comparison.table()), content_type="text/csv; charset=utf-8")
    name = f"changes-{comparison.first.key}-to-{comparison.second.key}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _programme(request: HttpRequest, programme_id: UUID) -> Programme:
    mine = commissioning_queries.programmes.visible_to(request.user)
    return get_object_or_404(mine.select_related("organisation", "uncertainty"), pk=programme_id)


def _form(request: HttpRequest, programme: Programme) -> CompareForm:
    """Take the two that the address names; where it names none, the newest version and the draft."""
    choices = queries.versions.choices(programme)
    _, newest = (*choices, choices[0])[:2]
    given = request.GET if {"first", "second"} & request.GET.keys() else {"first": newest[0], "second": DRAFT}
    return CompareForm(given, choices=choices)


def _comparison(programme: Programme, form: CompareForm) -> Comparison:
    compared = queries.version_comparisons
    first, second = (compared.side(programme, form.cleaned_data[name]) for name in ("first", "second"))
    return compared.compare(first, second)
