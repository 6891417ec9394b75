"""Reads market position statements as their authority writes them: whose they are, and what a list of them shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from commissioning.core.figures import plain_date
from commissioning.models import Organisation, Run, User
from commissioning.permissions import Ability, roles_with
from commissioning.queries import organisations, runs
from markets.core import areas as places
from markets.models import EditionWithdrawal, PositionStatement, PublishedEdition, StatementComment

#: How long before the day of a review its authority is reminded.
SOON = timedelta(days=30)
COLOURS = {"draft": "yellow", "sent": "purple", "published": "green"}
Reader = User | AnonymousUser


def visible_to(user: Reader) -> QuerySet[PositionStatement]:
    """Give the statements of the authorities in which the person may read, drafts too."""
    return _where(user, Ability.VIEW)


def editable_by(user: Reader) -> QuerySet[PositionStatement]:
    """Give the statements of the authorities in which the person may change things."""
    return _where(user, Ability.EDIT)


def approvable_by(user: Reader) -> QuerySet[PositionStatement]:
    """Give the statements of the authorities for which the person may publish."""
    return _where(user, Ability.APPROVE)


def _where(user: Reader, ability: Ability) -> QuerySet[PositionStatement]:
    if not isinstance(user, User) or not user.is_active:
        return PositionStatement.objects.none()
    found = PositionStatement.objects.filter(
        organisation__memberships__user=user, organisation__memberships__role__in=roles_with(ability)
    )
    read_along = ("organisation__authority_details", "programme__procurement", "plan", "changed_by", "sent_by")
    return found.select_related(*read_along).annotate(role=F("organisation__memberships__role"))


def may(statement: PositionStatement, ability: Ability) -> bool:
    """Tell whether whoever asked for a statement may do this with it."""
    return statement.role in roles_with(ability)  # type: ignore[attr-defined]


def authorities_for(user: Reader) -> QuerySet[Organisation]:
    """Give the authorities for which the person may write a statement."""
    return organisations.where(user, Ability.EDIT).filter(kind=Organisation.Kind.AUTHORITY)


def comments_visible_to(user: Reader) -> QuerySet[StatementComment]:
    """Give the comments that the person may read and answer: those on statements that they may change."""
    mine = editable_by(user).values("pk")
    return StatementComment.objects.filter(statement__in=mine).select_related("statement__organisation", "said_by")


def citable(statement: PositionStatement, user: Reader, kinds: Collection[str]) -> QuerySet[Run]:
    """Give the finished runs that the statement may cite, newest first, without their long texts."""
    found = runs.visible_to(user).filter(kind__in=kinds, state=Run.State.SUCCEEDED)
    if statement.programme_id:
        found = found.filter(programme=statement.programme_id)
    mine = found.filter(programme__organisation=statement.organisation_id)
    return runs.without_results(mine).select_related("programme").order_by("-finished_at", "pk")


@dataclass(frozen=True)
class Line:
    """One statement of the list: where it stands, and what is near."""

    statement: PositionStatement
    status: str
    colour: str
    hint: str


def listed_for(user: Reader) -> QuerySet[PositionStatement]:
    """Give the statements that the person may read, with what the list shows of each, the latest change first."""
    newest = PublishedEdition.objects.filter(statement=OuterRef("pk")).order_by("-number")
    taken_back = EditionWithdrawal.objects.filter(edition__statement=OuterRef("pk"), edition=OuterRef("newest"))
    found = visible_to(user).annotate(
        newest=Subquery(newest.values("pk")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
        is_withdrawn=Exists(taken_back),
        written=Count("sections", filter=~Q(sections__text="")),
    )
    return found.order_by("-changed_at", "pk")


def line(statement: PositionStatement) -> Line:
    """Say where a statement of the list stands."""
    status, colour = standing(statement)
    number: int | None = statement.newest_number  # type: ignore[attr-defined]
    said = [", ".join(map(places.name_of, statement.areas[:3]))]
    if statement.state == PositionStatement.State.DRAFT:
        said.append(f"{statement.written} of 15 sections written")  # type: ignore[attr-defined]
    if number:
        taken_back = " is withdrawn" if statement.is_withdrawn else " is public"  # type: ignore[attr-defined]
        said.append(f"edition {number}{taken_back}")
    review = statement.plan.review_on
    if review:
        said.append(f"next review {plain_date(review)}")
    words = ". ".join(each[0].upper() + each[1:] for each in said if each)
    return Line(statement, status, colour, words)


def standing(statement: PositionStatement) -> tuple[str, str]:
    """Say a statement's state in words, with its colour."""
    return str(statement.get_state_display()), COLOURS[statement.state]


@dataclass(frozen=True)
class Waiting:
    """What the home page says of statements: those to be decided on, and those soon to be looked at again."""

    to_approve: Sequence[PositionStatement]
    to_review: Sequence[tuple[PositionStatement, date]]

    def __bool__(self) -> bool:
        return bool(self.to_approve or self.to_review)


def waiting_for(user: Reader, most: int = 5) -> Waiting:
    """Give the statements that wait for this person, in one query."""
    last = timezone.localdate() + SOON
    near = Q(plan__review_on__lte=last) & Exists(PublishedEdition.objects.filter(statement=OuterRef("pk")))
    found = list(
        editable_by(user).filter(Q(state=PositionStatement.State.SENT) | near).order_by("changed_at", "pk")[:50]
    )
    own = {row.pk for row in found if user.pk in (row.changed_by_id, row.sent_by_id)}
    sent = [row for row in found if row.state == PositionStatement.State.SENT and may(row, Ability.APPROVE)]
    days = [(row, row.plan.review_on) for row in found if row.plan.review_on and row.plan.review_on <= last]
    return Waiting([row for row in sent if row.pk not in own][:most], days[:most])
