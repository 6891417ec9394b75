"""An edition in other forms: the hashed text, PDF, figures, feed, calendar, OCDS release, and what checks it."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_GET

from commissioning.core import procurement_notices
from commissioning.core.procurement_notices import NoticeKind
from commissioning.views.table_files import csv_table
from markets import queries
from markets.core import calendars, edition_releases
from markets.models import PublishedEdition
from tariffs.views import report_files

from .editions import edition_at
from .kept_pages import kept

ENTRIES = 50
NOTICES = {"uk1": NoticeKind.PIPELINE, "uk3": NoticeKind.PLANNED}


@login_not_required
@require_GET
@kept
def text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give an edition byte for byte as it was hashed."""
    edition = edition_at(slug, number)
    return _attached(HttpResponse(edition.text, content_type="application/json; charset=utf-8"), edition, "json")


@login_not_required
@require_GET
def pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a copy on paper; the page is the record."""
    edition = edition_at(slug, number)
    if not report_files.is_possible():
        return render(request, "tariffs/reports/no_pdf.html", status=503)
    core, sections = queries.editions.content(edition.sha256, edition.text)
    address = f"{settings.PUBLIC_ADDRESS}{edition.get_absolute_url()}"
    context = {"edition": edition, "core": core, "sections": sections, "address": address, "on_paper": True}
    page = render_to_string("markets/editions/paper.html", context)
    return _attached(HttpResponse(report_files.pdf(page), content_type="application/pdf"), edition, "pdf")


@login_not_required
@require_GET
@kept
def figures(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Give one figure's table as CSV."""
    edition = edition_at(slug, number)
    figure = next((each for each in edition.to_core().figures if each.key == key), None)
    if figure is None:
        raise Http404
    return csv_table(queries.editions.table_of(figure), key)


@login_not_required
@require_GET
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give an edition as an OCDS planning release."""
    edition = edition_at(slug, number)
    package = edition_releases.package(_released(edition), uri=f"{settings.PUBLIC_ADDRESS}{request.path}")
    indented = {"indent": 2, "ensure_ascii": False}
    return _attached(JsonResponse(package, json_dumps_params=indented), edition, "ocds.json")


@login_not_required
@require_GET
def notice(request: HttpRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """Give the fields of a pipeline notice (uk1) or of a planned procurement notice (uk3), as a text to type from."""
    edition = edition_at(slug, number)
    if kind not in NOTICES or edition.to_core().procurement is None:
        raise Http404
    filled = edition_releases.notice(_released(edition), NOTICES[kind])
    said = procurement_notices.as_text(filled)
    return _attached(HttpResponse(said, content_type="text/plain; charset=utf-8"), edition, f"{kind}.txt")


def _released(edition: PublishedEdition) -> edition_releases.Released:
    return edition_releases.Released(
        edition=edition.to_core(),
        authority=queries.editions.authority_of(edition),
        url=f"{settings.PUBLIC_ADDRESS}{reverse('edition-detail', args=[edition.slug, edition.number])}",
        published=edition.published_at,
        withdrawn=edition.withdrawal.withdrawn_at if edition.is_withdrawn else None,
    )


@login_not_required
@require_GET
@kept
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Give an Atom feed: of one statement's editions, or of all that stand."""
    found = queries.editions.all_of(slug)[:ENTRIES] if slug else queries.editions.current()[:ENTRIES]
    editions = list(found)
    if slug and not editions:
        raise Http404
    title = editions[0].title if slug else "Market position statements"
    home = editions[0].get_absolute_url() if slug else reverse("statement-directory")
    made = Atom1Feed(
        title=title,
        link=f"{settings.PUBLIC_ADDRESS}{home}",
        description="",
        feed_url=f"{settings.PUBLIC_ADDRESS}{request.path}",
        language="en-GB",
    )
    for edition in editions:
        _add(made, edition)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(made: Atom1Feed, edition: PublishedEdition) -> None:
    withdrawn = "Withdrawn. " if edition.is_withdrawn else ""
    made.add_item(
        title=f"{edition.title}: edition {edition.number}",
        link=f"{settings.PUBLIC_ADDRESS}{reverse('edition-detail', args=[edition.slug, edition.number])}",
        description=f"{withdrawn}{edition.change_note or 'First edition.'}",
        unique_id=f"urn:uuid:{edition.pk}",
        pubdate=edition.published_at,
        updateddate=edition.withdrawal.withdrawn_at if edition.is_withdrawn else edition.published_at,
        author_name=edition.authority,
    )


@login_not_required
@require_GET
@kept
def dates(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Give a calendar: of one statement's dates, or of all that stand."""
    found: Iterable[PublishedEdition]
    found = [edition_at(slug)] if slug else queries.editions.current().defer(None)[:ENTRIES]
    entries = queries.editions.entries(found, settings.PUBLIC_ADDRESS)
    said = calendars.calendar("Market position statements", entries)
    response = HttpResponse(said, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="market-position-statements.ics"'
    return response


@login_not_required
@require_GET
@kept
def checker(request: HttpRequest) -> HttpResponse:
    """Give the script with which anyone checks an edition's hash, on their own machine."""
    found = finders.find("check_edition.py")
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:
        response = HttpResponse(file.read(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check_edition.py"'
    return response


def _attached(response: HttpResponse, edition: PublishedEdition, ending: str) -> HttpResponse:
    name = f"{edition.slug}-edition-{edition.number}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
