"""Market position statements as anyone reads them: the directory, an edition, its history, and what changed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from markets import queries
from markets.core import edition_differences
from markets.forms.directories import DirectoryForm
from markets.models import PublishedEdition

from .kept_pages import kept

ON_A_PAGE = 20


@login_not_required
@require_GET
@kept
def directory(request: HttpRequest) -> HttpResponse:
    """Search the statements that stand."""
    areas = queries.editions.areas_of(queries.editions.current())
    form = DirectoryForm(request.GET or None, areas=areas)
    found = queries.editions.search(**(form.wanted() if form.is_bound else {}))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "markets/editions/directory.html", {"form": form, "page": page, "is_search": form.is_bound})


@login_not_required
@require_GET
@kept
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest edition, at the address that never changes."""
    return _shown(request, edition_at(slug), is_latest=True)


@login_not_required
@require_GET
@kept
def detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one edition."""
    return _shown(request, edition_at(slug, number), is_latest=False)


def edition_at(slug: str, number: int | None = None) -> PublishedEdition:
    """Give an edition, the newest where none is named; there is no page where there is none."""
    found = queries.editions.latest(slug) if number is None else queries.editions.one(slug, number)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, edition: PublishedEdition, *, is_latest: bool) -> HttpResponse:
    core, sections = queries.editions.content(edition.sha256, edition.text)
    history = list(queries.editions.all_of(edition.slug))
    context = {
        "edition": edition,
        "core": core,
        "sections": sections,
        "history": history,
        "newest": history[0],
        "is_latest": is_latest,
        "address": f"{settings.PUBLIC_ADDRESS}{edition.get_absolute_url()}",
    }
    return render(request, "markets/editions/detail.html", context)


@login_not_required
@require_GET
@kept
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show two editions side by side: the newest and the one before it, or those that the reader names."""
    history = list(queries.editions.all_of(slug))
    if not history:
        raise Http404
    after = _number(request.GET.get("to"), history[0].number)
    before = _number(request.GET.get("from"), max(1, after - 1))
    old, new = (edition_at(slug, number) for number in sorted((before, after)))
    parts = edition_differences.differences(old.to_core(), new.to_core())
    context = {"old": old, "new": new, "parts": parts, "said": edition_differences.in_words(parts), "history": history}
    return render(request, "markets/editions/changes.html", context)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else otherwise


@login_not_required
@require_GET
def chart(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Show one figure as an interactive chart, for whoever wants it."""
    edition = edition_at(slug, number)
    core, _ = queries.editions.content(edition.sha256, edition.text)
    figure = next((each for each in core.figures if each.key == key and each.picture), None)
    if figure is None:
        raise Http404
    context = {"edition": edition, "core": core, "figure": figure, "table": queries.editions.table_of(figure)}
    return render(request, "markets/editions/chart.html", context)
