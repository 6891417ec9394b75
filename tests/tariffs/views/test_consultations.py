"""The authority's pages of consultations, and what those who are asked, and those who are not, find of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Organisation, Programme, Role
from tariffs.core.consultation_targets import Kind
from tariffs.models import Consultation
from tests.factories import consultations as made
from tests.factories import versions
from tests.factories.commissioning import Cast, cast, client_of, member, organisation
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

OPENING = {
    "audience": "named",
    "introduction": "Tell us",
    "questions": "Could you start in May?\r\n\r\nWhat would you need?",
    "opens_at": "",
    "closes_on_0": "3",
    "closes_on_1": "6",
    "closes_on_2": "2099",
    "closes_at": "5pm",
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def consultation(people: Cast, programme: Programme) -> Consultation:
    return made.opened(programme, people.provider)


def text_of(response: Any) -> str:
    return response.content.decode()


def test_a_consultation_is_opened_and_its_providers_named(people: Cast, programme: Programme):
    version = made.version_of(programme)
    client = client_of(people.amina)

    response = client.post(
        reverse("consultation-create", args=[programme.pk]), {**OPENING, "version": version.pk}, follow=True
    )
    found = Consultation.objects.get()
    named = client.post(
        reverse("consulted-provider-list", args=[found.pk]), {"provider": [people.provider.pk, "rubbish"]}, follow=True
    )

    assert "Which providers do you ask?" in text_of(response)
    assert "1 provider is named" in text_of(named)
    assert [each.text for each in found.questions.all()] == ["Could you start in May?", "What would you need?"]
    assert found.closes_at.isoformat() == "2099-06-03T16:00:00+00:00"
    overview = text_of(client.get(reverse("consultation-overview", args=[found.pk])))
    assert "3 June 2099 at 5pm, London time (British Summer Time)" in overview


@pytest.mark.promise("D6")
@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("day", "clock", "said"),
    [
        (("29", "3", "2099"), "1:30am", "There is no such time that night"),
        (("25", "10", "2099"), "1.30 am", "Clocks show that time twice that night"),
        (("31", "2", "2099"), "5pm", "Enter a real date"),
        (("", "", ""), "5pm", "Enter the day of closing"),
        (("3", "6", "2099"), "soon", "Enter the time of day, like 5pm or 17:00"),
        (("3", "6", "2999"), "5pm", "Enter a day before 2100"),
        (("3", "6", "2020"), "5pm", "It must close after it opens"),
    ],
)
def test_a_closing_time_that_does_not_fit_is_told_beside_its_field_and_nothing_typed_is_lost(
    people: Cast, programme: Programme, day: tuple[str, str, str], clock: str, said: str
):
    version = made.version_of(programme)
    typed = {f"closes_on_{place}": part for place, part in enumerate(day)} | {"closes_at": clock}

    response = client_of(people.amina).post(
        reverse("consultation-create", args=[programme.pk]), {**OPENING, "version": version.pk, **typed}
    )

    assert response.status_code == 200
    assert said in text_of(response)
    assert "What would you need?" in text_of(response)
    assert not Consultation.objects.exists()


def test_a_later_version_waits_for_the_answers_that_are_missing(people: Cast, consultation: Consultation):
    made.comment(consultation, people.dilys)
    programme = consultation.version.programme
    versions.reprice(programme, Decimal(1500))
    later = versions.frozen(programme, by=people.amina)
    client, path = client_of(people.amina), reverse("consultation-create", args=[programme.pk])

    held = client.post(path, {**OPENING, "version": later.pk, "override": ""})
    opened = client.post(path, {**OPENING, "version": later.pk, "override": "The council meets today"})

    assert "Comments on an earlier version still lack an answer" in text_of(held)
    assert opened.status_code == 302


def test_the_list_says_how_each_stands_and_whom_nobody_has_asked(people: Cast, programme: Programme):
    client, path = client_of(people.amina), reverse("consultation-list", args=[programme.pk])
    empty = text_of(client.get(path))
    made.opened(programme, people.provider)
    made.close(made.opened(programme))

    page = text_of(client.get(path))

    assert "Freeze the draft as a version" in empty
    assert ("Open" in page, "Closed" in page, "Public" in page) == (True, True, True)
    assert "Open a consultation" not in text_of(client_of(people.vera).get(path))


def test_a_public_consultation_names_nobody_and_ticking_nobody_names_nobody(people: Cast, consultation: Consultation):
    client = client_of(people.amina)
    public = made.opened(consultation.version.programme)

    absent = client.get(reverse("consulted-provider-list", args=[public.pk]))
    nobody = client.post(reverse("consulted-provider-list", args=[consultation.pk]), follow=True)
    found = client.get(reverse("consulted-provider-list", args=[consultation.pk]) + "?words=nobody")

    assert absent.status_code == 404
    assert "Tick whom you want to name" in text_of(nobody)
    assert "name contains “nobody”" in text_of(found)


@pytest.mark.parametrize(
    ("questions", "said"), [("Why?\n" * 21, "Ask at most 20 questions"), ("a" * 501, "500 characters or fewer")]
)
def test_questions_have_their_limits(people: Cast, programme: Programme, questions: str, said: str):
    version = made.version_of(programme)

    response = client_of(people.amina).post(
        reverse("consultation-create", args=[programme.pk]), {**OPENING, "version": version.pk, "questions": questions}
    )

    assert said in text_of(response)


def test_without_a_version_there_is_nothing_to_consult_on(people: Cast, programme: Programme):
    page = client_of(people.amina).get(reverse("consultation-create", args=[programme.pk]))

    assert "Freeze the draft as a version" in text_of(page)


def test_before_it_opens_it_can_be_changed_and_called_off(people: Cast, programme: Programme):
    now = made.now()
    later = made.opened(programme, people.provider, opens_at=now + made.DAY, closes_at=now + 9 * made.DAY)
    client = client_of(people.amina)
    change = reverse("consultation-change", args=[later.pk])
    shown = client.get(change)
    day = {"opens_on_0": "1", "opens_on_1": "6", "opens_on_2": "2099", "opens_at": "noon"}

    client.post(change, {**OPENING, **day, "introduction": "Tell us more"})
    later.refresh_from_db()
    gone = client.post(reverse("consultation-call-off", args=[later.pk]))

    assert "Tell us" in text_of(shown)
    assert later.introduction == "Tell us more"
    assert gone.status_code == 302
    assert not Consultation.objects.exists()


def test_once_open_it_is_said_that_it_stays(people: Cast, consultation: Consultation):
    client = client_of(people.amina)
    day = {"opens_on_0": "1", "opens_on_1": "6", "opens_on_2": "2099", "opens_at": "noon"}

    changed = client.post(reverse("consultation-change", args=[consultation.pk]), {**OPENING, **day})
    called_off = client.post(reverse("consultation-call-off", args=[consultation.pk]), follow=True)
    taken_out = client.post(
        reverse("consulted-provider-remove", args=[consultation.pk, people.provider.pk]), follow=True
    )

    for response in (changed, called_off, taken_out):
        assert "The consultation has opened" in text_of(response)


def test_more_time_is_given_with_a_reason(people: Cast, consultation: Consultation):
    client, path = client_of(people.amina), reverse("consultation-extend", args=[consultation.pk])
    until = {"closes_on_0": "3", "closes_on_1": "6", "closes_on_2": "2099", "closes_at": "17:00"}

    early = client.post(path, {**until, "closes_on_2": "2001", "reason": "Asked"})
    given = client.post(path, {**until, "reason": "Asked by several"}, follow=True)

    assert "Choose a time after" in text_of(early)
    assert "Asked by several" in text_of(given)


@pytest.mark.promise("S5")
def test_a_named_consultation_is_not_there_for_anybody_else(people: Cast, consultation: Consultation):
    emlyn = member(organisation("Others", Organisation.Kind.PROVIDER), Role.BID_WRITER)
    entry = made.told(consultation, kind="file", file_name="a.txt", content=b"Words")
    line = made.target(consultation)
    comment = made.receipt(consultation, people.dilys)
    open_to_any = [consultation.get_absolute_url(), reverse("log-entry-download", args=[entry.pk])]
    behind = [
        reverse("comment-list", args=[consultation.pk]),
        reverse("comment-create", args=[consultation.pk, line.id]),
        reverse("comment-edit", args=[comment.comment_id]),
        reverse("receipt-detail", args=[comment.pk]),
    ]

    for person in (emlyn, people.charlie, None):
        client = client_of(person)
        assert [client.get(path).status_code for path in open_to_any] == [404, 404]
        assert {client.get(path).status_code for path in behind} == {404 if person else 302}
        assert "Back to work" not in text_of(client.get(reverse("open-consultation-list")))
        assert "Back to work" not in text_of(client.get("/"))
    assert [client_of(people.dilys).get(path).status_code for path in (*open_to_any, *behind)] == [200] * 6


def test_before_it_opens_only_its_authority_reads_it(people: Cast, programme: Programme):
    now = made.now()
    later = made.opened(programme, people.provider, opens_at=now + made.DAY, closes_at=now + timedelta(days=9))

    seen = [client_of(who).get(later.get_absolute_url()).status_code for who in (people.dilys, people.vera)]

    assert seen == [404, 200]


def test_a_public_consultation_is_read_by_anybody_and_listed_at_home(people: Cast, programme: Programme):
    public = made.opened(programme)

    home, page = client_of(None).get("/"), client_of(None).get(public.get_absolute_url())

    assert "Back to work" in text_of(home)
    assert "sign in" in text_of(page)
    assert "Helping Hands" not in text_of(page)


def test_home_tells_a_provider_what_is_open_and_a_commissioner_what_is_owed(people: Cast, consultation: Consultation):
    made.comment(consultation, people.dilys)

    provider, running = client_of(people.dilys).get("/"), client_of(people.amina).get("/")
    made.close(consultation)
    owing = client_of(people.amina).get("/")

    assert "Drafts that you can comment on" in text_of(provider)
    assert "Your open consultations" in text_of(running)
    assert "1 without an answer" in text_of(owing)


@pytest.mark.promise("L6")
def test_pages_take_few_queries_however_much_there_is(
    people: Cast, consultation: Consultation, django_assert_max_num_queries: Any
):
    for place in range(30):
        kind = (Kind.PRICE, Kind.TERM)[place % 2]
        made.comment(consultation, people.dilys, made.target(consultation, kind))
        made.told(consultation, f"Briefing {place}")
    pages = {
        people.dilys: ("consultation-detail", "comment-list", "open-consultation-list", "home"),
        people.amina: (
            "consultation-overview",
            "answer-list",
            "consultation-detail",
            "consulted-provider-list",
            "home",
        ),
    }

    for person, names in pages.items():
        client = client_of(person)
        for name in names:
            address = reverse(name, args=[] if name in ("home", "open-consultation-list") else [consultation.pk])
            with django_assert_max_num_queries(15):
                assert client.get(address).status_code == 200
