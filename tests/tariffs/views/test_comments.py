"""A provider's comments in the browser: nothing chosen beforehand, nothing lost, nothing late, each with a receipt."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.models import Membership, Organisation, Role
from tariffs.core.consultation_targets import Entry, Kind
from tariffs.forms.comments import proposed_field
from tariffs.models import Comment, Consultation, Receipt
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast, client_of, member, organisation
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

SECRET = {
    "secret_reason": "It shows our costs",
    "secret_until_0": "31",
    "secret_until_1": "3",
    "secret_until_2": "2099",
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


@pytest.fixture
def dilys(people: Cast) -> Client:
    return client_of(people.dilys)


def form_of(consultation: Consultation, kind: str = Kind.PRICE) -> str:
    return reverse("comment-create", args=[consultation.pk, made.target(consultation, kind).id])


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.mark.promise("P11")
def test_who_may_see_it_is_asked_with_the_law_and_nothing_chosen_beforehand(dilys: Client, consultation: Consultation):
    page = text_of(dilys.get(form_of(consultation)))

    assert "Freedom of Information Act 2000" in page
    assert "section 41" in page
    assert "section 43" in page
    assert "may have to release" in page
    assert " checked" not in page


def test_a_comment_gives_a_receipt_that_can_be_downloaded_and_checked(dilys: Client, consultation: Consultation):
    page = dilys.post(form_of(consultation), made.posted(proposed="£1,200"), follow=True)
    receipt = Receipt.objects.get()
    download = dilys.get(reverse("receipt-download", args=[receipt.pk]))

    assert "What was received?" in text_of(page)
    assert receipt.sha256 in text_of(page)
    assert hashlib.sha256(download.content).hexdigest() == receipt.sha256
    assert Comment.objects.get().proposed_words == "£1,200"


@pytest.mark.promise("B7")
def test_the_form_sent_twice_leads_to_the_same_receipt(dilys: Client, consultation: Consultation):
    sent = made.posted()

    first, second = (dilys.post(form_of(consultation), sent) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.promise("B8")
@pytest.mark.promise("P11")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"about": ""}, "Choose what it is about"),
        ({"weight": ""}, "Choose how much it matters"),
        ({"sight": ""}, "Choose who may see it"),
        ({"proposed": "much more"}, "Enter the price as a number"),
        ({"proposed": "-5"}, "The price must be from"),
        ({"proposed": "10.001"}, "whole pennies"),
        ({"sight": "confidential"}, "Say why releasing it would harm you"),
        ({"sight": "confidential", "secret_reason": "Costs"}, "Enter the day until which it is confidential"),
        ({"sight": "confidential", **SECRET, "secret_until_2": "2001"}, "Enter a day to come"),
        ({"reason": "a" * 4001}, "Use at most 4,000 characters"),
        ({"reason": "a\x00b"}, "Remove the null characters"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    dilys: Client, consultation: Consultation, given: dict[str, str], said: str
):
    sent = made.posted(**{"reason": "Words that I do not want to type again", **given})

    response = dilys.post(form_of(consultation), sent)

    assert response.status_code == 200
    assert said in text_of(response)
    assert sent["reason"].split("\x00")[0] in text_of(response)
    assert not Comment.objects.exists()


def test_a_reason_is_needed(dilys: Client, consultation: Consultation):
    assert "Write what you say, and why" in text_of(dilys.post(form_of(consultation), made.posted(reason="")))


def test_a_reason_for_secrecy_is_kept_only_where_it_is_secret(dilys: Client, consultation: Consultation):
    dilys.post(form_of(consultation), made.posted(sight="named", **SECRET))
    dilys.post(form_of(consultation), made.posted(sight="confidential", **SECRET))

    kept = {comment.sight: comment.secret_reason for comment in Comment.objects.all()}
    assert kept == {"named": "", "confidential": "It shows our costs"}


@pytest.mark.promise("D6")
@pytest.mark.promise("B8")
def test_after_closing_nothing_is_accepted_and_the_page_keeps_what_was_typed(dilys: Client, consultation: Consultation):
    path = form_of(consultation)
    given = made.receipt(consultation, Membership.objects.get(role=Role.BID_WRITER).user)
    there = given.comment
    made.close(consultation)

    new = dilys.post(path, made.posted(reason="Words of mine"))
    other = dilys.post(reverse("comment-edit", args=[there.pk]), made.posted(reason="Words of mine", seen=given.sha256))
    back = dilys.post(reverse("comment-withdraw", args=[there.pk]), follow=True)

    for response in (new, other):
        assert "Nothing was accepted" in text_of(response)
        assert "Words of mine" in text_of(response)
    assert "the comment stays" in text_of(back)
    assert Comment.objects.get().reason == made.USUAL["reason"]


@pytest.mark.promise("A9")
def test_what_was_typed_outlives_the_session(people: Cast, dilys: Client, consultation: Consultation):
    path = form_of(consultation)
    page = text_of(dilys.get(path))
    proof = page.split('name="typed-by" value="')[1].split('"')[0]
    visitor = Client()

    visitor.post(path, made.posted(reason="Words of mine", **{"typed-by": proof}))
    visitor.force_login(people.dilys)
    back = visitor.get(f"{path}?kept=back")

    assert "Words of mine" in text_of(back)


def test_a_comment_is_replaced_and_taken_back(people: Cast, dilys: Client, consultation: Consultation):
    receipt = made.receipt(consultation, people.dilys, proposed="1200")
    edit = reverse("comment-edit", args=[receipt.comment_id])
    shown = text_of(dilys.get(edit))

    dilys.post(edit, made.posted(reason="Other words", seen=receipt.sha256))
    after = Comment.objects.get()
    dilys.post(reverse("comment-withdraw", args=[receipt.comment_id]))
    mine = text_of(dilys.get(reverse("comment-list", args=[consultation.pk])))

    assert 'value="1200"' in shown
    assert (after.reason, after.proposed) == ("Other words", "")
    assert "Taken back on" in mine
    assert Receipt.objects.count() == 3


@pytest.mark.promise("D1")
def test_of_two_colleagues_who_replace_at_once_the_later_sees_both(people: Cast, consultation: Consultation):
    receipt = made.receipt(consultation, people.dilys)
    finance = client_of(member(people.provider, Role.FINANCE_LEAD))
    edit = reverse("comment-edit", args=[receipt.comment_id])
    client_of(people.dilys).post(edit, made.posted(reason="Dilys' words", seen=receipt.sha256))

    refused = finance.post(edit, made.posted(reason="Finance's words", seen=receipt.sha256))
    page = text_of(refused)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    finance.post(edit, made.posted(reason="Words of both", seen=seen))

    assert "A colleague replaced this comment meanwhile" in page
    assert "Dilys&#x27; words" in page
    assert "Finance&#x27;s words" in page
    assert Comment.objects.get().reason == "Words of both"


def test_a_line_that_is_not_there_has_no_page(dilys: Client, consultation: Consultation):
    assert dilys.get(reverse("comment-create", args=[consultation.pk, uuid4()])).status_code == 404


def test_who_speaks_for_two_providers_says_for_which(people: Cast, dilys: Client, consultation: Consultation):
    public = made.opened(consultation.version.programme)
    other = organisation("Others", Organisation.Kind.PROVIDER)
    Membership.objects.create(user=people.dilys, organisation=other, role=Role.BID_WRITER)

    missing = dilys.post(form_of(public), made.posted())
    dilys.post(form_of(public), made.posted(organisation=other.pk))
    dilys.post(reverse("log-entry-ask", args=[public.pk]), {"key": "", "question": "When?", "organisation": other.pk})

    assert "Choose the provider" in text_of(missing)
    assert Comment.objects.get().organisation == other
    assert public.log.get().asked_by == other


@pytest.mark.parametrize("kind", [Kind.TERM, Kind.MILESTONE, Kind.GROUP, Kind.EVIDENCE, Kind.WHOLE, Kind.QUESTION])
def test_every_kind_of_line_can_be_commented_on(dilys: Client, consultation: Consultation, kind: Kind):
    dilys.post(form_of(consultation, kind), made.posted(proposed="3"))

    comment = Comment.objects.get()
    assert comment.target_kind == kind
    assert bool(comment.proposed) == (kind not in (Kind.WHOLE, Kind.QUESTION))


def test_a_proposed_value_has_a_field_wherever_a_line_has_a_value():
    without = [entry for entry in Entry if proposed_field(entry) is None]

    assert without == [Entry.NONE]
