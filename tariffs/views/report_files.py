"""Makes a PDF of a page, which can fetch nothing: no file, no address, not even our own."""

from ctypes.util import find_library
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

#: What WeasyPrint needs of the system, as the loader names it.
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
STYLES = ("govuk/govuk-frontend.min.css", "app.css", "programmes.css", "report.css", "report-paper.css")


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Tell whether the libraries are there that no wheel brings."""
    return all(find_library(name) for name in LIBRARIES)


def pdf(text: str) -> bytes:
    """Write a page as PDF/UA-1. Its styles are given along, and everything that it names itself is refused."""
    # Read when first needed, so that everything else runs where the libraries are missing.
    from weasyprint import HTML

    written: bytes = HTML(string=text, url_fetcher=_nothing()).write_pdf(
        stylesheets=list(_styles()), pdf_variant="pdf/ua-1"
    )
    return written


def _nothing() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=(), allow_redirects=False)


@lru_cache(maxsize=1)
def _styles() -> tuple[Any, ...]:
    """Read the styles once for all papers: to understand them takes longer than to lay out most of them."""
    from weasyprint import CSS

    return tuple(CSS(string=_style(name), url_fetcher=_nothing()) for name in STYLES)


def _style(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")
