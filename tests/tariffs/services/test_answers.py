"""Answers: drafted, released together, linked to a change; the next version held; standing; moderation; the report."""

from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction

from commissioning.models import AuditEntry, Organisation, Role
from commissioning.services.drafts import StaleError
from tariffs import queries
from tariffs.core.consultation_targets import Kind
from tariffs.models import Answer, CommentStanding, Consultation, ConsultationLetter
from tariffs.services import (
    answers,
    comments,
    consultation_letters,
    consultation_reports,
    consultations,
    next_versions,
)
from tariffs.services.answers import Draft, HeldError
from tests.factories import consultations as made
from tests.factories import versions
from tests.factories.commissioning import Cast, cast, member, organisation
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def test_one_answer_answers_several_alike_and_no_comment_has_two(people: Cast, consultation: Consultation):
    first, second = (made.comment(consultation, people.dilys) for _ in range(2))

    answer = made.answered(first, second)

    assert set(answer.comments.all()) == {first, second}
    with pytest.raises(ValidationError, match="meanwhile"):
        made.answered(second)


def test_what_was_taken_back_is_not_answered(people: Cast, consultation: Consultation):
    comment = made.comment(consultation, people.dilys)
    comments.withdraw(comment=comment, key=comment.pk, by=people.dilys)
    comments.withdraw(comment=comment, key=consultation.pk, by=people.dilys)

    with pytest.raises(ValidationError, match="took it back"):
        made.answered(comment)


def test_drafts_are_released_together_after_closing_and_their_authors_told_once(
    people: Cast, consultation: Consultation
):
    for _ in range(2):
        made.answered(made.comment(consultation, people.dilys))
    with pytest.raises(ValidationError, match="still open"):
        answers.release(consultation=consultation, by=people.amina)

    count = made.released(consultation)

    assert count == 2
    assert len({answer.released_at for answer in Answer.objects.all()}) == 1
    assert ConsultationLetter.objects.get(kind="answered").person == people.dilys
    with pytest.raises(ValidationError, match="no draft"):
        answers.release(consultation=consultation, by=people.amina)


def test_a_draft_can_be_changed_by_two_without_losing_words_or_thrown_away(people: Cast, consultation: Consultation):
    comment = made.comment(consultation, people.dilys)
    answer = made.answered(comment)
    mine, theirs = (versions.edit(answer, reason=words) for words in ("Mine", "Theirs"))
    answers.change(answer=answer, edit=theirs, by=people.bob)

    with pytest.raises(StaleError):
        answers.change(answer=answer, edit=mine, by=people.amina)
    answers.remove(answer=answer, by=people.amina)

    assert queries.answers.owed(consultation).open == 1


