"""Reads imports: whose they are, how far they are, and their faults."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from commissioning import queries as commissioning_queries
from commissioning.core.tables import Column, Table
from commissioning.models import Organisation, User
from commissioning.permissions import Ability
from markets.models import Import


def visible_to(user: User | AnonymousUser) -> QuerySet[Import]:
    """Give the imports of the authorities in which the person reads."""
    return Import.objects.filter(organisation__in=_where(user, Ability.VIEW))


def editable_by(user: User | AnonymousUser) -> QuerySet[Import]:
    """Give the imports of the authorities in which the person may bring files in."""
    return Import.objects.filter(organisation__in=_where(user, Ability.EDIT))


def authorities_for(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """Give the authorities for which the person may bring files in."""
    return _where(user, Ability.EDIT)


def _where(user: User | AnonymousUser, ability: Ability) -> QuerySet[Organisation]:
    mine = commissioning_queries.organisations.where(user, ability)
    return mine.filter(kind=Organisation.Kind.AUTHORITY)


@dataclass(frozen=True)
class Progress:
    """How far an import is."""

    share: float
    seconds: float
    is_silent: bool


def progress(held: Import) -> Progress:
    """Say how far an import is, by the bytes read; silent means that its worker was not heard of in time."""
    now: datetime = timezone.now()
    since = (held.finished_at or now) - held.started_at if held.started_at else None
    return Progress(
        share=min(1.0, held.bytes_done / held.bytes_total) if held.bytes_total else 0.0,
        seconds=since.total_seconds() if since else 0.0,
        is_silent=bool(held.lease_until and held.lease_until < now),
    )


def fault_table(held: Import) -> Table:
    """Lay out an import's faults."""
    columns = (Column("File"), Column("Line"), Column("What is wrong"))
    rows = tuple(held.faults.values_list("file_name", "line", "reason"))
    return Table("Rows that were left out", columns, rows)
