"""Reads comments as their own provider sees them: beside the draft's lines, one by one, and their receipts."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from commissioning.models import Organisation
from commissioning.permissions import Ability
from tariffs.core.consultation_targets import Kind, Target
from tariffs.core.line_fates import Became
from tariffs.models import Answer, Comment, CommentStanding, Consultation, Receipt

from . import answers
from .consultations import Reader, providers_of, targets


@dataclass(frozen=True)
class Line:
    """One line of the draft with the reader's own comments on it."""

    target: Target
    comments: tuple[Comment, ...]
    became: Became | None


@dataclass(frozen=True)
class Part:
    """Lines of one kind."""

    kind: Kind
    title: str
    lines: tuple[Line, ...]


def of_houses(consultation: Consultation, houses: Sequence[Organisation]) -> QuerySet[Comment]:
    """Give what some providers said in a consultation."""
    mine = consultation.comments.filter(organisation__in=houses)
    return mine.select_related("organisation", "written_by").order_by("received_at", "id")


def beside(consultation: Consultation, houses: Sequence[Organisation]) -> tuple[Part, ...]:
    """Give the draft line by line, each line with what these providers said of it."""
    said: dict[UUID, list[Comment]] = defaultdict(list)
    if houses:
        for comment in of_houses(consultation, houses).filter(is_withdrawn=False):
            said[comment.target_id].append(comment)
    fates = answers.fates(consultation)
    return tuple(
        Part(
            section.kind,
            section.title,
            tuple(
                Line(target, tuple(said.get(target.id, ())), fates.of(target) if fates else None)
                for target in section.targets
            ),
        )
        for section in targets(consultation)
    )


def visible_to(user: Reader) -> QuerySet[Comment]:
    """Give the comments of the providers that the person belongs to."""
    return _all().filter(organisation__in=providers_of(user, Ability.VIEW).values("pk"))


def editable_by(user: Reader) -> QuerySet[Comment]:
    """Give the comments that the person may replace or take back while their consultation is open."""
    return _all().filter(organisation__in=providers_of(user, Ability.COMMENT).values("pk"))


def _all() -> QuerySet[Comment]:
    return Comment.objects.select_related("consultation__version__programme__organisation", "organisation")


def receipts_of(user: Reader) -> QuerySet[Receipt]:
    """Give the receipts of the providers that the person belongs to."""
    mine = Receipt.objects.filter(organisation__in=providers_of(user, Ability.VIEW).values("pk"))
    return mine.select_related("comment__consultation__version__programme__organisation", "organisation")


def receipt_of(organisation: Organisation, key: UUID) -> Receipt | None:
    """Give the receipt of a form that was sent before."""
    return Receipt.objects.filter(organisation=organisation, key=key).select_related("comment").first()


def target_of(comment: Comment) -> Target:
    """Give the line that a comment is about, as the consulted version has it."""
    found = (target for section in targets(comment.consultation) for target in section.targets)
    return next(target for target in found if target.id == comment.target_id)


def target_in(consultation: Consultation, target_id: UUID) -> Target | None:
    """Give a line of the consulted version by its permanent id."""
    found = (target for section in targets(consultation) for target in section.targets)
    return next((target for target in found if target.id == target_id), None)


def last_receipt(comment: Comment) -> Receipt:
    """Give the receipt of a comment as it stands now."""
    return comment.receipts.latest("received_at")


@dataclass(frozen=True)
class Own:
    """One of the reader's own comments: its line, its answer once released, and what became of the line."""

    target: Target
    comment: Comment
    answer: Answer | None
    led_to: str
    became: Became | None
    standing: CommentStanding | None


def with_lines(consultation: Consultation, said: Sequence[Comment]) -> list[Own]:
    """Give comments with their lines, their answers, and what became of them."""
    lines = {target.id: target for section in targets(consultation) for target in section.targets}
    found, fates = answers.of_comments(said), answers.fates(consultation)
    changes = answers.changes_shown(consultation)
    rows = []
    for comment in said:
        answer, line = found.get(comment.pk), lines[comment.target_id]
        standings = {each.version_id: each for each in comment.standings.all()}
        standing = standings.get(consultation.next_version_id) if consultation.next_version_id else None
        # Nobody reads of a change before everybody who was asked can.
        led_to = answers.led_to(answer, changes) if answer and fates else ""
        rows.append(Own(line, comment, answer, led_to, fates.of(line) if fates else None, standing))
    return rows


#: What a receipt's page shows, in words.
FIELDS = {
    "line": "About",
    "line_says": "The draft says",
    "about": "What it is about",
    "weight": "How much it matters",
    "proposed": "Instead",
    "reason": "Reason",
    "who_may_see_it": "Who may see it",
    "confidential_because": "Confidential because",
    "confidential_until": "Confidential until",
    "taken_back": "Taken back",
}
CHOICES: dict[str, dict[str, str]] = {
    "about": dict(Comment.About.choices),
    "weight": dict(Comment.Weight.choices),
    "who_may_see_it": dict(Comment.Sight.choices),
}


def fields(receipt: Receipt) -> list[tuple[str, str]]:
    """Read a receipt as its page shows it."""
    found: dict[str, str] = json.loads(receipt.text)
    shown = ((words, CHOICES.get(name, {}).get(found[name], found[name])) for name, words in FIELDS.items())
    return [(words, value) for words, value in shown if value]
