"""Pages of the public registers: searching them, and one provider with its finances."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from commissioning import queries as commissioning_queries
from commissioning.core.tables import as_csv
from markets import charts, queries
from markets.charts.finances import Year
from markets.core import attributions
from markets.forms.providers import SearchForm
from markets.models import FinancialYear
from tariffs.views.figure_files import csv_of

PAGE_SIZE = 25


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET or None)
    pages = queries.providers.Pages(form.wanted())
    page = pages.get_page(request.GET.get("page"))
    sources = queries.profiles.sources([*queries.providers.editions(), "places"])
    context = {
        "form": form,
        "page": page,
        "has_made_up": any(row.is_made_up for row in page.object_list),
        "lines": queries.profiles.lines(page.object_list, request.user),
        "found": pages.count,
        "query": request.GET.urlencode(),
        "is_cut": pages.is_cut,
        "sources": sources,
        "is_empty": len(sources) == 1,
        "has_list": queries.profiles.listed(request.user).exists(),
        "may_decide": queries.claims.decidable_by(request.user).exists(),
        "is_provider": queries.claims.claimants(request.user).exists(),
        "may_import": commissioning_queries.programmes.authorities_for(request.user).exists(),
    }
    return render(request, "markets/providers/index.html", context)


@login_required
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Give what a search found as CSV, up to as many as a search counts."""
    form = SearchForm(request.GET or None)
    rows = queries.providers.found(form.wanted())[: queries.providers.MOST_FOUND]
    response = HttpResponse(as_csv(queries.profiles.as_table(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="providers.csv"'
    return response


@login_required
@require_GET
def own_list(request: HttpRequest) -> HttpResponse:
    """Show the lists of the reader's own authorities, with the registers' rows that they meet by number."""
    page = Paginator(queries.profiles.listed(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": queries.profiles.listed_lines(page.object_list)}
    return render(request, "markets/providers/own_list.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    provider = get_object_or_404(queries.providers.one(), pk=provider_id)
    profile = queries.profiles.of_provider(provider, request.user)
    context = {
        "provider": provider,
        "profile": profile,
        "picture": charts.finances(_years(profile.years)) if profile.years else None,
        "licence_url": attributions.OGL_URL,
    }
    return render(request, "markets/providers/detail.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, provider_id: UUID, chart: str) -> HttpResponse:
    """Give the picture's table as CSV."""
    provider = get_object_or_404(queries.providers.one(), pk=provider_id)
    return csv_of([charts.finances(_years(queries.providers.years_of(provider)))], chart)


def _years(years: list[FinancialYear]) -> list[Year]:
    return [
        Year(year.year_end, year.cycle, year.income, year.expenditure, year.reserves, year.government) for year in years
    ]
