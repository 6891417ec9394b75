"""Statements come before the public by two people, exactly as the second one read them."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry, Procurement, Role, User
from commissioning.services import procurements
from markets.core import editions as core
from markets.models import PositionStatement, PublishedEdition, StatementComment
from markets.services import statement_approvals, statement_comments
from tests.factories import statements
from tests.factories.commissioning import Cast, cast, member
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
State = PositionStatement.State


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def approver(people: Cast) -> User:
    return member(people.authority, Role.APPROVER, "Ann")


@pytest.fixture
def sent(people: Cast) -> PositionStatement:
    return statements.sent(people.authority, people.amina)


def test_a_second_person_publishes_what_they_read(people: Cast, sent: PositionStatement) -> None:
    seen = statements.seen(sent)

    edition = statement_approvals.publish(statement=sent, seen=seen, by=people.bob)

    sent.refresh_from_db()
    assert (edition.number, edition.sha256, sent.state) == (1, seen, State.PUBLISHED)
    assert (edition.written_by, edition.sent_by, edition.approved_by) == (people.amina, people.amina, people.bob)
    assert edition.slug == "anytown-council-help-into-work"
    assert AuditEntry.objects.latest("sequence").detail["sha256"] == seen


@pytest.mark.promise("D3")
def test_anyone_can_work_out_the_hash_of_what_is_published(people: Cast, sent: PositionStatement) -> None:
    edition = statement_approvals.publish(statement=sent, seen=statements.seen(sent), by=people.bob)

    assert core.fingerprint(edition.text) == edition.sha256
    assert core.write(core.read(edition.text)) == edition.text


def test_no_person_is_named_in_what_is_published(people: Cast, sent: PositionStatement) -> None:
    edition = statement_approvals.publish(statement=sent, seen=statements.seen(sent), by=people.bob)

    for person in (people.amina, people.bob):
        assert person.name not in edition.text
        assert person.email not in edition.text
        assert str(person.pk) not in edition.text


@pytest.mark.promise("S12")
def test_whoever_sent_it_or_changed_it_last_cannot_approve_it(people: Cast, approver: User) -> None:
    by_bob = statements.sent(people.authority, people.bob)
    mixed = statements.ready(people.authority, people.bob)
    mixed = statement_approvals.send(statement=mixed, by=approver)

    for statement, person in ((by_bob, people.bob), (mixed, people.bob), (mixed, approver)):
        with pytest.raises(ValidationError, match="Another approver"):
            statement_approvals.publish(statement=statement, seen=statements.seen(statement), by=person)

    assert not PublishedEdition.objects.exists()


def write(statement: PositionStatement, by: User) -> None:
    statements.wrote(statement, "purpose", f"Words {statement.changed_at.timestamp()}", by=by)


def put_in(statement: PositionStatement, by: User) -> None:
    statements.put_in(statement, by=by)


def send_back(statement: PositionStatement, by: User) -> None:
    statement_approvals.send_back(statement=statement, reason="Say more", by=by)
    for comment in StatementComment.objects.filter(answered_at=None):
        statement_comments.answer(comment=comment, text="Done", by=by)


def publish(statement: PositionStatement, by: User) -> None:
    statement_approvals.publish(statement=statement, seen=statements.seen(statement), by=by)


STEPS: dict[str, Callable[[PositionStatement, User], object]] = {
    "write": write,
    "put in": put_in,
    "send": lambda statement, by: statement_approvals.send(statement=statement, by=by),
    "take back": lambda statement, by: statement_approvals.take_back(statement=statement, by=by),
    "send back": send_back,
    "publish": publish,
    "amend": lambda statement, by: statement_approvals.amend(statement=statement, by=by),
    "withdraw": lambda statement, by: statement_approvals.withdraw(statement=statement, reason="Wrong", by=by),
}


@pytest.mark.promise("S12")
@pytest.mark.parametrize("start", ["draft", "sent", "published"])
def test_no_path_of_one_account_leads_to_a_published_edition(people: Cast, approver: User, start: str) -> None:
    """Try every two steps in a row and then publishing, one after the other, by an approver who may do everything."""
    begin = {
        "draft": lambda: statements.ready(people.authority, people.bob),
        "sent": lambda: statements.sent(people.authority, people.bob),
        "published": lambda: statements.published(people.authority, by=people.bob, approver=approver).statement,
    }
    statement = begin[start]()
    before = PublishedEdition.objects.count()

    for steps in product(STEPS, repeat=2):
        for step in (*steps, "publish"):
            attempt(step, statements.fresh(statement), people.bob)

    assert PublishedEdition.objects.count() == before


def attempt(step: str, statement: PositionStatement, by: User) -> None:
    try:
        STEPS[step](statement, by)
    except ValidationError:
        return


def test_what_has_changed_since_it_was_read_is_not_published(people: Cast, sent: PositionStatement) -> None:
    seen = statements.seen(sent)
    statement_approvals.take_back(statement=sent, by=people.amina)
    statements.wrote(sent, "purpose", "Other words", by=people.amina)
    statement_approvals.send(statement=statements.fresh(sent), by=people.amina)

    with pytest.raises(ValidationError, match="has changed since you read it"):
        statement_approvals.publish(statement=sent, seen=seen, by=people.bob)


@pytest.mark.promise("S12")
def test_a_fact_changed_elsewhere_by_the_approver_alone_is_not_published(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    made = statements.ready(people.authority, people.amina, programme)
    statement_approvals.send(statement=made, by=people.amina)
    change = statements.edit_of(Procurement(programme=programme), tender_notice_on=date(2099, 1, 1))
    procurements.describe(programme=programme, edit=change, by=people.bob)

    with pytest.raises(ValidationError, match="since it was sent"):
        statement_approvals.publish(statement=made, seen=statements.seen(made), by=people.bob)


def test_what_is_not_ready_is_not_sent(people: Cast) -> None:
    with pytest.raises(ValidationError, match="see its checks"):
        statement_approvals.send(statement=statements.started(people.authority, people.amina), by=people.amina)


def test_a_comment_said_while_it_waits_holds_it(people: Cast, sent: PositionStatement) -> None:
    statement_comments.say(statement=sent, text="Why?", by=people.amina)

    with pytest.raises(ValidationError, match="see its checks"):
        statement_approvals.publish(statement=sent, seen=statements.seen(sent), by=people.bob)


def test_what_is_sent_back_comes_with_a_comment_and_can_be_changed(people: Cast, sent: PositionStatement) -> None:
    statement_approvals.send_back(statement=sent, reason="Say more of dates", by=people.bob)

    statements.wrote(sent, "purpose", "More", by=people.amina)
    assert StatementComment.objects.get().text == "Say more of dates"
    assert statements.fresh(sent).sent_by is None


@pytest.mark.parametrize("step", ["take back", "send back", "publish"])
def test_only_what_waits_is_decided_on(people: Cast, step: str) -> None:
    draft = statements.ready(people.authority, people.amina)

    with pytest.raises(ValidationError, match="does not wait"):
        STEPS[step](draft, people.bob)


def test_an_amended_statement_is_the_next_edition_at_the_same_address(people: Cast, sent: PositionStatement) -> None:
    first = statement_approvals.publish(statement=sent, seen=statements.seen(sent), by=people.bob)
    amended = statements.amended(sent, by=people.amina)
    statements.wrote(amended, "purpose", "Other words", by=people.amina)
    statement_approvals.send(statement=amended, by=people.amina)

    second = statement_approvals.publish(statement=amended, seen=statements.seen(amended), by=people.bob)

    assert (second.number, second.slug, second.change_note) == (2, first.slug, "Dates moved")
    assert first.to_core().sections[0].text == "We mean to *buy* this."
    assert second.to_core().sections[0].text == "Other words"
    assert second.to_core().change_note == "Dates moved"


def test_a_later_edition_needs_a_note_of_what_changed(people: Cast, sent: PositionStatement) -> None:
    statement_approvals.publish(statement=sent, seen=statements.seen(sent), by=people.bob)
    amended = statements.amended(sent, by=people.amina, note="")

    with pytest.raises(ValidationError, match="see its checks"):
        statement_approvals.send(statement=amended, by=people.amina)


def test_only_a_published_statement_is_amended(people: Cast, sent: PositionStatement) -> None:
    with pytest.raises(ValidationError, match="being written already"):
        statement_approvals.amend(statement=sent, by=people.amina)


def test_every_edition_is_withdrawn_with_its_reason_and_a_new_one_can_follow(
    people: Cast, sent: PositionStatement
) -> None:
    edition = statement_approvals.publish(statement=sent, seen=statements.seen(sent), by=people.bob)

    marks = statement_approvals.withdraw(statement=sent, reason="The dates were wrong", by=people.bob)

    assert [mark.edition for mark in marks] == [edition]
    assert PublishedEdition.objects.get().is_withdrawn
    with pytest.raises(ValidationError, match="Nothing is published"):
        statement_approvals.withdraw(statement=sent, reason="Again", by=people.bob)
    amended = statements.amended(sent, by=people.amina)
    statement_approvals.send(statement=amended, by=people.amina)
    following = statement_approvals.publish(statement=amended, seen=statements.seen(amended), by=people.bob)
    assert (following.number, following.is_withdrawn) == (2, False)


def test_statements_of_the_same_name_get_addresses_of_their_own(people: Cast) -> None:
    one = statements.published(people.authority, by=people.amina, approver=people.bob)
    two = statements.published(people.authority, by=people.amina, approver=people.bob)

    assert (one.slug, two.slug) == ("anytown-council-help-into-work", "anytown-council-help-into-work-2")


@pytest.mark.parametrize("step", ["send", "take back", "send back", "publish", "amend", "withdraw"])
def test_nobody_decides_for_an_authority_that_is_not_theirs(people: Cast, sent: PositionStatement, step: str) -> None:
    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            STEPS[step](sent, stranger)


@pytest.mark.parametrize("step", ["send back", "publish", "withdraw"])
def test_an_editor_does_not_decide(people: Cast, sent: PositionStatement, step: str) -> None:
    with pytest.raises(PermissionDenied):
        STEPS[step](sent, people.amina)
