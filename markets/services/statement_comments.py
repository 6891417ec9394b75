"""Writes what colleagues say of a statement before it is published, and what is answered."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning.models import User
from commissioning.permissions import Ability
from markets.core.statement_sections import sections
from markets.models import PositionStatement, StatementComment

from . import statements


@transaction.atomic
def say(*, statement: PositionStatement, text: str, section: str = "", by: User) -> StatementComment:
    """Say something of a statement or of one of its sections; it can be said at any time, and is never public."""
    statements.refuse(by, Ability.EDIT, statement.organisation)
    if section and section not in sections():
        raise ValidationError({"section": "There is no such section"})
    comment = StatementComment(statement=statement, section=section, text=text, said_by=by)
    comment.full_clean()
    comment.save(force_insert=True)
    statements.record(statement, by=by, action="commented on a market position statement", section=section)
    return comment


@transaction.atomic
def answer(*, comment: StatementComment, text: str, by: User) -> StatementComment:
    """Answer a comment, once."""
    comment = StatementComment.objects.select_for_update(of=("self",)).select_related("statement").get(pk=comment.pk)
    statements.refuse(by, Ability.EDIT, comment.statement.organisation)
    if comment.is_answered:
        raise ValidationError("Somebody answered this meanwhile")
    comment.answer, comment.answered_by, comment.answered_at = text, by, timezone.now()
    comment.full_clean()
    comment.save()
    statements.record(comment.statement, by=by, action="answered a comment on a market position statement")
    return comment
