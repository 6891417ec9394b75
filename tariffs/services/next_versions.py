"""Shows everybody who was asked the version that came of a consultation, and takes whether comments still stand."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.core.line_fates import Fate
from tariffs.models import Comment, CommentStanding, Consultation, LogEntry, Version

from . import answers, consultation_letters

UNCHANGED_LINE = "This line has not changed, so nothing is asked of it"


@transaction.atomic
def show(*, consultation: Consultation, version: Version, override: str, by: User) -> Consultation:
    """Show a later version to everybody who was asked, at one moment.

    It is held while a comment on the programme lacks a released answer, unless `override` says why not to wait.
    Whoever commented on a line that has changed is asked whether the comment still stands.
    """
    programme = consultation.version.programme
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied
    locked = Consultation.objects.select_for_update(of=("self",)).select_related("version").get(pk=consultation.pk)
    locked.version.programme = programme
    now = queries.consultations.now()
    if now < locked.closes_at:
        raise ValidationError("The consultation is still open")
    if version.programme_id != programme.pk or version.number <= locked.version.number:
        raise ValidationError({"version": "Choose a version that came after the one that was consulted on"})
    missing = answers.wait_for_all(programme, override)
    locked.next_version, locked.next_at = version, now
    locked.save(update_fields=["next_version", "next_at"])
    _tell(locked, version, by)
    detail = {
        "row": locked.pk,
        "name": str(version),
        "unanswered": missing,
        "reason": override if missing else "",
    }
    action = "showed the next version without all answers" if missing else "showed the next version"
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=detail)
    return locked


def _tell(consultation: Consultation, version: Version, by: User) -> None:
    """Put it into the log for everybody, and ask the authors of comments on lines that have changed."""
    assert consultation.next_at is not None
    said = f"Version {version.number} has come of this consultation. What became of each line stands beside the draft."
    at = consultation.next_at
    LogEntry.objects.create(consultation=consultation, kind="briefing", text=said, released_at=at, written_by=by)
    consultation_letters.owe(consultation, "news", consultation_letters.everybody_in(consultation), at)
    fates = queries.answers.fates(consultation)
    assert fates is not None
    lines = {line.id: line for section in queries.consultations.targets(consultation) for line in section.targets}
    spoke = consultation.comments.filter(is_withdrawn=False).values_list("target_id", "written_by")
    changed = {row for row, line in lines.items() if fates.of(line).fate is not Fate.SAME}
    consultation_letters.owe(consultation, "changed", [person for row, person in spoke if row in changed], at)


@transaction.atomic
def stand(*, comment: Comment, reply: str, words: str, by: User) -> CommentStanding:
    """Take from a comment's provider whether it still stands, now that its line has changed."""
    if not can(by, Ability.COMMENT, comment.organisation):
        raise PermissionDenied
    consultation = comment.consultation
    fates = queries.answers.fates(consultation)
    if fates is None or fates.of(queries.comments.target_of(comment)).fate is Fate.SAME:
        raise ValidationError(UNCHANGED_LINE)
    row, _ = CommentStanding.objects.update_or_create(
        comment=comment,
        version=consultation.next_version,
        defaults={"reply": reply, "words": words, "by": by, "at": queries.consultations.now()},
    )
    detail = {"row": comment.pk, "name": row.get_reply_display()}
    organisation = comment.organisation
    audit.record(
        by=by, action="said whether a comment stands", target=comment, organisation=organisation, detail=detail
    )
    return row
