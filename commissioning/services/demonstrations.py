"""Makes the organisations and accounts of a demonstration, and refuses to do so anywhere else."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from commissioning import queries
from commissioning.models import ROLES_OF_KIND, Organisation, Role, User

from . import memberships, organisations, people

WORDS = ("amber", "barley", "cobalt", "dapple", "ember", "fathom", "garnet", "harbour", "indigo", "juniper")
AUTHORITY = "Demonstration authority (Department for Work and Pensions example)"
OTHER_AUTHORITY = "Another demonstration authority"
PROVIDER = "Demonstration provider"
OTHER_PROVIDER = "Another demonstration provider"


@dataclass(frozen=True)
class Account:
    """One way to sign in to the demonstration."""

    user: User
    organisation: Organisation
    role: Role
    password: str


CAST: tuple[tuple[str, str, str, Role], ...] = (
    ("commissioner@demo.example", "Amina Commissioner", AUTHORITY, Role.EDITOR),
    ("approver@demo.example", "Bob Approver", AUTHORITY, Role.APPROVER),
    ("viewer@demo.example", "Vera Viewer", AUTHORITY, Role.VIEWER),
    ("other@demo.example", "Charlie Elsewhere", OTHER_AUTHORITY, Role.APPROVER),
    ("provider@demo.example", "Dilys Bid-Writer", PROVIDER, Role.BID_WRITER),
    ("competitor@demo.example", "Emlyn Bid-Writer", OTHER_PROVIDER, Role.BID_WRITER),
)


@transaction.atomic
def accounts() -> list[Account]:
    """Make, or find again, the demonstration's organisations and people, each with a way to sign in."""
    if not settings.DEMO:
        raise RuntimeError("Demonstration accounts are made only where PBR_DEMO is set")
    return [_account(*member) for member in CAST]


def _account(email: str, name: str, organisation_name: str, role: Role) -> Account:
    is_provider = role in ROLES_OF_KIND[Organisation.Kind.PROVIDER]
    organisation = _organisation(
        organisation_name, Organisation.Kind.PROVIDER if is_provider else Organisation.Kind.AUTHORITY
    )
    password = password_of(email)
    person = queries.people.by_email(email)
    if person is None:
        person = people.open_account(email=email, name=name, password=password, organisation=organisation)
        memberships.add(user=person, organisation=organisation, role=role, by=None)
    elif not person.check_password(password):
        people.reset_password(person=person, password=password, by=None)
    return Account(user=person, organisation=organisation, role=role, password=password)


def password_of(email: str) -> str:
    """Work out a demonstration password from this copy's secret key, so that each start can print it again."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demonstration {email}".encode(), hashlib.sha256)
    words = [WORDS[byte % len(WORDS)] for byte in digest[:2]]
    return "-".join([*words, base64.b32encode(digest[2:7]).decode().lower()])


def _organisation(name: str, kind: str) -> Organisation:
    found = queries.organisations.demonstration(name)
    return found or organisations.create(name=name, kind=kind, by=None, is_demonstration=True)
