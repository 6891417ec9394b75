"""A version never changes and never goes, whichever way it is tried."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import serializers
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from commissioning.core.canonical import sha256
from tariffs.models import Version
from tariffs.services import versions
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    programme = imported()
    return versions.freeze(programme=programme, note="The first", by=programme.created_by)


def sql(text: str) -> Callable[[Version], None]:
    def run(_version: Version) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    return run


def save(version: Version) -> None:
    version.note = "Other words"
    version.save()


def load_as_a_fixture(version: Version) -> None:
    version.note = "Other words"
    text = serializers.serialize("json", [version])
    for each in serializers.deserialize("json", text):
        each.save()


def put_over(version: Version) -> None:
    Version.objects.bulk_create(
        [
            Version(
                **{field.attname: getattr(version, field.attname) for field in Version._meta.concrete_fields}
                | {"note": "Other words"}
            )
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["note"],
    )


def bulk_update(version: Version) -> None:
    version.note = "Other words"
    Version.objects.bulk_update([version], ["note"])


ATTACKS: dict[str, Callable[[Version], object]] = {
    "save": save,
    "save one field": lambda version: Version(pk=version.pk, note="Other words").save(update_fields=["note"]),
    "update of a queryset": lambda _version: Version.objects.update(note="Other words"),
    "update with an expression": lambda _version: Version.objects.update(number=models.F("number") + 1),
    "bulk update": bulk_update,
    "update or create": lambda version: Version.objects.update_or_create(pk=version.pk, defaults={"note": "Other"}),
    "upsert": put_over,
    "loading a fixture": load_as_a_fixture,
    "delete": lambda version: version.delete(),
    "delete of a queryset": lambda _version: Version.objects.all().delete(),
    "delete without looking": lambda _version: Version.objects.all()._raw_delete("default"),
    "delete of the programme": lambda version: version.programme.delete(),
    "delete of programmes": lambda version: type(version.programme).objects.all().delete(),
    "delete of who froze it": lambda version: version.frozen_by.delete(),
    "SQL update": sql("UPDATE tariffs_version SET document_json = '{}'"),
    "SQL update that changes nothing": sql("UPDATE tariffs_version SET note = note"),
    "SQL update from a query": sql("WITH v AS (SELECT id FROM tariffs_version) UPDATE tariffs_version SET number = 7"),
    "SQL upsert": sql(
        "INSERT INTO tariffs_version SELECT * FROM tariffs_version ON CONFLICT (id) DO UPDATE SET note = 'Other'"
    ),
    "SQL merge": sql(
        "MERGE INTO tariffs_version a USING tariffs_version b ON a.id = b.id WHEN MATCHED THEN UPDATE SET note = 'x'"
    ),
    "SQL delete": sql("DELETE FROM tariffs_version"),
    "SQL delete of the programme": sql("DELETE FROM commissioning_programme"),
    "truncate": sql("TRUNCATE tariffs_version"),
    "truncate of the programmes": sql("TRUNCATE commissioning_programme CASCADE"),
}


@pytest.mark.promise("D2")
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_version_stays_as_it_was_frozen(version: Version, attack: Callable[[Version], object]) -> None:
    before = Version.objects.values().get()

    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        attack(version)
        # A foreign key that waits for the end of the transaction is looked at now.
        sql("SET CONSTRAINTS ALL IMMEDIATE")(version)

    assert Version.objects.values().get() == before


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"number": 1}, "version_number_once_for_each_programme"),
        ({"number": 0}, "version_numbers_from_1"),
        ({"note": ""}, "version_says_why"),
        ({"inputs_sha256": sha256("other words")}, "version_hash_is_of_its_document"),
    ],
)
@pytest.mark.promise("D9")
def test_the_database_keeps_the_rules_of_a_version(version: Version, given: dict[str, object], rule: str) -> None:
    columns = {field.attname: getattr(version, field.attname) for field in Version._meta.concrete_fields}

    with pytest.raises(IntegrityError, match=rule):
        Version.objects.create(**{**columns, "id": uuid4(), "number": 2} | given)


def test_a_version_is_named_by_its_number_and_has_an_address(version: Version) -> None:
    assert str(version) == "Version 1"
    assert version.get_absolute_url() == f"/versions/{version.pk}/"
