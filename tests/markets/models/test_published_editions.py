"""A published edition never changes and never goes, whichever way it is tried, and nobody publishes alone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import serializers
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from commissioning.core.canonical import sha256
from markets.core import editions as core
from markets.models import EditionWithdrawal, PublishedEdition, StatementFigure
from markets.services import statement_approvals
from tests.factories import statements
from tests.factories.commissioning import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def edition(people: Cast) -> PublishedEdition:
    return statements.published(people.authority, by=people.amina, approver=people.bob)


def sql(text: str) -> Callable[[Any], None]:
    def run(_edition: PublishedEdition) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    return run


def save(edition: PublishedEdition) -> None:
    edition.text = edition.text.replace("buy", "sell")
    edition.sha256 = core.fingerprint(edition.text)
    edition.save()


def load_as_a_fixture(edition: PublishedEdition) -> None:
    edition.change_note = "Other words"
    for each in serializers.deserialize("json", serializers.serialize("json", [edition])):
        each.save()


def columns(edition: PublishedEdition, **given: Any) -> dict[str, Any]:
    fields = [field for field in PublishedEdition._meta.concrete_fields if not field.generated]
    return {field.attname: getattr(edition, field.attname) for field in fields} | given


def put_over(edition: PublishedEdition) -> None:
    PublishedEdition.objects.bulk_create(
        [PublishedEdition(**columns(edition, change_note="Other words"))],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["change_note"],
    )


def bulk_update(edition: PublishedEdition) -> None:
    edition.slug = "elsewhere"
    PublishedEdition.objects.bulk_update([edition], ["slug"])


TABLE = "markets_publishededition"
ATTACKS: dict[str, Callable[[PublishedEdition], object]] = {
    "save": save,
    "save one field": lambda edition: PublishedEdition(pk=edition.pk, slug="x").save(update_fields=["slug"]),
    "update of a queryset": lambda _edition: PublishedEdition.objects.update(slug="x"),
    "update with an expression": lambda _edition: PublishedEdition.objects.update(number=models.F("number") + 1),
    "bulk update": bulk_update,
    "update or create": lambda edition: PublishedEdition.objects.update_or_create(
        pk=edition.pk, defaults={"slug": "x"}
    ),
    "upsert": put_over,
    "loading a fixture": load_as_a_fixture,
    "delete": lambda edition: edition.delete(),
    "delete of a queryset": lambda _edition: PublishedEdition.objects.all().delete(),
    "delete without looking": lambda _edition: PublishedEdition.objects.all()._raw_delete("default"),
    "delete of the statement": lambda edition: edition.statement.delete(),
    "delete of statements": lambda edition: type(edition.statement).objects.all().delete(),
    "delete of the authority": lambda edition: edition.statement.organisation.delete(),
    "delete of who approved it": lambda edition: edition.approved_by.delete(),
    "delete of who wrote it": lambda edition: edition.written_by.delete(),
    "SQL update of the text and its hash": sql(
        f"UPDATE {TABLE} SET text = '{{}}', sha256 = encode(sha256(convert_to('{{}}', 'UTF8')), 'hex')"
    ),
    "SQL update of who approved it": sql(f"UPDATE {TABLE} SET approved_by_id = written_by_id"),
    "SQL update of the address": sql(f"UPDATE {TABLE} SET slug = 'elsewhere'"),
    "SQL update that changes nothing": sql(f"UPDATE {TABLE} SET slug = slug"),
    "SQL update from a query": sql(f"WITH v AS (SELECT id FROM {TABLE}) UPDATE {TABLE} SET number = 7"),
    "SQL merge": sql(
        f"MERGE INTO {TABLE} a USING {TABLE} b ON a.id = b.id WHEN MATCHED THEN UPDATE SET change_note = 'x'"
    ),
    "SQL delete": sql(f"DELETE FROM {TABLE}"),
    "SQL delete of the statement": sql("DELETE FROM markets_positionstatement"),
    "SQL delete of the authority": sql("DELETE FROM commissioning_organisation"),
    "truncate": sql(f"TRUNCATE {TABLE} CASCADE"),
    "truncate of the statements": sql("TRUNCATE markets_positionstatement CASCADE"),
}


@pytest.mark.promise("D2")
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_edition_stays_as_it_was_published(
    edition: PublishedEdition, attack: Callable[[PublishedEdition], object]
) -> None:
    before = PublishedEdition.objects.values().get()

    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        attack(edition)
        # A foreign key that waits for the end of the transaction is looked at now.
        sql("SET CONSTRAINTS ALL IMMEDIATE")(edition)

    assert PublishedEdition.objects.values().get() == before


@pytest.mark.promise("D2")
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE markets_editionwithdrawal SET reason = 'Other'",
        "DELETE FROM markets_editionwithdrawal",
        "TRUNCATE markets_editionwithdrawal",
    ],
)
def test_a_withdrawal_stays_and_the_edition_with_it(people: Cast, edition: PublishedEdition, attack: str) -> None:
    statement_approvals.withdraw(statement=edition.statement, reason="The dates were wrong", by=people.bob)

    with pytest.raises(DatabaseError), transaction.atomic():
        sql(attack)(edition)

    assert EditionWithdrawal.objects.get().reason == "The dates were wrong"


@pytest.mark.promise("D9")
@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"number": 1}, "published_edition_number_once"),
        ({"number": 0}, "published_edition_numbers_from_1"),
        ({"change_note": ""}, "published_edition_says_what_changed"),
        ({"sha256": sha256("other words")}, "published_edition_hash_is_of_its_text"),
    ],
)
def test_the_database_keeps_the_rules_of_an_edition(
    edition: PublishedEdition, given: dict[str, object], rule: str
) -> None:
    usual = columns(edition, id=uuid4(), number=2, change_note="Dates moved")

    with pytest.raises(IntegrityError, match=rule):
        PublishedEdition.objects.create(**usual | given)


@pytest.mark.promise("S12")
@pytest.mark.parametrize("role", ["written_by_id", "sent_by_id"])
def test_the_database_takes_no_edition_approved_by_who_wrote_or_sent_it(edition: PublishedEdition, role: str) -> None:
    usual = columns(edition, id=uuid4(), number=2, change_note="Dates moved")

    with pytest.raises(IntegrityError, match="published_edition_by_a_second_person"):
        PublishedEdition.objects.create(**usual | {role: edition.approved_by_id})


@pytest.mark.promise("D9")
@pytest.mark.parametrize("given", [{"number": 3}, {"number": 2, "slug": "elsewhere"}])
def test_editions_follow_each_other_at_the_same_address(edition: PublishedEdition, given: dict[str, object]) -> None:
    usual = columns(edition, id=uuid4(), change_note="Dates moved")

    with pytest.raises(DatabaseError, match="follows the one before"):
        PublishedEdition.objects.create(**usual | given)


@pytest.mark.promise("D9")
def test_no_address_is_ever_used_for_another_statement(people: Cast, edition: PublishedEdition) -> None:
    other = statements.ready(people.authority, people.amina)

    with pytest.raises(IntegrityError, match="published_edition_address_once"):
        PublishedEdition.objects.create(**columns(edition, id=uuid4(), statement_id=other.pk))


def test_lists_read_what_the_text_says(edition: PublishedEdition) -> None:
    edition.refresh_from_db()

    assert (edition.title, edition.service, edition.authority) == ("Help into work", "Employment", "Anytown Council")
    assert edition.areas == ["E09000003"]
    assert str(edition) == "Edition 1"
    assert edition.to_core().title == edition.title


def test_a_figure_that_was_put_in_cannot_be_changed(people: Cast) -> None:
    figure = statements.put_in(statements.started(people.authority, people.amina), by=people.amina)

    with pytest.raises(DatabaseError), transaction.atomic():
        StatementFigure.objects.filter(pk=figure.pk).update(title="Other words")

    assert StatementFigure.objects.get().title == "Referrals"
