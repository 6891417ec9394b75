"""What a provider says: taken only in time by the database's clock, once, with a receipt that can be checked."""

import hashlib
import json
from datetime import datetime
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from commissioning.models import AuditEntry, KeptText, Organisation, Role
from tariffs.models import Comment, Consultation, Receipt
from tariffs.services import comments
from tariffs.services.comments import Place, ReplacedError
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast, member, organisation
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def test_a_comment_is_taken_with_a_receipt_whose_hash_is_of_what_was_received(people: Cast, consultation: Consultation):
    line = made.target(consultation)

    receipt = made.receipt(consultation, people.dilys, line, proposed="1200")

    text = json.loads(receipt.text)
    assert receipt.sha256 == hashlib.sha256(receipt.text.encode()).hexdigest()
    assert (text["line_id"], text["line_says"], text["proposed"]) == (str(line.id), "£1,000", "£1,200")
    assert text["organisation"] == "Helping Hands"
    assert datetime.fromisoformat(text["received_at"]) == receipt.comment.received_at == receipt.received_at


@pytest.mark.promise("B7")
def test_a_form_sent_twice_makes_one_comment_with_one_receipt(people: Cast, consultation: Consultation):
    key = uuid4()

    first, second = (made.receipt(consultation, people.dilys, key=key) for _ in range(2))

    assert first == second
    assert (Comment.objects.count(), Receipt.objects.count()) == (1, 1)


def test_a_key_that_another_provider_has_used_takes_nothing_from_it(people: Cast, consultation: Consultation):
    other = organisation("Others", Organisation.Kind.PROVIDER)
    emlyn = member(other, Role.BID_WRITER)
    key = made.receipt(made.opened(consultation.version.programme), emlyn).comment.pk

    receipt = made.receipt(consultation, people.dilys, key=key)

    assert receipt.comment.pk != key
    assert receipt.comment.organisation == people.provider


def test_replacing_a_comment_keeps_one_and_gives_another_receipt(people: Cast, consultation: Consultation):
    first = made.receipt(consultation, people.dilys)
    other_words = made.said(made.target(consultation), reason="Even more")

    second = comments.replace(comment=first.comment, said=other_words, key=uuid4(), seen=first.sha256, by=people.dilys)

    assert Comment.objects.get().reason == "Even more"
    assert Comment.objects.get().received_at == second.received_at > first.received_at
    assert {first.sha256, second.sha256} == set(Receipt.objects.values_list("sha256", flat=True))


def test_a_replacement_sent_twice_is_taken_once(people: Cast, consultation: Consultation):
    first = made.receipt(consultation, people.dilys)
    key, words = uuid4(), made.said(made.target(consultation), reason="Even more")
    given: dict[str, Any] = {"comment": first.comment, "said": words, "key": key, "seen": first.sha256}

    receipts = [comments.replace(**given, by=people.dilys) for _ in range(2)]

    assert receipts[0] == receipts[1]
    assert Receipt.objects.count() == 2


@pytest.mark.promise("D1")
def test_words_that_a_colleague_replaced_meanwhile_are_not_overwritten(people: Cast, consultation: Consultation):
    first = made.receipt(consultation, people.dilys)
    words = made.said(made.target(consultation), reason="A colleague's")
    comments.replace(comment=first.comment, said=words, key=uuid4(), seen=first.sha256, by=people.dilys)

    with pytest.raises(ReplacedError) as error:
        comments.replace(comment=first.comment, said=words, key=uuid4(), seen=first.sha256, by=people.dilys)

    assert error.value.comment.reason == "A colleague's"


def test_taking_a_comment_back_gives_a_receipt_and_can_be_pressed_twice(people: Cast, consultation: Consultation):
    given = made.receipt(consultation, people.dilys)

    first, second = (comments.withdraw(comment=given.comment, key=uuid4(), by=people.dilys) for _ in range(2))

    assert Comment.objects.get().is_withdrawn
    assert first == second
    assert json.loads(first.text)["taken_back"] == "yes"


