"""Reads what is to be decided in a room: statements to moderate, their log, what became of each, and themes."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When

from commissioning.core.canonical import sha256
from commissioning.core.figures import plain_time
from commissioning.core.rooms import COMPANY, REASONS, Choice, Reason
from commissioning.core.tables import Column, Table
from commissioning.models import Fate, Moderation, Room, Statement, Theme, User, Vote

from . import rooms

SEEN = (Statement.State.WAITING, Statement.State.SHOWN, Statement.State.HIDDEN)


def to_moderate(room: Room, state: str = "") -> QuerySet[Statement]:
    """Give what participants wrote, without who wrote it, those that wait first; of one state where it is named."""
    order = Case(*(When(state=each, then=Value(place)) for place, each in enumerate(SEEN)), output_field=IntegerField())
    wanted = [state] if state in SEEN else list(SEEN)
    return Statement.objects.filter(room=room, author__isnull=False, state__in=wanted).order_by(order, "pk")


def log(room: Room) -> Table:
    """Write every act of moderation as a table, the first one first."""
    acts = Moderation.objects.filter(statement__room=room).select_related("by", "statement")
    rows = [
        (
            plain_time(act.at),
            str(act.statement_id),
            act.get_act_display(),
            REASONS[Reason(act.reason)] if act.reason else "",
            str(act.by),
            act.statement.text or "(taken back)",
        )
        for act in acts
    ]
    names = ("When", "Statement", "Act", "Because", "By", "Words as they are now")
    return Table(caption="Moderation", columns=tuple(map(Column, names)), rows=tuple(rows))


def proposals(room: Room) -> QuerySet[Statement]:
    """Give what participants wrote and everyone sees, what has no fate yet first."""
    mine = Statement.objects.filter(room=room, author__isnull=False, state=Statement.State.SHOWN)
    undecided = Case(When(fate=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    return mine.select_related("fate__measure").order_by(undecided, "sort", "pk")


def fingerprint(fate: Fate) -> str:
    """Give a short text that changes whenever a decision does; nothing for one that is not saved yet."""
    if not fate.decision:
        return ""
    return sha256(f"{fate.decision} {fate.measure_id} {fate.because}")[:16]


@dataclass(frozen=True)
class Company:
    """A theme, and whether enough stand behind it for everyone to see it."""

    theme: Theme
    statements: tuple[Statement, ...]
    is_enough: bool


def themes(room: Room) -> list[Company]:
    """Give a room's themes, each with its statements and whether it has company, in four queries."""
    behind: dict[UUID | None, set[UUID | None]] = {}
    shown = Statement.objects.filter(room=room, state=Statement.State.SHOWN, theme__isnull=False)
    for theme, author in shown.filter(author__isnull=False).values_list("theme", "author"):
        behind.setdefault(theme, set()).add(author)
    agreed = Vote.objects.filter(statement__in=shown, choice=Choice.AGREE)
    for theme, participant in agreed.values_list("statement__theme", "participant").distinct():
        behind.setdefault(theme, set()).add(participant)
    whole = room.themes.prefetch_related(Prefetch("statements", queryset=shown))
    return [Company(theme, tuple(theme.statements.all()), len(behind.get(theme.pk, ())) >= COMPANY) for theme in whole]


def themes_editable_by(user: User | AnonymousUser) -> QuerySet[Theme]:
    """Give the themes of rooms that a person may change."""
    return Theme.objects.filter(room__in=rooms.editable_by(user)).select_related("room__programme__organisation")
