"""The page of a provider that was asked: without an account, through its link alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Programme
from markets.models import Survey, SurveyAnswer
from markets.services import surveys as writing
from tests.factories.commissioning import Cast, cast
from tests.factories.surveys import USUAL, answered, link_of, opened
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def survey(people: Cast, programme: Programme) -> Survey:
    return opened(programme, by=people.amina)


@pytest.fixture
def token(survey: Survey) -> str:
    return link_of(survey)


def address(token: str, name: str = "answer") -> str:
    return reverse(f"survey-{name}", args=[token])


def test_it_says_who_sees_what_and_the_terms_before_it_asks(token: str, programme: Programme) -> None:
    body = Client().get(address(token)).content.decode()

    places = [body.index(words) for words in ("Who sees what you answer", "The terms", "Would you bid under these")]
    assert places == sorted(places)
    assert "Anytown Council" in body
    assert "nothing at all if fewer than five providers answer" in body
    assert "£" in body


def test_an_answer_is_kept_thanked_for_shown_again_and_changed(token: str) -> None:
    client = Client()

    thanks = client.post(address(token), {**USUAL, "words": "Pay  us\nsooner"}, follow=True).content.decode()
    assert "your answer is kept" in thanks
    again = client.get(address(token)).content.decode()
    assert "Pay us sooner" in again
    assert "Change your answer" in again
    client.post(address(token), {**USUAL, "would_bid": "no"})

    assert SurveyAnswer.objects.get().would_bid == "no"


def test_no_cookie_is_set_but_the_one_that_guards_the_form(token: str, settings: Any) -> None:
    client = Client()

    client.get(address(token))
    client.post(address(token), USUAL, follow=True)

    assert set(client.cookies) <= {settings.CSRF_COOKIE_NAME}


def test_no_page_of_it_is_kept_by_a_cache_or_named_to_another_website(token: str) -> None:
    answer = Client().get(address(token))

    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"would_bid": ""}, "Choose an answer"),
        ({"size": "gigantic"}, "Choose from the list"),
        ({"needs": ["earlier", "gold"]}, "Choose from the list"),
        ({"words": "x" * 501}, "Use at most 500 characters"),
        ({"words": "write to jo@charity.example"}, "Leave out e-mail addresses and telephone numbers"),
        ({"words": "ring 01632 960 000"}, "Leave out e-mail addresses and telephone numbers"),
        ({"smallest": "5m", "largest": "100k"}, "cannot be smaller than the smallest"),
        ({"words": "nul \x00"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(token: str, given: dict[str, Any], words: str) -> None:
    answer = Client().post(address(token), {**USUAL, "words": "Pay us sooner", **given})

    body = answer.content.decode()
    assert answer.status_code == 200
    assert words in body
    assert str(given.get("words", "Pay us sooner")).split("\x00")[0] in body
    assert not SurveyAnswer.objects.exists()


def test_hostile_words_are_kept_as_words(token: str) -> None:
    client = Client()

    client.post(address(token), {**USUAL, "words": "<script>alert(1)</script>'; DROP TABLE x; --"})

    assert "<script>alert" not in client.get(address(token)).content.decode()
    assert SurveyAnswer.objects.get().words.startswith("<script>")


@pytest.mark.parametrize("wrong", ["wrong", "%00", "a" * 3000, "..%2f..%2fadmin", "é"])
def test_a_link_that_never_was_says_so_and_nothing_else(survey: Survey, wrong: str) -> None:
    answer = Client(raise_request_exception=False).get(f"/survey/{wrong}/")

    assert answer.status_code == 404
    assert "Anytown" not in answer.content.decode()


def test_closed_replaced_and_wrong_links_look_alike(people: Cast, survey: Survey, token: str) -> None:
    client = Client()
    wrong = client.get(address("wrong"))
    Survey.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    expired = client.get(address(token))
    Survey.objects.update(closes_on=timezone.localdate())
    writing.close(survey=survey, by=people.amina)
    over, posted = client.get(address(token)), client.post(address(token), USUAL)

    assert {each.status_code for each in (wrong, expired, over, posted)} == {404}
    assert wrong.content == expired.content == over.content == posted.content
    assert "This link does not work" in wrong.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_thanks_are_only_for_an_answer(token: str) -> None:
    assert Client().get(address(token, "thanks")).status_code == 404


def test_a_page_made_for_demonstration_says_so(people: Cast, token: str) -> None:
    people.authority.is_demonstration = True
    people.authority.save()

    assert "no real authority asks" in Client().get(address(token)).content.decode()


def test_a_signed_out_reader_of_the_page_learns_nothing_of_other_answers(survey: Survey) -> None:
    answered(survey, 5, words="Pay us sooner")

    assert "Pay us sooner" not in Client().get(address(link_of(survey, "provider5@charity.example"))).content.decode()


def test_too_many_tries_are_refused(token: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "answer_survey": "3/m/ip"}
    client = Client()

    answers = [client.get(address(f"guess-{number}")).status_code for number in range(4)]

    assert answers == [404, 404, 404, 429]


def test_the_page_asks_the_database_at_most_fifteen_times_and_keeping_an_answer_thirty(
    token: str, django_assert_max_num_queries: Any
) -> None:
    client = Client()

    with django_assert_max_num_queries(15):
        client.get(address(token))
    # Limits by address, locks and the checks of a row are among these.
    with django_assert_max_num_queries(30):
        client.post(address(token), USUAL)
