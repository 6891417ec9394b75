"""Builds the demonstration: the cast's accounts, and the worked example as a programme of their authority."""

from importlib.resources import files
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import Organisation, Programme, Role
from commissioning.permissions import Ability, can
from commissioning.services import demonstrations, made_up_rooms
from commissioning.services.demonstrations import Account

from . import made_up_panels, programmes, starts

OTHER = {"name": "Help to find work (made up)", "referral_months": 24, "contract_months": 36}


@transaction.atomic
def build() -> list[Account]:
    """Make the accounts and import the worked example, or find them again; give the ways to sign in."""
    accounts = demonstrations.accounts()
    editor = next(account for account in accounts if can(account.user, Ability.EDIT, account.organisation))
    if not _has_example(editor):
        programmes.import_file(organisation=editor.organisation, text=worked_example(), by=editor.user, is_example=True)
    example = _examples(editor).earliest("created_at")
    made_up_panels.build(programme=example, by=editor.user)
    approver = _approver(accounts, example.organisation)
    made_up_rooms.build(programme=example, by=editor.user, approver=approver.user)
    if not made_up_rooms.is_open():
        _open_a_room(accounts)
    return accounts


def _open_a_room(accounts: list[Account]) -> None:
    """Start a programme of the other authority, in whose outcomes room anybody may take part."""
    other = next(each for each in accounts if each.organisation.name == demonstrations.OTHER_AUTHORITY)
    started = starts.from_nothing(organisation=other.organisation, values=OTHER, key=uuid4(), by=other.user)
    made_up_rooms.build_open(programme=started, by=other.user)


def _approver(accounts: list[Account], organisation: Organisation) -> Account:
    mine = (each for each in accounts if each.organisation == organisation)
    return next(each for each in mine if each.role == Role.APPROVER)


def worked_example() -> bytes:
    """Read the product's own copy of the worked example."""
    return files("tariffs").joinpath("examples", "work-programme.json").read_bytes()


def _has_example(account: Account) -> bool:
    return _examples(account).exists()


def _examples(account: Account) -> QuerySet[Programme]:
    mine = commissioning_queries.programmes.visible_to(account.user)
    return mine.filter(is_example=True, organisation=account.organisation)
