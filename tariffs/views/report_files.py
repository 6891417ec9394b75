"""Makes a PDF of a page, which can fetch nothing: no file, no address, not even our own."""

from ctypes.util import find_library
from functools import lru_cache
from pathlib import Path

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
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=(), allow_redirects=False)
    styles = [CSS(string=_style(name), url_fetcher=nothing) for name in STYLES]
    written: bytes = HTML(string=text, url_fetcher=nothing).write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return written


@lru_cache
def _style(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")