def test_what_was_taken_back_cannot_be_replaced(people: Cast, consultation: Consultation):
    given = made.receipt(consultation, people.dilys)
    last = comments.withdraw(comment=given.comment, key=uuid4(), by=people.dilys)
    words = made.said(made.target(consultation))

    with pytest.raises(ReplacedError):
        comments.replace(comment=given.comment, said=words, key=uuid4(), seen=last.sha256, by=people.dilys)


def test_a_stranger_a_trustee_and_a_provider_that_is_not_named_cannot_comment(people: Cast, consultation: Consultation):
    other = organisation("Others", Organisation.Kind.PROVIDER)
    emlyn, tom = member(other, Role.BID_WRITER), member(people.provider, Role.TRUSTEE)
    line = made.target(consultation)

    for person, house in ((emlyn, other), (emlyn, people.provider), (tom, people.provider), (people.amina, other)):
        with pytest.raises(PermissionDenied):
            comments.give(place=Place(consultation, house, line), said=made.said(line), key=uuid4(), by=person)


def test_only_who_comments_for_the_provider_replaces_or_takes_back(people: Cast, consultation: Consultation):
    given = made.receipt(consultation, people.dilys)
    tom = member(people.provider, Role.TRUSTEE)

    with pytest.raises(PermissionDenied):
        comments.withdraw(comment=given.comment, key=uuid4(), by=tom)


@pytest.mark.promise("P11")
@pytest.mark.parametrize(
    "given",
    [
        {"sight": "confidential"},
        {"sight": "confidential", "secret_reason": "Our costs"},
        {"sight": "named", "secret_reason": "Our costs"},
    ],
)
def test_what_is_commercially_confidential_says_why_and_until_when(
    people: Cast, consultation: Consultation, given: dict[str, str]
):
    with pytest.raises(IntegrityError), transaction.atomic():
        made.receipt(consultation, people.dilys, **given)


def test_what_does_not_fit_is_refused(people: Cast, consultation: Consultation):
    with pytest.raises(ValidationError):
        made.receipt(consultation, people.dilys, about="nonsense")


@pytest.mark.promise("S3")
def test_a_comment_is_written_into_the_providers_own_audit_log_without_its_words(
    people: Cast, consultation: Consultation
):
    made.receipt(consultation, people.dilys, reason="A secret of ours")

    entry = AuditEntry.objects.get(action="gave a comment")
    assert entry.organisation == people.provider
    assert "secret" not in json.dumps(entry.detail)
    assert not AuditEntry.objects.filter(organisation=people.authority, by=people.dilys).exists()


def test_taking_a_comment_asks_little_of_the_database(people: Cast, consultation: Consultation):
    line = made.target(consultation)

    with CaptureQueriesContext(connection) as asked:
        comments.give(
            place=Place(consultation, people.provider, line), said=made.said(line), key=uuid4(), by=people.dilys
        )

    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 7


def test_a_receipt_can_be_neither_changed_nor_removed(people: Cast, consultation: Consultation):
    made.receipt(consultation, people.dilys)
    connection.check_constraints()

    for statement in (
        "UPDATE tariffs_receipt SET key = gen_random_uuid()",
        "DELETE FROM tariffs_receipt",
        "TRUNCATE tariffs_receipt CASCADE",
    ):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.promise("B7")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_comment_with_one_receipt():
    people = cast()
    consultation = made.opened(imported(organisation=people.authority, by=people.amina), people.provider)
    found: list[Receipt] = []

    def press(key: Any, barrier: Barrier) -> None:
        try:
            barrier.wait()
            found.append(made.receipt(consultation, people.dilys, key=key))
        finally:
            connection.close()

    for _ in range(20):
        key, barrier = uuid4(), Barrier(2)
        threads = [Thread(target=press, args=(key, barrier)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(found) == 40
    assert Comment.objects.count() == Receipt.objects.count() == len({receipt.pk for receipt in found}) == 20
    assert not KeptText.objects.exists()
