"""The audit log's chain."""

import threading

import pytest
from django.db import connection, connections

from commissioning import queries, services
from commissioning.models import AuditEntry, Organisation
from tests.factories.commissioning import organisation, person

pytestmark = pytest.mark.django_db


def look(at: Organisation, **detail: object) -> AuditEntry:
    return services.audit.record(by=None, action="looked", target=at, organisation=at, detail=detail)


def spoil(sql: str) -> None:
    """Do what only someone who has taken over the database could: switch the guards off and write."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_each_organisation_has_a_chain_of_its_own_that_counts_from_one():
    here, there = organisation(), organisation()

    entries = [look(here), look(there), look(here), look(there)]

    assert [entry.sequence for entry in entries] == [1, 1, 2, 2]
    assert entries[2].previous_hash == entries[0].hash
    assert queries.audit.first_break(here) is None


def test_an_entry_says_who_did_what_to_which_thing():
    somebody, somewhere = person(), organisation()

    entry = services.audit.record(
        by=somebody, action="looked", target=somewhere, organisation=somewhere, detail={"person": somebody.pk}
    )

    assert (entry.by, entry.target_kind, entry.target_id) == (somebody, "organisation", str(somewhere.pk))
    assert entry.detail == {"person": str(somebody.pk)}


@pytest.mark.promise("S14")
@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("UPDATE commissioning_auditentry SET action = 'nothing' WHERE sequence = 3", 3),
        ("UPDATE commissioning_auditentry SET detail = '{\"n\": 99}' WHERE sequence = 2", 2),
        ("UPDATE commissioning_auditentry SET at = at + interval '1 second' WHERE sequence = 5", 5),
        ("DELETE FROM commissioning_auditentry WHERE sequence = 1", 1),
        ("DELETE FROM commissioning_auditentry WHERE sequence = 4", 4),
        ("UPDATE commissioning_auditentry SET sequence = sequence + 10 WHERE sequence = 2", 2),
    ],
)
def test_an_altered_or_missing_entry_shows(sql: str, place: int):
    somewhere = organisation()
    for number in range(5):
        look(somewhere, n=number)

    spoil(sql)

    assert queries.audit.first_break(somewhere) == place


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_never_claim_the_same_place():
    somewhere = organisation()
    errors: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(5):
                look(somewhere)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert errors == []
    assert AuditEntry.objects.filter(organisation=somewhere).count() == 20
    assert queries.audit.first_break(somewhere) is None
