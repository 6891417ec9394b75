"""Reads a whole statement as it stands, and writes from it what would be published now."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import JSONField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from commissioning import queries as commissioning_queries
from commissioning.core.figures import percent
from commissioning.models import AuthorityDetails, Procurement, Run
from markets.core import areas as places
from markets.core import editions as core
from markets.core import statement_texts
from markets.core.statement_sections import sections
from markets.models import PositionStatement, PublishedEdition, StatementFigure, StatementPlan
from tariffs import queries as tariff_queries

#: The dates of a procurement in the order in which they have to come: the field, and what the day is.
DATES = {
    "engagement_from": "Market engagement begins",
    "engagement_to": "Market engagement ends",
    "tender_notice_on": "Tender notice",
    "bids_due_on": "Last day for bids",
    "award_on": "Award of the contract",
    "starts_on": "Contract starts",
    "ends_on": "Contract ends",
}
#: Those that stand with the programme, where there is one.
OF_PROCUREMENT = ("tender_notice_on", "award_on", "starts_on", "ends_on")
REVIEW = "Next review of this statement"
FIELDS = {
    "intended_market": "The market we want",
    "results_wanted": "The results we want",
    "tools": "How we mean to buy and pay",
    "payment_structure": "How it will be paid",
    "upfront_share": "Share paid upfront",
    "early_communication": "What we will tell the market early",
    "engagement": "How to take part",
}


@dataclass(frozen=True)
class Whole:
    """All of a statement, read once."""

    statement: PositionStatement
    texts: dict[str, str]
    plan: StatementPlan
    figures: list[StatementFigure]
    procurement: Procurement | None
    details: AuthorityDetails
    last: PublishedEdition | None
    dates: dict[str, date | None] = field(default_factory=dict)

    @property
    def next_number(self) -> int:
        """Give the number that the next edition will have."""
        return self.last.number + 1 if self.last else 1

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether the newest edition is withdrawn."""
        return self.last is not None and self.last.is_withdrawn

    def of_section(self, key: str) -> list[StatementFigure]:
        """Give the figures that were put into one section."""
        return [figure for figure in self.figures if figure.section == key]


def whole(statement: PositionStatement) -> Whole:
    """Read all of a statement that comes from queries.statements, in three queries."""
    written = dict(statement.sections.values_list("key", "text"))
    plan = statement.plan
    procurement = _procurement_of(statement)
    return Whole(
        statement=statement,
        texts={key: written.get(key, "") for key in sections()},
        plan=plan,
        figures=list(statement.figures.all()),
        procurement=procurement,
        details=getattr(statement.organisation, "authority_details", None)
        or AuthorityDetails(organisation=statement.organisation),
        last=statement.editions.select_related("withdrawal").order_by("-number").first(),
        dates={name: getattr(procurement if procurement and name in OF_PROCUREMENT else plan, name) for name in DATES},
    )


def dates_of_procurement(statement: PositionStatement) -> dict[str, date | None]:
    """Give the days that stand with the statement's programme, by what each is; none where there is no programme."""
    procurement = _procurement_of(statement)
    return {DATES[name]: getattr(procurement, name) for name in OF_PROCUREMENT} if procurement else {}


def _procurement_of(statement: PositionStatement) -> Procurement | None:
    programme = statement.programme
    return (getattr(programme, "procurement", None) or Procurement(programme=programme)) if programme else None


def edition(found: Whole, *, published_on: date | None) -> core.Edition:
    """Write what would be published: texts, the figures that stand in them, and no name of any person.

    What is sent for approval has no day yet: it gets that of its publication.
    """
    statement = found.statement
    placed = {key for text in found.texts.values() for key in statement_texts.figures(text)}
    return core.Edition(
        statement=str(statement.pk),
        number=found.next_number,
        title=statement.title,
        authority=statement.organisation.name,
        service=statement.service,
        change_note=statement.change_note if found.last else "",
        published_on=published_on.isoformat() if published_on else "",
        areas=tuple(core.Area(code, places.name_of(code)) for code in statement.areas),
        sections=tuple(core.Section(key, each.title, found.texts[key]) for key, each in sections().items()),
        figures=tuple(figure_of(row) for row in found.figures if row.key in placed),
        fields=_fields(found.plan),
        events=(*_events(found), core.Event("review", REVIEW, _day(found.plan.review_on))),
        contacts=found.plan.contacts,
        procurement=_procurement(found),
    )


def sent_text(found: Whole) -> str:
    """Write what is sent for approval: all that will be published but the day."""
    return core.write(edition(found, published_on=None))


def figure_of(row: StatementFigure) -> core.Figure:
    """Give a figure as it was put in."""
    return core.Figure(
        key=row.key,
        title=row.title,
        sentence=row.sentence,
        columns=tuple(row.columns),
        rows=tuple(tuple(cells) for cells in row.rows),
        picture=row.picture,
        source=row.source,
        record=core.Record(**row.record) if row.record else None,
    )


def _fields(plan: StatementPlan) -> tuple[core.Field, ...]:
    names = dict(StatementPlan.Tool.choices)
    said = {name: str(getattr(plan, name) or "") for name in FIELDS}
    said["tools"] = ", ".join(str(words) for tool, words in names.items() if tool in plan.tools)
    said["upfront_share"] = "" if plan.upfront_share is None else percent(plan.upfront_share / 100)
    return tuple(core.Field(name, label, said[name]) for name, label in FIELDS.items())


def _events(found: Whole) -> tuple[core.Event, ...]:
    return tuple(core.Event(name, what, _day(found.dates[name])) for name, what in DATES.items())


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _procurement(found: Whole) -> dict[str, Any] | None:
    """Give what notices say of the procurement and its authority, but not whom to ask: that may be a person."""
    if found.procurement is None:
        return None
    subject, authority = found.procurement.to_core(), found.details.to_core()
    return {
        "ocid": commissioning_queries.procurements.ocid(found.procurement.programme, found.details),
        "title": subject.title,
        "reference": subject.reference,
        "description": subject.description,
        "codes": [{"code": each.code, "words": each.words} for each in subject.codes],
        "region": subject.region,
        "value": _pounds(subject.value),
        "value_with_vat": _pounds(subject.value_with_vat),
        "starts": _day(subject.starts),
        "ends": _day(subject.ends),
        "tender_notice": _day(found.procurement.tender_notice_on),
        "award": _day(found.procurement.award_on),
        "suits_small": subject.suits_small,
        "suits_voluntary": subject.suits_voluntary,
        "authority": {
            name: str(getattr(authority, name) or "")
            for name in ("name", "scheme", "identifier", "type", "street", "locality", "postcode", "region", "website")
        },
    }


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)


def stale_runs(ids: Collection[UUID]) -> set[UUID]:
    """Give those of the runs whose programme has changed since they were asked for."""
    if not ids:
        return set()
    stood_on = KeyTextTransform("programme_sha256", Cast("inputs_json", JSONField()))
    rows = Run.objects.filter(pk__in=ids).annotate(stood_on=stood_on).select_related("programme")
    runs = list(rows.defer("inputs_json", "result_json"))
    now = {run.programme_id: run for run in runs}
    known = {key: _fingerprints(run) for key, run in now.items()}
    return {run.pk for run in runs if (run.stood_on or run.inputs_sha256) not in known[run.programme_id]}


def _fingerprints(run: Run) -> set[str]:
    """Give the fingerprints of the run's programme as it stands now, with each of its tariffs."""
    known = tariff_queries.programmes
    return {known.fingerprint(each) for each in known.with_each_tariff(run.programme)}
