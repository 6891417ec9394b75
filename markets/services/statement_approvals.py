"""Brings statements before the public: sent by one person, approved by another, amended, withdrawn.

Nobody publishes alone: whoever changed a statement last, or sent it, cannot approve it. The database holds it too.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from commissioning.models import User
from commissioning.permissions import Ability
from markets import queries
from markets.core import editions as core
from markets.models import EditionWithdrawal, PositionStatement, PublishedEdition

from . import statement_comments, statements

LONGEST_SLUG = 80
NOT_READY = "It cannot be published yet: see its checks."
MOVED_ON = "It has changed since you read it. Read it again, then publish."
SINCE_SENT = (
    "A fact that it takes from elsewhere, such as a date of the procurement, has changed since it was sent. Send it "
    "back, so that somebody looks at it and sends it again."
)


@transaction.atomic
def send(*, statement: PositionStatement, by: User) -> PositionStatement:
    """Send a statement for approval; from then on nobody changes it until it is decided on or taken back."""
    statement = statements.opened(statement, by)
    found = queries.statement_drafts.whole(_read(statement))
    if not queries.statement_checks.check(found).is_ready:
        raise ValidationError(NOT_READY)
    statement.state = PositionStatement.State.SENT
    statement.sent_by, statement.sent_at = by, timezone.now()
    statement.sent_sha256 = core.fingerprint(queries.statement_drafts.sent_text(found))
    _save(statement)
    statements.record(statement, by=by, action="sent a market position statement for approval")
    return statement


@transaction.atomic
def take_back(*, statement: PositionStatement, by: User) -> PositionStatement:
    """Take a statement back before it is decided on, to change it."""
    statement = _sent(statements.locked(statement), by, Ability.EDIT)
    _reopen(statement)
    statements.record(statement, by=by, action="took a market position statement back")
    return statement


@transaction.atomic
def send_back(*, statement: PositionStatement, reason: str, by: User) -> PositionStatement:
    """Send a statement back to be changed; what has to change becomes a comment that wants an answer."""
    statement = _sent(statements.locked(statement), by, Ability.APPROVE)
    _reopen(statement)
    statement_comments.say(statement=statement, text=reason, by=by)
    statements.record(statement, by=by, action="sent a market position statement back")
    return statement


@transaction.atomic
def publish(*, statement: PositionStatement, seen: str, by: User) -> PublishedEdition:
    """Approve a statement as it was `seen`, the hash of what the approver read, and publish it as its next edition."""
    statement = _sent(statements.locked(statement), by, Ability.APPROVE)
    if by.pk in (statement.changed_by_id, statement.sent_by_id):
        raise ValidationError("You changed it last or sent it yourself. Another approver has to approve it.")
    found = queries.statement_drafts.whole(_read(statement))
    text = core.write(queries.statement_drafts.edition(found, published_on=timezone.localdate()))
    _refuse_changed(statement, found, text, seen)
    edition = PublishedEdition(
        statement=statement,
        number=found.next_number,
        slug=found.last.slug if found.last else _free_slug(statement),
        text=text,
        sha256=seen,
        change_note=statement.change_note if found.last else "",
        written_by=statement.changed_by,
        sent_by=statement.sent_by,
        approved_by=by,
    )
    edition.full_clean(exclude=["title", "service", "authority", "areas"])
    edition.save(force_insert=True)
    statement.state = PositionStatement.State.PUBLISHED
    _clear(statement)
    action = "approved and published a market position statement"
    statements.record(statement, by=by, action=action, edition=edition.number, sha256=seen)
    return edition


def _refuse_changed(statement: PositionStatement, found: queries.statement_drafts.Whole, text: str, seen: str) -> None:
    if core.fingerprint(text) != seen:
        raise ValidationError(MOVED_ON)
    if core.fingerprint(queries.statement_drafts.sent_text(found)) != statement.sent_sha256:
        raise ValidationError(SINCE_SENT)
    if not queries.statement_checks.check(found).is_ready:
        raise ValidationError(NOT_READY)


@transaction.atomic
def amend(*, statement: PositionStatement, by: User) -> PositionStatement:
    """Begin the next edition from what was published last; it needs a note of what changes."""
    statement = statements.locked(statement)
    statements.refuse(by, Ability.EDIT, statement.organisation)
    if statement.state != PositionStatement.State.PUBLISHED:
        raise ValidationError("The next edition is being written already")
    statement.state, statement.change_note = PositionStatement.State.DRAFT, ""
    statement.changed_by, statement.changed_at = by, timezone.now()
    _save(statement)
    statements.record(statement, by=by, action="began the next edition of a market position statement")
    return statement


@transaction.atomic
def withdraw(*, statement: PositionStatement, reason: str, by: User) -> list[EditionWithdrawal]:
    """Take back every edition that stands. Its page says so, and why; the editions themselves are kept."""
    statement = statements.locked(statement)
    statements.refuse(by, Ability.APPROVE, statement.organisation)
    standing = PublishedEdition.objects.filter(statement=statement, withdrawal=None)
    marks = [EditionWithdrawal(edition=edition, reason=reason, withdrawn_by=by) for edition in standing]
    if not marks:
        raise ValidationError("Nothing is published that could be withdrawn")
    for mark in marks:
        mark.full_clean()
        mark.save(force_insert=True)
    statements.record(statement, by=by, action="withdrew a market position statement", editions=len(marks))
    return marks


def _read(statement: PositionStatement) -> PositionStatement:
    """Give the statement with all that its queries read along."""
    return PositionStatement.objects.select_related(
        "organisation__authority_details", "programme__procurement", "plan"
    ).get(pk=statement.pk)


def _sent(statement: PositionStatement, by: User, ability: Ability) -> PositionStatement:
    statements.refuse(by, ability, statement.organisation)
    if statement.state != PositionStatement.State.SENT:
        raise ValidationError("It does not wait for approval")
    return statement


def _reopen(statement: PositionStatement) -> None:
    statement.state = PositionStatement.State.DRAFT
    _clear(statement)


def _clear(statement: PositionStatement) -> None:
    statement.sent_by, statement.sent_at, statement.sent_sha256 = None, None, ""
    _save(statement)


def _save(statement: PositionStatement) -> None:
    statement.full_clean()
    statement.save()


def _free_slug(statement: PositionStatement) -> str:
    """Give an address that no edition ever had."""
    wished = slugify(f"{statement.organisation.name} {statement.title}")[:LONGEST_SLUG].strip("-") or "statement"
    slug, number = wished, 1
    while PublishedEdition.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wished}-{number}"
    return slug
