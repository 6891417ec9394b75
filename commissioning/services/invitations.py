"""Writes invitations: sending, withdrawing and accepting them."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from commissioning import queries
from commissioning.core import letters
from commissioning.models import Invitation, Membership, Organisation, Role, User

from . import audit, memberships, people

VALID_DAYS = 7
TOKEN_BYTES = 32


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, role: str, by: User | None, link: Callable[[str], str]
) -> tuple[Invitation, str]:
    """Invite someone by e-mail; `link` turns the secret into a full address. Returns that address too.

    An older open invitation to the same address is withdrawn, so that one link works at a time.
    """
    # One invitation at a time for an organisation, so that two to the same address cannot cross.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _refuse_member(organisation, email)
    _withdraw_older(organisation, email)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        organisation=organisation,
        email=email.lower(),
        role=role,
        invited_by=by,
        token_hash=queries.invitations.hash_of(token),
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    _record(invitation, by=by, action="invited someone")
    address = link(token)
    transaction.on_commit(lambda: _send(invitation, address), robust=True)
    return invitation, address


def _refuse_member(organisation: Organisation, email: str) -> None:
    person = queries.people.by_email(email)
    if person and queries.memberships.of_organisation(organisation).filter(user=person).exists():
        raise ValidationError({"email": f"This person already belongs to {organisation}"})


def _withdraw_older(organisation: Organisation, email: str) -> None:
    """Make room: an invitation that lapsed unanswered still holds its place in the database's one-open rule."""
    waiting = Invitation.objects.filter(organisation=organisation, email=email.lower())
    waiting.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _send(invitation: Invitation, address: str) -> None:
    letter = letters.invitation(
        organisation=invitation.organisation.name,
        role=Role(invitation.role).label,
        invited_by=str(invitation.invited_by or ""),
        link=address,
        days=VALID_DAYS,
    )
    send_mail(letter.subject, letter.body, None, [invitation.email])


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> Invitation:
    """Take an invitation back. Its link stops working."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record(invitation, by=by, action="withdrew an invitation")
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """Accept as a person who has an account under the invited address."""
    if by.email != invitation.email:
        raise ValidationError("This invitation is for another email address")
    _use(invitation)
    return memberships.add(user=by, organisation=invitation.organisation, role=invitation.role, by=by)


@transaction.atomic
def accept_with_new_account(*, invitation: Invitation, name: str, password: str) -> User:
    """Accept as a person without an account: open one and make them a member."""
    # First of all, so that a second press of the button waits here and is then told.
    _use(invitation)
    if queries.people.by_email(invitation.email):
        raise ValidationError("There is an account with this email address. Sign in to accept.")
    person = people.open_account(
        email=invitation.email, name=name, password=password, organisation=invitation.organisation
    )
    memberships.add(user=person, organisation=invitation.organisation, role=invitation.role, by=person)
    return person


def _use(invitation: Invitation) -> None:
    """Mark the link as used; of two people who press at once, one is told that it is."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.filter(expires_at__gt=timezone.now()).update(accepted_at=timezone.now()):
        raise ValidationError("This invitation was used already, was withdrawn or is too old")


def _record(invitation: Invitation, *, by: User | None, action: str) -> None:
    audit.record(
        by=by,
        action=action,
        target=invitation,
        organisation=invitation.organisation,
        detail={"role": invitation.role},
    )
