"""Whoever asked for a run is told of its end: when they wished it or waited long, by one e-mail and never two."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.db.models.functions import Now

from commissioning.models import AuditEntry, Membership, Run
from commissioning.services import run_blocks, run_merges, run_notices, run_workers, runs
from tests.factories.runs import editor, programme, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def ended(*, tell: bool = True, **given: Any) -> Run:
    run = queued(**given)
    if tell:
        runs.tell_when_done(run=run, by=run.created_by)
    while run_workers.work(worker="w"):
        pass
    run.refresh_from_db()
    return run


def asked_long_ago(run: Run) -> None:
    """Move the moment of asking back, past the trigger that keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Run.objects.filter(pk=run.pk).update(created_at=Now() - timedelta(seconds=61))
        cursor.execute("SET session_replication_role = DEFAULT")


def test_whoever_wished_it_is_told_where_to_read_and_no_figure(settings: Any):
    settings.PUBLIC_ADDRESS = "https://pbr.council.example"
    run = ended()

    assert run_notices.send_due() == 1

    (letter,) = mail.outbox
    assert letter.to == ["amina@example.org"]
    assert letter.subject == "Your run of Back to work has finished"
    assert f"https://pbr.council.example/programmes/{run.programme_id}/" in letter.body
    assert "3.1" not in letter.body


def test_a_failed_run_is_told_as_failed():
    run = queued()
    runs.tell_when_done(run=run, by=run.created_by)
    runs.fail(run=run, message="It could not go on.")

    run_notices.send_due()

    assert mail.outbox[0].subject == "Your run of Back to work failed"


def test_a_short_run_that_nobody_wished_to_hear_of_is_not_told():
    ended(tell=False)

    assert run_notices.send_due() == 0
    assert mail.outbox == []


def test_a_run_that_took_more_than_a_minute_is_told_unasked():
    run = queued()
    asked_long_ago(run)
    runs.fail(run=run, message="It could not go on.")

    assert run_notices.send_due() == 1


def test_a_cancelled_run_is_not_told():
    run = queued()
    runs.tell_when_done(run=run, by=run.created_by)
    runs.cancel(run=run, by=run.created_by)

    assert run_notices.send_due() == 0


def test_a_run_on_its_way_is_not_told():
    run = queued()
    runs.tell_when_done(run=run, by=run.created_by)

    assert run_notices.send_due() == 0


@pytest.mark.promise("R1")
def test_a_run_is_told_once_however_often_the_sweeper_comes():
    ended()

    assert [run_notices.send_due() for _ in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


@pytest.mark.promise("R4")
def test_a_merge_done_twice_is_told_once():
    run = queued()
    runs.tell_when_done(run=run, by=run.created_by)
    while block := run_blocks.claim(run=run, worker="w"):
        run_blocks.finish(block=block, payload=b"[100, 78]")
    late = run_merges.claim()
    Run.objects.filter(pk=run.pk).update(merge_until=Now() - timedelta(seconds=1))
    current = run_merges.claim()

    assert run_merges.merge(run=current)
    run_notices.send_due()
    assert not run_merges.merge(run=late)
    run_notices.send_due()

    assert len(mail.outbox) == 1


def test_of_two_who_claim_a_notice_one_gets_it():
    run = ended()

    assert [run_notices.claim(run), run_notices.claim(run)] == [True, False]


def test_nothing_is_marked_while_the_mail_server_is_away(monkeypatch: pytest.MonkeyPatch):
    run = ended()

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", refuse)
        assert run_notices.send_due() == 0
    run.refresh_from_db()
    assert run.told_at is None
    assert run_notices.send_due() == 1


def refuse(_server: EmailBackend) -> None:
    raise ConnectionRefusedError


def test_a_letter_that_broke_off_is_not_sent_again(monkeypatch: pytest.MonkeyPatch):
    ended()

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda *_: refuse(EmailBackend()))
        assert run_notices.send_due() == 0
    assert run_notices.send_due() == 0
    assert mail.outbox == []


def test_someone_who_no_longer_belongs_is_not_told():
    run = ended()
    Membership.objects.filter(user=run.created_by).delete()

    assert run_notices.send_due() == 0
    assert not run_notices.due().exists()


def test_only_whoever_asked_for_a_run_can_have_themselves_told():
    run = queued()
    other = editor(run.programme.organisation, "zoe@example.org")

    assert not runs.tell_when_done(run=run, by=other)
    assert runs.tell_when_done(run=run, by=run.created_by)
    assert not runs.tell_when_done(run=run, by=run.created_by)
    assert AuditEntry.objects.filter(action="asked to be told of a run's end").count() == 1


def test_a_name_over_several_lines_makes_no_letter_header():
    ended(on=programme(name="Back\nBcc: everyone@example.org"))

    run_notices.send_due()

    assert mail.outbox[0].subject == "Your run of Back Bcc: everyone@example.org has finished"


def test_a_round_sends_a_few_and_leaves_the_rest_to_the_next():
    on = programme()
    for seed in range(run_notices.MOST_AT_ONCE + 1):
        runs.tell_when_done(run=queued(on, seed=seed), by=on.created_by)
    while run_workers.work(worker="w"):
        pass

    assert [run_notices.send_due() for _ in range(3)] == [run_notices.MOST_AT_ONCE, 1, 0]
