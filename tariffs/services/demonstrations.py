"""Builds the demonstration: the cast's accounts, and the worked example as a programme of their authority."""

from importlib.resources import files

from django.db import transaction
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import Programme
from commissioning.permissions import Ability, can
from commissioning.services import demonstrations
from commissioning.services.demonstrations import Account

from . import made_up_panels, programmes


@transaction.atomic
def build() -> list[Account]:
    """Make the accounts and import the worked example, or find them again; give the ways to sign in."""
    accounts = demonstrations.accounts()
    editor = next(account for account in accounts if can(account.user, Ability.EDIT, account.organisation))
    if not _has_example(editor):
        programmes.import_file(organisation=editor.organisation, text=worked_example(), by=editor.user, is_example=True)
    example = _examples(editor).earliest("created_at")
    made_up_panels.build(programme=example, by=editor.user)
    return accounts


def worked_example() -> bytes:
    """Read the product's own copy of the worked example."""
    return files("tariffs").joinpath("examples", "work-programme.json").read_bytes()


def _has_example(account: Account) -> bool:
    return _examples(account).exists()


def _examples(account: Account) -> QuerySet[Programme]:
    mine = commissioning_queries.programmes.visible_to(account.user)
    return mine.filter(is_example=True, organisation=account.organisation)
