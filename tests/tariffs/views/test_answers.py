"""The commissioner's side of comments in the browser, and what authors and the public read of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.models import Organisation
from tariffs.core.consultation_targets import Kind
from tariffs.models import Answer, CommentModeration, Consultation
from tests.factories import consultations as made
from tests.factories import versions
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


def text_of(response: Any) -> str:
    return response.content.decode()


def test_comments_stand_by_line_with_names_only_where_their_author_allowed_it(
    people: Cast, amina: Client, consultation: Consultation
):
    made.comment(consultation, people.dilys, sight="unnamed", reason="Words without a name")

    page = text_of(amina.get(reverse("answer-list", args=[consultation.pk])))

    assert "Words without a name" in page
    assert "Name kept apart" in page
    assert "Helping Hands" not in page
    assert "<strong>1</strong> of 1 comment has no answer yet" in page


def test_filters_show_what_fits_and_ignore_nonsense(people: Cast, amina: Client, consultation: Consultation):
    made.comment(consultation, people.dilys, about="timing", reason="About time")
    made.answered(made.comment(consultation, people.dilys, weight="should", reason="About money"))
    path = reverse("answer-list", args=[consultation.pk])

    shown = {query: text_of(amina.get(path + query)) for query in ("?about=timing", "?weight=should", "?state=open")}
    drafted, released = (text_of(amina.get(f"{path}?state={state}")) for state in ("drafted", "released"))

    assert ["About time" in page for page in shown.values()] == [True, False, True]
    assert ["About money" in page for page in shown.values()] == [False, True, False]
    assert "About money" in drafted
    assert "No comment fits" in released
    assert amina.get(f"{path}?state=nonsense&about=%00&page=999").status_code == 200


def test_one_answer_is_drafted_for_several_alike_changed_and_released(
    people: Cast, amina: Client, consultation: Consultation
):
    first, second = (made.comment(consultation, people.dilys) for _ in range(2))
    create = reverse("answer-create", args=[first.pk])

    missing = amina.post(create, {"decision": "declined", "reason": ""})
    amina.post(create, {"decision": "declined", "reason": "No money", "alike": [str(second.pk)]})
    answer = Answer.objects.get()
    amina.post(
        reverse("answer-edit", args=[answer.pk]),
        {"decision": "declined", "was-decision": "declined", "reason": "Not now", "was-reason": "No money"},
    )
    early = amina.post(reverse("answer-release", args=[consultation.pk]), follow=True)
    made.close(consultation)
    hidden = text_of(client_of(people.dilys).get(reverse("comment-list", args=[consultation.pk])))
    released = amina.post(reverse("answer-release", args=[consultation.pk]), follow=True)
    mine = text_of(client_of(people.dilys).get(reverse("comment-list", args=[consultation.pk])))

    assert "Say what you did, and why" in text_of(missing)
    assert answer.comments.count() == 2
    assert "still open" in text_of(early)
    assert "1 answer released" in text_of(released)
    assert "Not now" not in hidden
    assert "Not now" in mine


def test_a_draft_is_thrown_away_and_a_released_one_is_not_there_to_edit(
    people: Cast, amina: Client, consultation: Consultation
):
    answer = made.answered(made.comment(consultation, people.dilys))
    other = made.answered(made.comment(consultation, people.dilys))

    amina.post(reverse("answer-remove", args=[answer.pk]))
    made.released(consultation)
    kept = amina.post(reverse("answer-remove", args=[other.pk]), follow=True)

    assert "so it stays as it is" in text_of(kept)
    assert amina.get(reverse("answer-edit", args=[other.pk])).status_code == 404


def test_what_changed_is_read_by_everybody_who_was_asked_at_one_moment_and_not_before(
    people: Cast, amina: Client, consultation: Consultation
):
    comment = made.comment(consultation, people.dilys)
    answer = made.answered(comment, decision="accepted")
    versions.reprice(consultation.version.programme, Decimal(1500))
    made.released(consultation)
    page = amina.get(reverse("answer-link", args=[answer.pk]))
    key = page.context["changes"].__iter__().__next__()
    amina.post(reverse("answer-link", args=[answer.pk]), {"change_key": key})
    dilys = client_of(people.dilys)
    paths = [consultation.get_absolute_url(), reverse("comment-list", args=[consultation.pk])]

    before = [text_of(dilys.get(path)) for path in paths]
    version = versions.frozen(consultation.version.programme, "After it", by=people.amina)
    shown = amina.post(reverse("next-version", args=[consultation.pk]), {"version": version.pk}, follow=True)
    after = [text_of(dilys.get(path)) for path in paths]

    assert "Everybody who was asked can now read" in text_of(shown)
    assert not ["£1,500" for page in before if "£1,500" in page]
    assert all("from £1,000 to £1,500" in page for page in after)
    assert "Does your comment still stand?" in after[1]


def test_a_link_to_a_change_that_is_gone_is_refused(people: Cast, amina: Client, consultation: Consultation):
    answer = made.answered(made.comment(consultation, people.dilys), decision="accepted")
    path = reverse("answer-link", args=[answer.pk])
    nothing = text_of(amina.get(path))
    versions.reprice(consultation.version.programme, Decimal(1500))

    gone = amina.post(path, {"change_key": "price|nonsense"})

    assert "Nothing has changed yet" in nothing
    assert "Choose a change from the list" in text_of(gone)


def test_the_next_version_is_held_until_a_reason_is_given(people: Cast, amina: Client, consultation: Consultation):
    made.comment(consultation, people.dilys)
    path = reverse("next-version", args=[consultation.pk])
    none_yet = amina.get(path)
    versions.reprice(consultation.version.programme, Decimal(1500))
    version = versions.frozen(consultation.version.programme, "After it", by=people.amina)
    made.close(consultation)

    held = amina.post(path, {"version": version.pk, "override": ""})
    shown = amina.post(path, {"version": version.pk, "override": "The council meets today"})

    assert "No version is frozen after version 1 yet" in text_of(none_yet)
    assert "Say why it cannot wait" in text_of(held)
    assert shown.status_code == 302


@pytest.mark.promise("B8")
def test_an_author_says_whether_the_comment_stands(people: Cast, amina: Client, consultation: Consultation):
    comment = made.changed(consultation, people.dilys)
    dilys, path = client_of(people.dilys), reverse("comment-stand", args=[comment.pk])

    asked = text_of(dilys.get(path))
    wordless = dilys.post(path, {"reply": "changed", "words": ""})
    dilys.post(path, {"reply": "changed", "words": "£1,500 is fair"})
    read = text_of(amina.get(reverse("answer-list", args=[consultation.pk])))

    assert "Price of Job for A: £1,000" in asked
    assert "Say how you see it now" in text_of(wordless)
    assert "£1,500 is fair" in read


def test_a_comments_words_are_left_out_with_a_trace_and_its_author_reads_why(
    people: Cast, amina: Client, consultation: Consultation
):
    comment = made.comment(consultation, people.dilys, sight="named", reason="Jo Bloggs told us")
    path = reverse("comment-moderate", args=[comment.pk])

    missing = amina.post(path, {"code": "", "words": ""})
    amina.post(path, {"code": "person", "words": "It names somebody"})
    mine = text_of(client_of(people.dilys).get(reverse("comment-list", args=[consultation.pk])))
    made.answered(comment)
    made.released(consultation)
    client_of(people.bob).post(
        reverse("consultation-report-create", args=[consultation.pk]), {"learned": "Ask earlier"}
    )
    report = text_of(Client().get(reverse("consultation-report", args=[consultation.pk])))

    assert "Choose why" in text_of(missing)
    assert CommentModeration.objects.get().code == "person"
    assert "It names somebody" in mine
    assert "It names or describes a person" in report
    assert "Jo Bloggs" not in report


@pytest.mark.promise("S3")
def test_the_report_lets_through_only_what_its_author_made_public(people: Cast, consultation: Consultation):
    secret = {"secret_reason": "Costs", "secret_until": made.now().date() + made.DAY}
    said = {
        "named": made.comment(consultation, people.dilys, sight="named", reason="=Words with a name"),
        "unnamed": made.comment(
            consultation, people.dilys, made.target(consultation, Kind.TERM), sight="unnamed", reason="Words without"
        ),
        "commissioner": made.comment(consultation, people.dilys, reason="Words for the commissioner"),
        "confidential": made.comment(
            consultation, people.dilys, sight="confidential", reason="Words in confidence", **secret
        ),
    }
    for comment in said.values():
        made.answered(comment)
    made.released(consultation)
    before = Client().get(reverse("consultation-report", args=[consultation.pk])).status_code
    client_of(people.bob).post(
        reverse("consultation-report-create", args=[consultation.pk]), {"learned": "Ask earlier"}
    )

    page = text_of(Client().get(reverse("consultation-report", args=[consultation.pk])))
    csv = text_of(Client().get(reverse("consultation-report-csv", args=[consultation.pk])))
    pdf = Client().get(reverse("consultation-report-pdf", args=[consultation.pk]))

    assert before == 404
    for text in (page, csv):
        assert "Words with a name" in text
        assert "Words without" in text
        assert "commissioner</p>" not in text
        assert "Words for" not in text
        assert "in confidence" not in text
        assert text.count("Helping Hands") == 1
    assert "'=Words with a name" in csv
    assert "Ask earlier" in page
    assert pdf.content.startswith(b"%PDF")


def test_a_report_waits_for_what_was_learned_and_for_all_answers(people: Cast, consultation: Consultation):
    made.comment(consultation, people.dilys)
    made.close(consultation)
    bob, path = client_of(people.bob), reverse("consultation-report-create", args=[consultation.pk])

    wordless, early = bob.post(path, {"learned": ""}), bob.post(path, {"learned": "Ask earlier"})

    assert "Say what you learned" in text_of(wordless)
    assert "Comments still lack an answer" in text_of(early)
    assert Organisation.objects.filter(name="Helping Hands").exists()
