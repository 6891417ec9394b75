"""Reads what may be published of a consultation: comments whose authors made them public, with their answers."""

from dataclasses import dataclass

from django.db.models import QuerySet

from commissioning.core.tables import Column, Table
from tariffs.core.consultation_targets import Target
from tariffs.models import Answer, Comment, Consultation

from . import answers
from .consultations import targets

UNNAMED = "A provider"
LISTED = 20
LEFT_OUT = "The words of this comment are not published."


@dataclass(frozen=True)
class Published:
    """One comment as everybody may read it, with its answer."""

    target: Target
    who: str
    about: str
    weight: str
    proposed: str
    reason: str
    moderation: str
    answer: Answer
    led_to: str


def reported() -> QuerySet[Consultation]:
    """Give the consultations whose report is published."""
    found = Consultation.objects.filter(reported_at__isnull=False)
    return found.select_related("version__programme__organisation", "next_version")


def latest() -> QuerySet[Consultation]:
    """Give the reports that were published last."""
    return reported().order_by("-reported_at")[:LISTED]


def rows(consultation: Consultation) -> tuple[Published, ...]:
    """Give what may be published: public comments with a released answer, line by line.

    Of all others nothing is told, not even how many there are: taken from what is listed, a total would tell it.
    """
    lines = [target for section in targets(consultation) for target in section.targets]
    places = {target.id: place for place, target in enumerate(lines)}
    public = consultation.comments.filter(is_withdrawn=False, sight__in=[Comment.Sight.NAMED, Comment.Sight.UNNAMED])
    answered = public.filter(answered__answer__released_at__isnull=False)
    found = answered.select_related("organisation", "answered__answer", "moderation").order_by("id")
    changes = answers.changes_shown(consultation)
    listed = sorted(found, key=lambda comment: places[comment.target_id])
    return tuple(_published(comment, lines[places[comment.target_id]], changes) for comment in listed)


def _published(comment: Comment, line: Target, changes: dict[str, str]) -> Published:
    answer, moderation = comment.answered.answer, getattr(comment, "moderation", None)
    return Published(
        target=line,
        who=str(comment.organisation) if comment.sight == Comment.Sight.NAMED else UNNAMED,
        about=comment.get_about_display(),
        weight=comment.get_weight_display().split(":")[0],
        proposed="" if moderation else comment.proposed_words,
        reason=LEFT_OUT if moderation else comment.reason,
        moderation=moderation.get_code_display() if moderation else "",
        answer=answer,
        led_to=answers.led_to(answer, changes) if changes else "",
    )


def table(found: tuple[Published, ...]) -> Table:
    """Lay the report out as the one table that page, paper and CSV are made of."""
    headings = ("Line", "The draft says", "Who", "About", "Weight", "Instead", "You said", "Not published because")
    answered = ("Decision", "We did", "It led to")
    cells = tuple(
        (
            row.target.what,
            row.target.value,
            row.who,
            row.about,
            row.weight,
            row.proposed,
            row.reason,
            row.moderation,
            row.answer.get_decision_display(),
            row.answer.reason,
            row.led_to,
        )
        for row in found
    )
    return Table("You said, we did", tuple(Column(heading) for heading in (*headings, *answered)), cells)


def decisions(found: tuple[Published, ...]) -> list[tuple[str, int]]:
    """Count the listed comments by what was decided; whoever reads the list can count them too."""
    labels = [row.answer.get_decision_display() for row in found]
    return [(str(label), labels.count(label)) for label in Answer.Decision.labels if label in labels]
