"""Writes what providers say in a consultation: given, replaced, taken back; each time with a receipt.

Nothing here waits for another provider: rows, locks and the audit log's chain are all of the provider's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction

from commissioning.core.canonical import canonical_json, sha256
from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.core import comment_receipts
from tariffs.core.consultation_targets import Target
from tariffs.models import Comment, Consultation, Receipt
from tariffs.models.comments import NOT_OPEN


class ClosedError(Exception):
    """The database took nothing, because the consultation is not open by its clock."""


class ReplacedError(Exception):
    """A colleague replaced the comment after this page was opened; nothing was taken."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        super().__init__(str(comment.pk))


@dataclass(frozen=True)
class Place:
    """Who speaks, in which consultation, about which line."""

    consultation: Consultation
    organisation: Organisation
    target: Target


@dataclass(frozen=True)
class Said:
    """What a provider says of a line."""

    about: str
    weight: str
    reason: str
    sight: str
    entry: str = ""
    proposed: str = ""
    secret_reason: str = ""
    secret_until: date | None = None
    trial: dict[str, Any] | None = None


def give(*, place: Place, said: Said, key: UUID, by: User) -> Receipt:
    """Take a comment, and give its receipt. A form sent twice makes one comment with one receipt.

    `key` comes from the form and becomes the comment's id. Raises ClosedError outside the consultation's time.
    """
    if not queries.consultations.voices(place.consultation, by).filter(pk=place.organisation.pk).exists():
        raise PermissionDenied
    try:
        with _in_time():
            comment = Comment(
                id=key,
                consultation=place.consultation,
                organisation=place.organisation,
                target_kind=place.target.kind,
                target_id=place.target.id,
            )
            return _store(comment, said, place.target, key, by, is_new=True)
    except IntegrityError:
        # Sent twice: the first one's receipt. A key that somebody else has used is no business of this provider.
        if there := queries.comments.receipt_of(place.organisation, key):
            return there
        if not Comment.objects.filter(pk=key).exists():
            raise
        return give(place=place, said=said, key=uuid4(), by=by)


def replace(*, comment: Comment, said: Said, key: UUID, seen: str, by: User) -> Receipt:
    """Take other words in place of a comment's; `seen` is the hash of the receipt that the page showed."""
    return _again(comment, said, key, seen, by)


def withdraw(*, comment: Comment, key: UUID, by: User) -> Receipt:
    """Take a comment back; a second press finds it taken back."""
    return _again(comment, None, key, None, by)


def _again(comment: Comment, said: Said | None, key: UUID, seen: str | None, by: User) -> Receipt:
    if not can(by, Ability.COMMENT, comment.organisation):
        raise PermissionDenied
    target = queries.comments.target_of(comment)
    with _in_time():
        locked = Comment.objects.select_for_update().get(pk=comment.pk)
        if there := queries.comments.receipt_of(comment.organisation, key):
            return there
        last = locked.receipts.latest("received_at")
        if said is None and locked.is_withdrawn:
            return last
        if locked.is_withdrawn or (seen is not None and seen != last.sha256):
            raise ReplacedError(locked)
        locked.consultation, locked.organisation = comment.consultation, comment.organisation
        return _store(locked, said, target, key, by, is_new=False)


def _store(comment: Comment, said: Said | None, target: Target, key: UUID, by: User, *, is_new: bool) -> Receipt:
    """Store a comment with its receipt; the database says whether it is in time, and when that was."""
    for name, value in asdict(said).items() if said else ():
        setattr(comment, name, value)
    comment.is_withdrawn, comment.written_by = said is None, by
    # Rows that others hold are left alone; what is one of several choices the database checks again.
    comment.clean_fields(exclude=["consultation", "organisation", "written_by", "received_at"])
    comment.save(force_insert=is_new, force_update=not is_new)
    if not is_new:
        comment.refresh_from_db(fields=["received_at"])
    text = comment_receipts.text(_as_text(comment, target), received_at=comment.received_at)
    receipt = Receipt(
        comment=comment,
        organisation=comment.organisation,
        key=key,
        text=text,
        sha256=sha256(text),
        written_by=by,
        received_at=comment.received_at,
    )
    receipt.save(force_insert=True)
    done = "took a comment back" if said is None else "gave a comment" if is_new else "replaced a comment"
    # In the provider's own log, which nobody else reads; what was said stands in the receipt alone.
    detail = {"row": comment.pk, "name": "a comment", "receipt": receipt.sha256}
    audit.record(by=by, action=done, target=comment, organisation=comment.organisation, detail=detail)
    return receipt


def _as_text(comment: Comment, target: Target) -> dict[str, str]:
    """Write every field of a comment for its receipt."""
    consultation = comment.consultation
    return {
        "consultation": str(consultation.pk),
        "version_sha256": consultation.version.inputs_sha256,
        "comment": str(comment.pk),
        "organisation": str(comment.organisation),
        "line_kind": comment.target_kind,
        "line_id": str(comment.target_id),
        "line": target.what,
        "line_says": target.value,
        "about": comment.about,
        "weight": comment.weight,
        "proposed": comment.proposed_words,
        "reason": comment.reason,
        "who_may_see_it": comment.sight,
        "what_it_changes": canonical_json(comment.trial) if comment.trial else "",
        "confidential_because": comment.secret_reason,
        "confidential_until": comment.secret_until.isoformat() if comment.secret_until else "",
        "taken_back": "yes" if comment.is_withdrawn else "no",
    }


@contextmanager
def _in_time() -> Iterator[None]:
    """Open one transaction, in which the database's refusal of a comment out of time is told as ClosedError."""
    try:
        with transaction.atomic():
            yield
    except InternalError as error:
        if NOT_OPEN in str(error):
            raise ClosedError from None
        raise
