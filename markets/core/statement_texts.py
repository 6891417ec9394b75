"""A statement's texts: a safe part of Markdown that cannot carry code, and where figures stand in them.

Paragraphs, lists, headings, bold, italics and links to web pages. Anything else, HTML above all, is shown as typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FIGURE = re.compile(r"^[ \t]*\{\{figure:([a-z0-9-]{1,40})\}\}[ \t]*\r?$", re.MULTILINE)
_RULES = ("heading", "list", "emphasis", "link", "newline", "escape", "balance_pairs")
_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
}
#: The page's own headings stand above those of a text.
_HEADINGS = {"h3": "govuk-heading-s", "h4": "govuk-heading-s app-heading-h4"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: some HTML, or the key of a figure that stands there."""

    html: str = ""
    figure: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Cut a text at its figures and turn what is between into HTML.

    Returns
    -------
    The pieces in order. A figure stands on a line of its own; elsewhere {{figure:key}} is shown as typed.
    """
    for place, part in enumerate(_FIGURE.split(text)):
        if place % 2:
            yield Piece(figure=part)
        elif part.strip():
            yield Piece(html=html(part))


def figures(text: str) -> tuple[str, ...]:
    """Give the keys of the figures that stand in a text, in order."""
    return tuple(_FIGURE.findall(text))


def html(text: str) -> str:
    """Turn a text into HTML that holds nothing but our own elements, with links to web pages alone."""
    return str(_parser().render(text.replace("\0", "")))


def words(text: str) -> str:
    """Give a text as it is read: without figures, marks of Markdown and addresses of links."""
    return "\n".join(_words(_parser().parse(_FIGURE.sub("\n", text))))


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(" " if each.type == "softbreak" else each.content for each in token.children or ())


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": 20}).enable(list(_RULES))
    parser.validateLink = _is_of_the_web  # type: ignore[method-assign]
    parser.core.ruler.push("our_elements", _with_classes)
    return parser


def _is_of_the_web(url: str) -> bool:
    """Tell whether an address, in which the parser has escaped all but plain characters, leads to a web page."""
    found = urlsplit(url)
    return found.scheme in ("http", "https") and bool(found.netloc)


def _with_classes(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4" if token.tag in ("h4", "h5", "h6") else "h3"
        for each in (token, *(token.children or ())):
            _dress(each)


def _dress(token: Token) -> None:
    named = _HEADINGS.get(token.tag, "") if token.type == "heading_open" else _CLASSES.get(token.type, "")
    if named:
        token.attrSet("class", named)
    if token.type == "link_open":
        token.attrs.pop("title", None)
        token.attrSet("rel", "nofollow noopener noreferrer")
