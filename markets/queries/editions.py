"""Reads editions of market position statements as anyone may: the directory, one edition, its history and its dates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from commissioning import queries as commissioning_queries
from commissioning.core.procurement_notices import Authority
from commissioning.core.tables import Column, Table
from markets.core import areas, editions, statement_texts
from markets.core.calendars import Entry
from markets.core.editions import Edition, Figure
from markets.models import PublishedEdition
from tariffs.charts.drawings import Drawing
from tariffs.charts.sketches import sketch


def all_of(slug: str) -> QuerySet[PublishedEdition]:
    """Give the editions at an address, newest first, without their texts."""
    return _whole().filter(slug=slug).order_by("-number").defer("text")


def latest(slug: str) -> PublishedEdition | None:
    """Give the newest edition at an address, with its text, even where it is withdrawn."""
    return _whole().filter(slug=slug).order_by("-number").first()


def one(slug: str, number: int) -> PublishedEdition | None:
    """Give one edition, with its text."""
    return _whole().filter(slug=slug, number=number).first()


def _whole() -> QuerySet[PublishedEdition]:
    return PublishedEdition.objects.select_related("withdrawal", "statement__organisation")


def current() -> QuerySet[PublishedEdition]:
    """Give each statement's newest edition where it is not withdrawn, the latest first, without their texts."""
    newest = PublishedEdition.objects.filter(statement=OuterRef("statement")).order_by("-number")
    found = _whole().filter(pk=Subquery(newest.values("pk")[:1]), withdrawal=None)
    return found.defer("text").order_by("-published_at", "slug")


def stamp(slug: str = "") -> str:
    """Say in one query which state the editions at an address are in, or all of them: it changes with every change."""
    found = PublishedEdition.objects.filter(slug=slug) if slug else PublishedEdition.objects.all()
    counts = found.aggregate(editions=Count("pk"), withdrawn=Count("withdrawal"), last=Max("published_at"))
    return f"{counts['editions']} {counts['withdrawn']} {counts['last']}"


def search(*, words: str = "", area: str = "", since: date | None = None) -> QuerySet[PublishedEdition]:
    """Give the current editions that fit; what is empty lets all through."""
    found = current()
    for word in words.split():
        mentions = Q(title__icontains=word) | Q(service__icontains=word) | Q(authority__icontains=word)
        found = found.filter(mentions)
    if area:
        found = found.filter(areas__contains=[area])
    return found.filter(published_at__date__gte=since) if since else found


def areas_of(found: Iterable[PublishedEdition]) -> list[tuple[str, str]]:
    """Give the areas that editions are about, by name, for a list to choose from."""
    codes = {code for edition in found for code in edition.areas}
    return sorted(((code, areas.name_of(code)) for code in codes), key=lambda each: each[1])


@dataclass(frozen=True)
class Block:
    """A stretch of a section as its page shows it: some HTML, or a figure with its table and drawing."""

    html: str = ""
    figure: Figure | None = None
    table: Table | None = None
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Shown:
    """One section as its page shows it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=64)
def content(sha256: str, text: str) -> tuple[Edition, tuple[Shown, ...]]:
    """Read an edition and lay its sections out. An edition never changes, so the last ones are remembered."""
    found = editions.read(text)
    figures = {figure.key: figure for figure in found.figures}
    return found, tuple(
        Shown(section.key, section.title, tuple(blocks(section.text, figures))) for section in found.sections
    )


def blocks(text: str, figures: dict[str, Figure]) -> Iterator[Block]:
    """Lay out one text with its figures."""
    for piece in statement_texts.pieces(text):
        if piece.html:
            yield Block(html=piece.html)
        elif piece.figure in figures:
            figure = figures[piece.figure]
            yield Block(figure=figure, table=table_of(figure), drawing=_drawing(figure))


def table_of(figure: Figure) -> Table:
    """Give a figure's table as it was shown when it was put in."""
    first, *others = figure.columns
    columns = (Column(first), *(Column(name, str) for name in others))
    return Table(figure.title, columns, figure.rows)


def _drawing(figure: Figure) -> Drawing | None:
    said = f"{escape(figure.title)}. The words and the table say the same."
    return sketch(said, dict(figure.picture)) if figure.picture else None


def entries(found: Iterable[PublishedEdition], address: str) -> Iterator[Entry]:
    """Give the dates of editions for a calendar; those of a withdrawn edition are called off."""
    for edition in found:
        core, _ = content(edition.sha256, edition.text)
        for event in core.events:
            if event.day:
                yield Entry(
                    id=f"{event.key}-{edition.statement_id}@{address.partition('://')[2]}",
                    day=event.day,
                    what=f"{core.title}: {event.what}",
                    where=f"{address}{edition.get_absolute_url()}",
                    changed=edition.published_at,
                    is_off=edition.is_withdrawn,
                )


def authority_of(edition: PublishedEdition) -> Authority:
    """Give the authority of an edition as its notices name it today; nothing of that is in the hashed text."""
    return commissioning_queries.procurements.details_of(edition.statement.organisation).to_core()