def test_a_released_answer_stays_as_it_is(people: Cast, consultation: Consultation):
    answer = made.answered(made.comment(consultation, people.dilys))
    edit = versions.edit(answer, reason="Other words")
    made.released(consultation)

    for attempt in (
        lambda: answers.change(answer=answer, edit=edit, by=people.amina),
        lambda: answers.remove(answer=answer, by=people.amina),
    ):
        with pytest.raises(ValidationError, match="released"):
            attempt()
    for forced in (
        lambda: Answer.objects.update(reason="Other words"),
        lambda: Answer.objects.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            forced()


def test_an_accepted_answer_is_linked_to_the_change_that_it_led_to(people: Cast, consultation: Consultation):
    answer = made.answered(made.comment(consultation, people.dilys), decision="accepted")
    versions.reprice(consultation.version.programme, Decimal(1500))
    (key, words), *_ = queries.answers.changes(consultation).items()

    answers.link(answer=answer, change_key=key, by=people.amina)

    answer.refresh_from_db()
    assert "from £1,000 to £1,500" in words
    assert (answer.change_key, answer.change_words) == (key, words)
    assert queries.answers.led_to(answer, {}) == words
    answers.link(answer=answer, change_key="", by=people.amina)
    answer.refresh_from_db()
    assert answer.change_words == ""


def test_a_change_that_is_not_there_or_an_answer_that_declines_is_not_linked(people: Cast, consultation: Consultation):
    accepted = made.answered(made.comment(consultation, people.dilys), decision="accepted")
    comment = made.comment(consultation, people.dilys)

    with pytest.raises(ValidationError, match="from the list"):
        answers.link(answer=accepted, change_key="price|nonsense", by=people.amina)
    with pytest.raises(ValidationError, match="Only an answer"):
        made.answered(comment, key="price|anything")


def test_the_next_version_waits_for_all_answers_or_for_a_reason_that_is_logged(
    people: Cast, consultation: Consultation
):
    made.comment(consultation, people.dilys)
    made.close(consultation)
    versions.reprice(consultation.version.programme, Decimal(1500))

    with pytest.raises(HeldError):
        made.followed(consultation)
    version = consultation.version.programme.versions.first()
    again = made.again(consultation)
    next_versions.show(consultation=again, version=version, override="The council meets today", by=people.amina)

    entry = AuditEntry.objects.get(action="showed the next version without all answers")
    assert (entry.detail["unanswered"], entry.detail["reason"]) == (1, "The council meets today")


def test_a_consultation_on_a_later_version_waits_too_and_one_on_the_same_version_does_not(
    people: Cast, consultation: Consultation
):
    made.comment(consultation, people.dilys)
    programme = consultation.version.programme
    made.opened(programme, people.provider)
    versions.reprice(programme, Decimal(1500))
    versions.frozen(programme, by=people.amina)

    with pytest.raises(HeldError):
        made.opened(programme, people.provider)
    made.opened(programme, people.provider, override="The council meets today")

    newest = AuditEntry.objects.filter(action="opened a consultation").latest("sequence")
    assert newest.detail["reason"] == "The council meets today"


def test_whoever_commented_on_a_line_that_changed_is_asked_whether_it_stands(people: Cast, consultation: Consultation):
    emlyn = member(organisation("Others", Organisation.Kind.PROVIDER), Role.BID_WRITER, "Emlyn")
    house = Organisation.objects.get(name="Others")
    consultations.invite(consultation=consultation, organisations=[house], by=people.amina)
    made.answered(made.comment(consultation, emlyn, made.target(consultation, Kind.PRICE, 1)))
    comment = made.changed(consultation, people.dilys)

    next_versions.stand(comment=comment, reply="changed", words="£1,500 is fair", by=people.dilys)
    next_versions.stand(comment=comment, reply="no", words="", by=people.dilys)

    assert ConsultationLetter.objects.get(kind="changed").person == people.dilys
    assert CommentStanding.objects.get().reply == "no"
    with pytest.raises(PermissionDenied):
        next_versions.stand(comment=comment, reply="no", words="", by=emlyn)


def test_nothing_is_asked_of_a_line_that_did_not_change(people: Cast, consultation: Consultation):
    other = made.comment(consultation, people.dilys, made.target(consultation, Kind.PRICE, 1))
    made.answered(other)
    made.changed(consultation, people.dilys)
    other.refresh_from_db()

    with pytest.raises(ValidationError, match="has not changed"):
        next_versions.stand(comment=other, reply="no", words="", by=people.dilys)


def test_only_a_later_version_of_a_closed_consultation_is_shown(people: Cast, consultation: Consultation):
    programme = consultation.version.programme
    versions.reprice(programme, Decimal(1500))
    later = versions.frozen(programme, by=people.amina)

    with pytest.raises(ValidationError, match="still open"):
        next_versions.show(consultation=consultation, version=later, override="", by=people.amina)
    closed = made.close(consultation)
    with pytest.raises(ValidationError, match="came after"):
        next_versions.show(consultation=closed, version=consultation.version, override="", by=people.amina)
    with pytest.raises(PermissionDenied):
        next_versions.show(consultation=closed, version=later, override="", by=people.vera)


def test_a_comment_is_moderated_once_with_a_reason_and_its_author_told(people: Cast, consultation: Consultation):
    comment = made.comment(consultation, people.dilys)

    marks = [answers.moderate(comment=comment, code="person", words="It names somebody", by=people.bob) for _ in "ab"]

    assert marks[0] == marks[1]
    assert ConsultationLetter.objects.get(kind="moderated").person == people.dilys
    assert "names somebody" not in str(AuditEntry.objects.get(action="moderated a comment").detail)


def test_strangers_answer_release_link_and_moderate_nothing(people: Cast, consultation: Consultation):
    comment = made.comment(consultation, people.dilys)
    answer = made.answered(comment)
    other = made.comment(consultation, people.dilys)
    draft = Draft("noted", "Thank you")

    for person in (people.vera, people.charlie, people.dilys):
        for attempt in (
            lambda by: answers.write(consultation=consultation, comments=[other], draft=draft, by=by),
            lambda by: answers.remove(answer=answer, by=by),
            lambda by: answers.link(answer=answer, change_key="", by=by),
            lambda by: answers.release(consultation=consultation, by=by),
            lambda by: answers.moderate(comment=comment, code="off", words="Off", by=by),
        ):
            with pytest.raises(PermissionDenied):
                attempt(person)


def test_a_report_is_published_once_by_an_approver_when_all_is_answered(people: Cast, consultation: Consultation):
    comment = made.comment(consultation, people.dilys, sight="named")
    with pytest.raises(ValidationError, match="still open"):
        consultation_reports.publish(consultation=consultation, learned="Ask earlier", by=people.bob)
    closed = made.close(consultation)
    with pytest.raises(ValidationError, match="lack an answer"):
        consultation_reports.publish(consultation=closed, learned="Ask earlier", by=people.bob)
    made.answered(comment)
    made.released(consultation)

    first = consultation_reports.publish(consultation=closed, learned="Ask earlier", by=people.bob)
    second = consultation_reports.publish(consultation=closed, learned="Something else", by=people.bob)

    assert first.reported_at == second.reported_at
    assert queries.consultation_logs.told(closed).first().text == "Ask earlier"  # type: ignore[union-attr]
    with pytest.raises(PermissionDenied):
        consultation_reports.publish(consultation=closed, learned="Mine", by=people.amina)


def test_letters_name_no_comment(people: Cast, consultation: Consultation):
    made.changed(consultation, people.dilys)
    while consultation_letters.send_due():
        pass

    assert {letter.to[0] for letter in mail.outbox} == {people.dilys.email}
    assert not [letter for letter in mail.outbox if made.USUAL["reason"] in letter.body]
    assert len(mail.outbox) == len({letter.subject for letter in mail.outbox})
