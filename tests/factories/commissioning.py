"""People and organisations: the least that is valid, and the cast that every test knows.

Amina edits, Bob approves and Vera views for the same authority; Charlie approves for another authority; Dilys writes
bids for a provider.
"""

import time
from dataclasses import dataclass
from itertools import count

from allauth.account.models import EmailAddress
from django.test import Client

from commissioning.models import Membership, Organisation, Role, User

PASSWORD = "three random words"
_numbers = count(1)


def organisation(name: str = "", kind: str = Organisation.Kind.AUTHORITY) -> Organisation:
    return Organisation.objects.create(name=name or f"Council {next(_numbers)}", kind=kind)


def person(name: str = "", *, email: str = "") -> User:
    number = next(_numbers)
    made = User(name=name or f"Person {number}", email=email or f"person{number}@example.org")
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def member(of: Organisation, role: str, name: str = "", *, email: str = "") -> User:
    made = person(name, email=email)
    Membership.objects.create(user=made, organisation=of, role=role)
    return made


def client_of(user: User | None, *, confirmed: bool = True) -> Client:
    """Return a browser in which the person is signed in, a moment ago unless `confirmed` is false."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    if user is not None and confirmed:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


@dataclass(frozen=True)
class Cast:
    """The people of most stories and where they belong."""

    authority: Organisation
    amina: User
    bob: User
    vera: User
    elsewhere: Organisation
    charlie: User
    provider: Organisation
    dilys: User


def cast() -> Cast:
    authority = organisation("Anytown Council")
    elsewhere = organisation("Elsewhere Council")
    provider = organisation("Helping Hands", Organisation.Kind.PROVIDER)
    return Cast(
        authority=authority,
        amina=member(authority, Role.EDITOR, "Amina", email="amina@example.org"),
        bob=member(authority, Role.APPROVER, "Bob", email="bob@example.org"),
        vera=member(authority, Role.VIEWER, "Vera", email="vera@example.org"),
        elsewhere=elsewhere,
        charlie=member(elsewhere, Role.APPROVER, "Charlie", email="charlie@example.org"),
        provider=provider,
        dilys=member(provider, Role.BID_WRITER, "Dilys", email="dilys@example.org"),
    )
