"""Writes people: their accounts, opened only by an invitation or for a demonstration."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from commissioning.models import Organisation, User

from . import audit


@transaction.atomic
def open_account(*, email: str, name: str, password: str, organisation: Organisation, by: User | None = None) -> User:
    """Open an account whose e-mail address is known to be the person's own, because an invitation reached it."""
    person = User(email=email.lower(), name=name)
    _refuse_weak(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(
        by=by or person,
        action="opened an account",
        target=person,
        organisation=organisation,
        detail={"person": person.pk},
    )
    return person


def _refuse_weak(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


@transaction.atomic
def disable(*, person: User, by: User | None) -> User:
    """Stop a person from signing in. Sessions that are open end with their next request."""
    return _set_active(person, active=False, by=by, action="disabled an account")


@transaction.atomic
def restore(*, person: User, by: User | None) -> User:
    """Let a person sign in again."""
    return _set_active(person, active=True, by=by, action="restored an account")


def _set_active(person: User, *, active: bool, by: User | None, action: str) -> User:
    person.is_active = active
    person.save(update_fields=["is_active"])
    audit.record(by=by, action=action, target=person, organisation=None, detail={"person": person.pk})
    return person


@transaction.atomic
def reset_password(*, person: User, password: str, by: User | None) -> User:
    """Give a person a new password. Their open sessions end with the next request."""
    _refuse_weak(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(by=by, action="reset a password", target=person, organisation=None, detail={"person": person.pk})
    return person


@transaction.atomic
def forget_second_factor(*, person: User, by: User | None) -> None:
    """Let a person who lost both app and recovery codes set up anew. They still need their password."""
    Authenticator.objects.filter(user=person).delete()
    audit.record(by=by, action="forgot a second factor", target=person, organisation=None, detail={"person": person.pk})


def note_password_changed(*, user: User) -> None:
    """Put a changed password on record. Django itself ends the person's other sessions."""
    audit.record(by=user, action="changed a password", target=user, organisation=None, detail={"person": user.pk})
