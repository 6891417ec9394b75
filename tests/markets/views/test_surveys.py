"""Pages of surveys for an authority: made ready, sent, reminded of, closed and read back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Programme
from markets.models import Survey, SurveyRecipient
from markets.services import survey_answers
from markets.services import surveys as writing
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.surveys import ADDRESSES, answer, answered, closed, link_of, opened, prepared
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

CANARY = "canary@charity.example"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


def typed(addresses: str = CANARY, days: int = 14) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=days)
    return {"addresses": addresses, "closes_on_0": day.day, "closes_on_1": day.month, "closes_on_2": day.year}


def page(client: Client, programme: Programme) -> str:
    return client.get(reverse("survey-detail", args=[programme.pk])).content.decode()


def press(client: Client, button: str, survey: Survey) -> str:
    return client.post(reverse(f"survey-{button}", args=[survey.pk]), follow=True).content.decode()


def test_the_page_says_what_there_is_to_do_in_each_state(amina: Client, programme: Programme) -> None:
    edit = reverse("survey-edit", args=[programme.pk])

    assert "Nobody has been asked yet." in page(amina, programme)
    amina.post(edit, typed(f"{CANARY}\nother@charity.example"))
    survey = Survey.objects.get()
    assert "ready, and not sent yet" in page(amina, programme)
    assert "What providers will read" in page(amina, programme)
    assert CANARY in amina.get(edit).content.decode()

    assert "The survey is open." in press(amina, "send", survey)
    assert "Fewer than five" in page(amina, programme)
    assert "is reminded within a few minutes" in press(amina, "remind", survey)
    assert "Remind those" not in page(amina, programme)
    assert "its addresses are deleted" in press(amina, "close", survey)
    assert "so nothing is shown" in page(amina, programme)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"addresses": ""}, "Enter at least one e-mail address"),
        ({"addresses": " ,;\n "}, "Enter at least one e-mail address"),
        ({"addresses": "good@example.org\nnonsense"}, "nonsense is no e-mail address"),
        ({"addresses": "<script>@x"}, "&lt;script&gt;@x is no e-mail address"),
        ({"addresses": "\n".join(f"p{number}@example.org" for number in range(201))}, "at most 200 addresses"),
        ({"addresses": "x" * 60_001}, "at most 200 addresses"),
        ({"closes_on_0": "31", "closes_on_1": "2"}, "Enter a real date"),
        ({"closes_on_2": "1999"}, "Choose a day from tomorrow"),
        ({"closes_on_2": "9999"}, "Choose a day from tomorrow"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(
    amina: Client, programme: Programme, given: dict[str, str], words: str
) -> None:
    answer = amina.post(reverse("survey-edit", args=[programme.pk]), {**typed(), **given})

    body = answer.content.decode()
    assert answer.status_code == 200
    assert words in body
    assert "There is a problem" in body
    kept = given.get("addresses", CANARY).strip().splitlines()
    assert not kept or kept[0].replace("<", "&lt;").replace(">", "&gt;") in body
    assert not Survey.objects.exists()


def test_addresses_may_stand_on_one_line_and_are_taken_once(amina: Client, programme: Programme) -> None:
    amina.post(reverse("survey-edit", args=[programme.pk]), typed("A@x.example; b@x.example,a@X.example c@x.example"))

    found = list(SurveyRecipient.objects.values_list("email", flat=True))
    assert found == ["a@x.example", "b@x.example", "c@x.example"]


def test_while_one_is_open_another_is_refused_on_the_page(people: Cast, amina: Client, programme: Programme) -> None:
    opened(programme, by=people.amina)

    body = amina.post(reverse("survey-edit", args=[programme.pk]), typed()).content.decode()

    assert writing.TWO_AT_ONCE in body


def test_a_tariff_without_prices_is_told_and_nothing_is_sent(people: Cast, amina: Client, programme: Programme) -> None:
    survey = prepared(programme, by=people.amina)
    programme.tariff.price_lines.all().delete()

    assert "no price yet" in press(amina, "send", survey)
    assert Survey.objects.get().state == "draft"


@pytest.mark.promise("S3")
def test_an_address_is_shown_to_its_sender_and_to_nobody_else(people: Cast, programme: Programme) -> None:
    survey = prepared(programme, by=people.amina, addresses=[CANARY])
    addresses = [reverse(f"survey-{name}", args=[programme.pk]) for name in ("detail", "edit")]
    addresses += [programme.get_absolute_url(), people.authority.get_absolute_url()]
    link = None

    for state in ("draft", "open", "closed"):
        if state == "open":
            writing.send(survey=survey, by=people.amina)
            link = reverse("survey-answer", args=[link_of(survey, CANARY)])
        if state == "closed":
            writing.close(survey=survey, by=people.amina)
        for reader in (people.bob, people.vera, people.charlie, people.dilys):
            seen = [client_of(reader).get(address).content.decode() for address in filter(None, [*addresses, link])]
            assert not [body for body in seen if "canary" in body], (state, reader)

    assert CANARY not in page(client_of(people.amina), programme)


def test_only_the_sender_may_change_what_is_not_sent(people: Cast, programme: Programme) -> None:
    prepared(programme, by=people.amina)
    bob = client_of(people.bob)

    assert ">Change it<" not in page(bob, programme)
    assert writing.TWO_AT_ONCE in bob.post(reverse("survey-edit", args=[programme.pk]), typed()).content.decode()
    assert "Nothing was sent" in press(bob, "discard", Survey.objects.get())


def test_while_it_is_open_nothing_of_what_was_answered_is_on_the_page(
    people: Cast, amina: Client, programme: Programme
) -> None:
    survey = opened(programme, by=people.amina)
    answered(survey, 5, words="Pay us sooner", would_bid="no")

    body = page(amina, programme)

    assert "At least <strong>5</strong>" in body
    assert "Pay us sooner" not in body
    assert "would bid under these terms" not in body
    assert amina.get(reverse("survey-figures", args=[survey.pk])).status_code == 404


def test_when_it_is_closed_the_whole_authority_reads_counts_and_words(people: Cast, programme: Programme) -> None:
    survey = opened(programme, by=people.amina)
    answered(survey, 6, words="Pay us <sooner>")
    writing.close(survey=survey, by=people.amina)
    vera = client_of(people.vera)

    body = page(vera, programme)

    assert "Of 6 providers that answered, 0 would bid under these terms, 6 perhaps and 0 would not." in body
    assert "Pay us &lt;sooner&gt;" in body
    assert "Ask again" not in body
    file = vera.get(reverse("survey-figures", args=[survey.pk]))
    assert file["Content-Type"].startswith("text/csv")
    assert "Would you bid under these terms?,Maybe,All,6" in file.content.decode()


def test_too_few_answers_give_no_file(people: Cast, amina: Client, programme: Programme) -> None:
    survey = closed(programme, by=people.amina, count=4)

    assert amina.get(reverse("survey-figures", args=[survey.pk])).status_code == 404


def test_earlier_surveys_stay_within_reach(people: Cast, amina: Client, programme: Programme) -> None:
    first = closed(programme, by=people.amina)
    prepared(programme, by=people.amina)

    assert reverse("survey-figures", args=[first.pk]) in page(amina, programme)


def test_in_a_demonstration_the_page_leads_to_a_link_that_nobody_used(
    people: Cast, amina: Client, programme: Programme
) -> None:
    survey = opened(programme, by=people.amina, addresses=ADDRESSES[:1])

    assert "What would you put at risk?" in press(amina, "try", survey)
    assert survey_answers.give(token=link_of(survey), answer=answer())
    assert "Everyone who was asked has answered." in press(amina, "try", survey)


def test_what_somebody_threw_away_meanwhile_is_not_there(people: Cast, amina: Client, programme: Programme) -> None:
    survey = prepared(programme, by=people.amina)
    writing.discard(survey=survey, by=people.bob)

    assert amina.post(reverse("survey-send", args=[survey.pk])).status_code == 404


@pytest.mark.parametrize("state", ["nothing", "draft", "open", "closed"])
def test_the_page_asks_the_database_at_most_fifteen_times(
    people: Cast, amina: Client, programme: Programme, state: str, django_assert_max_num_queries: Any
) -> None:
    make = {"draft": prepared, "open": opened, "closed": closed}
    if state in make:
        make[state](programme, by=people.amina)

    with django_assert_max_num_queries(15):
        page(amina, programme)
