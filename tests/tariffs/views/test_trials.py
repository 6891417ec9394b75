"""Trying a proposed value before a comment is sent, and sending along what it changes."""

import json

import pytest
from django.urls import reverse

from tariffs import queries
from tariffs.core.consultation_targets import Kind
from tariffs.models import Comment, Consultation
from tests.factories import benches, consultations
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return consultations.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def address(consultation: Consultation, kind: str = Kind.PRICE) -> str:
    return reverse("comment-create", args=[consultation.pk, consultations.target(consultation, kind).id])


def sent(people: Cast, path: str, **given: str) -> str:
    data = consultations.posted(**{"proposed": "1500", **given})
    return client_of(people.dilys).post(path, data, follow=True).content.decode()


def test_a_value_is_tried_without_sending_anything(people: Cast, consultation: Consultation) -> None:
    page = sent(people, address(consultation), **{"try": "1", "reason": "Half written", "sight": ""})

    assert "What this value changes" in page
    assert "What the commissioner pays in all" in page
    assert "Chance of a loss for the provider" not in page
    assert "Send these figures along with the comment" in page
    assert "Half written" in page
    assert "There is a problem" not in page
    assert not Comment.objects.exists()


def test_with_own_figures_on_the_bench_the_own_chance_of_a_loss_is_shown(
    people: Cast, consultation: Consultation
) -> None:
    benches.sheet(consultation, people.provider, people.dilys)

    assert "Chance of a loss for the provider" in sent(people, address(consultation), **{"try": "1"})


@pytest.mark.parametrize(("proposed", "said"), [("", "Enter the value that you want to try"), ("much", "as a number")])
def test_what_is_no_value_is_named_and_nothing_else_is_complained_of(
    people: Cast, consultation: Consultation, proposed: str, said: str
) -> None:
    page = sent(people, address(consultation), **{"try": "1", "proposed": proposed, "reason": "", "sight": ""})

    assert said in page
    assert "Write what you say, and why" not in page


def test_a_value_that_the_draft_leaves_no_room_for_cannot_be_tried(people: Cast, consultation: Consultation) -> None:
    page = sent(people, address(consultation, Kind.EVIDENCE), **{"try": "1", "proposed": "0"})

    assert "This value cannot be tried" in page


def test_what_a_value_changes_goes_along_where_the_provider_says_so(people: Cast, consultation: Consultation) -> None:
    benches.sheet(consultation, people.provider, people.dilys)

    sent(people, address(consultation), send_trial="on")

    comment = Comment.objects.get()
    found = queries.benches.trial(consultation, people.provider, consultations.target(consultation), "1500")
    assert found is not None
    assert comment.trial == found.as_document()
    assert comment.effects[0].what == "Chance of a loss for the provider"
    assert json.loads(json.loads(comment.receipts.get().text)["what_it_changes"]) == comment.trial
    shown = client_of(people.dilys).get(reverse("comment-list", args=[consultation.pk])).content.decode()
    assert "with the value proposed" in shown


def test_what_a_value_changes_stays_here_where_the_provider_does_not_say_so(
    people: Cast, consultation: Consultation
) -> None:
    sent(people, address(consultation))

    assert Comment.objects.get().trial is None
    assert Comment.objects.get().effects == ()


def test_figures_that_somebody_sends_with_the_form_are_not_believed(people: Cast, consultation: Consultation) -> None:
    sent(people, address(consultation), send_trial="on", trial='{"now": {}}')

    assert set(Comment.objects.get().trial) == {"now", "then"}
    assert Comment.objects.get().trial["now"]["spend"] > 0


def test_another_value_is_tried_when_a_comment_is_replaced(people: Cast, consultation: Consultation) -> None:
    made = consultations.comment(consultation, people.dilys)
    path = reverse("comment-edit", args=[made.pk])

    tried = sent(people, path, **{"try": "1"})
    sent(people, path, send_trial="on", seen=made.receipts.get().sha256)

    assert "What this value changes" in tried
    made.refresh_from_db()
    assert made.trial is not None


def test_the_commissioner_reads_what_a_value_changes_beside_the_words(people: Cast, consultation: Consultation) -> None:
    benches.sheet(consultation, people.provider, people.dilys)
    sent(people, address(consultation), send_trial="on")

    page = client_of(people.amina).get(reverse("answer-list", args=[consultation.pk])).content.decode()

    assert "Chance of a loss for the provider" in page
    assert "with the value proposed" in page
