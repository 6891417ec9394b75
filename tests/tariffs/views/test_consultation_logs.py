"""The equal-information log in the browser: briefings, documents, and questions with their answers."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commissioning.models import Programme
from tariffs.models import Consultation, LogEntry
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


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


def test_something_is_told_to_everybody_with_a_document_that_is_only_downloaded(
    people: Cast, consultation: Consultation
):
    path = reverse("log-entry-create", args=[consultation.pk])
    document = SimpleUploadedFile("Plan <b>.txt", b"The plan", content_type="text/html")
    sent = {"key": str(uuid4()), "kind": "file", "text": "The plan of the service", "file": document}

    client_of(people.amina).post(path, sent)
    entry = LogEntry.objects.get()
    page = client_of(people.dilys).get(consultation.get_absolute_url())
    response = client_of(people.dilys).get(reverse("log-entry-download", args=[entry.pk]))

    assert "The plan of the service" in text_of(page)
    assert response.content == b"The plan"
    assert response["Content-Type"].startswith("text/plain")
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "file"}, "Choose the file of the document"),
        ({"kind": "briefing", "file": SimpleUploadedFile("a.txt", b"Words")}, "Choose “A document”"),
        ({"kind": "file", "file": SimpleUploadedFile("a.exe", b"MZ\x00")}, "The file must be"),
        ({"kind": "file", "file": SimpleUploadedFile("a.txt", b"")}, "is empty"),
        ({"released_at": "5pm"}, "Enter both the day and the time of day"),
        ({"text": ""}, "Write what everybody is told"),
    ],
)
def test_what_cannot_be_told_is_said_beside_its_field(
    people: Cast, consultation: Consultation, given: dict[str, Any], said: str
):
    sent = {"key": "", "kind": "briefing", "text": "Come and see us", **given}

    response = client_of(people.amina).post(reverse("log-entry-create", args=[consultation.pk]), sent)

    assert said in text_of(response)
    assert not LogEntry.objects.exists()


@pytest.mark.promise("P7")
def test_a_document_to_be_told_later_is_not_there_before(people: Cast, consultation: Consultation):
    later = made.now() + made.DAY
    entry = made.told(consultation, "Later", kind="file", file_name="a.txt", content=b"Words", released_at=later)
    client, path = client_of(people.dilys), reverse("log-entry-download", args=[entry.pk])

    before = client.get(path).status_code, "Later" in text_of(client.get(consultation.get_absolute_url()))
    LogEntry.objects.filter(pk=entry.pk).update(released_at=made.now())
    after = client.get(path).status_code, "Later" in text_of(client.get(consultation.get_absolute_url()))

    assert (before, after) == ((404, False), (200, True))


def test_a_question_is_asked_seen_by_its_asker_and_answered_for_all(people: Cast, consultation: Consultation):
    dilys, amina = client_of(people.dilys), client_of(people.amina)
    ask = reverse("log-entry-ask", args=[consultation.pk])

    dilys.post(ask, {"key": str(uuid4()), "question": "When does it start?"})
    entry = LogEntry.objects.get()
    own, overview = (
        dilys.get(consultation.get_absolute_url()),
        amina.get(reverse("consultation-overview", args=[consultation.pk])),
    )
    amina.post(reverse("log-entry-answer", args=[entry.pk]), {"question": "When?", "text": "In May"})
    told = dilys.get(consultation.get_absolute_url())

    assert "Questions that you asked" in text_of(own)
    assert "When does it start?" in text_of(overview)
    assert "Helping Hands" not in text_of(overview).split("Questions that wait")[1].split("What everybody")[0]
    assert "In May" in text_of(told)
    assert "Questions that you asked" not in text_of(told)


def test_after_closing_nothing_is_asked_and_the_words_stay(people: Cast, consultation: Consultation):
    made.close(consultation)

    response = client_of(people.dilys).post(
        reverse("log-entry-ask", args=[consultation.pk]), {"key": "", "question": "When does it start?"}
    )

    assert "nothing more can be asked" in text_of(response)
    assert "When does it start?" in text_of(response)
    assert not LogEntry.objects.exists()
