"""Editions of market position statements as they stand once published, made without the pages that write them."""

from dataclasses import replace
from typing import Any

from commissioning.models import Organisation, User
from markets.core import editions
from markets.core.editions import Edition, Section
from markets.models import EditionWithdrawal, PositionStatement, PublishedEdition
from tests.markets.core.test_editions import EDITION

PICTURE: dict[str, Any] = {
    "data": [
        {"type": "scatter", "x": [1, 2, 2, 1], "y": [30, 25, 15, 20], "fill": "toself", "fillcolor": "#cccccc"},
        {"type": "scatter", "x": [1, 2], "y": [25, 20], "name": "one lot", "line": {"color": "#1d70b8"}},
        {
            "type": "scatter",
            "x": [1, 2],
            "y": [28, 27],
            "name": "ten lots",
            "line": {"color": "#f47738", "dash": "dot"},
        },
    ],
    "layout": {},
}
TEXT = "We *mean* to buy this.\n\n{{figure:diversity}}\n\n- By results\n- With a fee"


def said(statement: PositionStatement, number: int = 1, **given: Any) -> Edition:
    """Give what an edition says."""
    figures = (replace(EDITION.figures[0], picture=PICTURE), EDITION.figures[1])
    usual = {
        "statement": str(statement.pk),
        "number": number,
        "title": statement.title,
        "authority": statement.organisation.name,
        "change_note": "" if number == 1 else "Dates moved",
        "sections": (Section("purpose", "Purpose", TEXT),),
        "figures": figures,
        "procurement": None,
    }
    return replace(EDITION, **{**usual, **given})


def statement(organisation: Organisation, by: User, title: str = "Help into work") -> PositionStatement:
    made = PositionStatement(
        organisation=organisation, title=title, service="Employment", state="published", changed_by=by
    )
    made.save()
    return made


def published(of: PositionStatement, *, by: User, approver: User, slug: str = "jobs", **given: Any) -> PublishedEdition:
    """Publish the next edition of a statement."""
    number = of.editions.count() + 1
    core = said(of, number, **given)
    text = editions.write(core)
    made = PublishedEdition(
        statement=of,
        number=number,
        slug=slug,
        text=text,
        sha256=editions.fingerprint(text),
        change_note=core.change_note,
        written_by=by,
        sent_by=by,
        approved_by=approver,
    )
    made.save()
    return made


def withdrawn(edition: PublishedEdition, by: User) -> EditionWithdrawal:
    return EditionWithdrawal.objects.create(edition=edition, reason="The dates were wrong", withdrawn_by=by)
