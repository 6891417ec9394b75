"""Reads comments as the commissioner hears them, with names only where their author allowed it, and their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from commissioning.core.figures import LONDON
from commissioning.models import Programme
from tariffs.core import line_fates, snapshots
from tariffs.core.benches import Effect
from tariffs.core.consultation_targets import Target
from tariffs.models import Answer, Comment, CommentStanding, Consultation, Version

from . import snapshots as read
from .consultations import Reader, editable_by, targets

OPEN, DRAFTED, RELEASED = "open", "drafted", "released"
APART = "Name kept apart"


@dataclass(frozen=True)
class Heard:
    """One comment as the authority reads it. Without a name it has no time of day either, and no order that tells."""

    id: UUID
    target: Target
    about: str
    weight: str
    proposed: str
    reason: str
    sight: str
    who: str
    on: date
    secret_reason: str
    secret_until: date | None
    answer: Answer | None
    standings: tuple[CommentStanding, ...]
    moderation: str
    effects: tuple[Effect, ...] = ()


def in_force(consultation: Consultation) -> QuerySet[Comment]:
    """Give the comments that the commissioner has to answer, alike ones together, in an order that tells nothing."""
    found = consultation.comments.filter(is_withdrawn=False)
    return found.select_related("organisation", "answered__answer", "moderation").order_by("target_id", "about", "id")


def filtered(consultation: Consultation, *, state: str = "", about: str = "", weight: str = "") -> QuerySet[Comment]:
    """Give the comments that fit; a filter that is empty lets all through."""
    found = in_force(consultation)
    if about:
        found = found.filter(about=about)
    if weight:
        found = found.filter(weight=weight)
    states = {
        OPEN: Q(answered=None),
        DRAFTED: Q(answered__isnull=False, answered__answer__released_at=None),
        RELEASED: Q(answered__answer__released_at__isnull=False),
    }
    return found.filter(states[state]) if state in states else found


def hear(consultation: Consultation, comments: Iterable[Comment]) -> list[Heard]:
    """Give comments as the authority reads them; the queryset brings what they need along."""
    lines = {target.id: target for section in targets(consultation) for target in section.targets}
    return [_heard(comment, lines[comment.target_id]) for comment in comments]


def _heard(comment: Comment, line: Target) -> Heard:
    answered = getattr(comment, "answered", None)
    moderation = getattr(comment, "moderation", None)
    return Heard(
        id=comment.pk,
        target=line,
        about=comment.get_about_display(),
        weight=comment.weight,
        proposed=comment.proposed_words,
        reason=comment.reason,
        sight=comment.get_sight_display(),
        who=APART if comment.sight == Comment.Sight.UNNAMED else str(comment.organisation),
        on=comment.received_at.astimezone(LONDON).date(),
        secret_reason=comment.secret_reason,
        secret_until=comment.secret_until,
        answer=answered.answer if answered else None,
        standings=tuple(comment.standings.all()),
        moderation=str(moderation) if moderation else "",
        effects=comment.effects,
    )


@dataclass(frozen=True)
class Owed:
    """How many comments still need an answer, have a draft, and have one that is released."""

    total: int
    open: int
    drafted: int
    released: int
    unlinked: int = 0

    @property
    def is_held(self) -> bool:
        """Tell whether a later version has to wait."""
        return self.released < self.total


def owed(consultation: Consultation) -> Owed:
    """Count what is left to answer, in two queries."""
    comments = Comment.objects.filter(consultation=consultation, is_withdrawn=False)
    found = comments.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(answered=None)),
        released=Count("pk", filter=Q(answered__answer__released_at__isnull=False)),
    )
    drafted = found["total"] - found["open"] - found["released"]
    unlinked = Answer.objects.filter(
        consultation=consultation, decision__in=["accepted", "partly"], change_key=""
    ).count()
    return Owed(found["total"], found["open"], drafted, found["released"], unlinked)


def held(programme: Programme) -> QuerySet[Comment]:
    """Give the comments on a programme that lack a released answer: publishing a later version waits for them."""
    found = Comment.objects.filter(consultation__version__programme=programme, is_withdrawn=False)
    return found.exclude(answered__answer__released_at__isnull=False)


def answers_editable_by(user: Reader) -> QuerySet[Answer]:
    """Give the answers of the consultations that a person may change."""
    mine = Answer.objects.filter(consultation__in=editable_by(user).values("pk"))
    return mine.select_related("consultation__version__programme__organisation")


def comments_editable_by(user: Reader) -> QuerySet[Comment]:
    """Give the comments that a person may answer or moderate for the authority."""
    mine = Comment.objects.filter(consultation__in=editable_by(user).values("pk"), is_withdrawn=False)
    return mine.select_related("consultation__version__programme__organisation", "moderation")


def alike(comment: Comment) -> QuerySet[Comment]:
    """Give the comments without an answer on the same line, those about the same first."""
    same = in_force(comment.consultation).filter(target_id=comment.target_id, answered=None).exclude(pk=comment.pk)
    return same.annotate(is_same=Q(about=comment.about)).order_by(F("is_same").desc(), "id")


def of_comments(comments: Sequence[Comment]) -> dict[UUID, Answer]:
    """Give the released answers to some comments."""
    found = Answer.objects.filter(answered__comment__in=comments, released_at__isnull=False)
    return {row.comment_id: row for row in found.annotate(comment_id=F("answered__comment"))}


def changes(consultation: Consultation) -> dict[str, str]:
    """Give what changed since the consulted version, by key: in the version shown next, else in the newest or draft."""
    old = read.of_version(consultation.version)
    later = consultation.next_version or _newest(consultation)
    new = read.of_version(later) if later else read.of_draft(consultation.version.programme)
    return line_fates.entries(snapshots.compare(old, new))


def changes_shown(consultation: Consultation) -> dict[str, str]:
    """Give what changed, by key, in the version that everybody who was asked may read; nothing before."""
    found = fates(consultation)
    return line_fates.entries(found.differences) if found else {}


def _newest(consultation: Consultation) -> Version | None:
    newest = consultation.version.programme.versions.first()
    return newest if newest and newest.pk != consultation.version_id else None


def led_to(answer: Answer, found: dict[str, str]) -> str:
    """Write what an answer led to, as it reads now; as it read when it was chosen where it is there no more."""
    return found.get(answer.change_key, answer.change_words)


def fates(consultation: Consultation) -> line_fates.Fates | None:
    """Tell what became of every line in the version that is shown next; nothing where none is shown yet."""
    if consultation.next_version is None:
        return None
    old, new = read.of_version(consultation.version), read.of_version(consultation.next_version)
    return line_fates.Fates(old, new, consultation.version_id)
