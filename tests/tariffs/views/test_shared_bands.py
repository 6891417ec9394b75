"""Bands that providers share of their benches: until closing, three only, and read once five have shared."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissioning.models import Organisation, Role, User
from tariffs import queries, services
from tariffs.models import Consultation, SharedBands
from tests.factories import benches, consultations
from tests.factories.commissioning import Cast, cast, client_of, member, organisation
from tests.factories.tariffs import imported
from tests.tariffs.views.test_benches import BANDS, address, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return consultations.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def shared_by(people: Cast, consultation: Consultation, count: int) -> list[User]:
    who = []
    for number in range(count):
        provider = organisation(f"Provider {number}", Organisation.Kind.PROVIDER)
        writer = member(provider, Role.BID_WRITER)
        invited(consultation, provider, by=people.amina)
        services.benches.share(consultation=consultation, organisation=provider, bands=BANDS, by=writer)
        who.append(writer)
    return who


@pytest.mark.promise("P6")
def test_bands_are_shown_once_it_is_closed_and_five_have_shared(people: Cast, consultation: Consultation) -> None:
    shared_by(people, consultation, 4)
    assert queries.benches.read(consultations.close(consultation)) is None
    Consultation.objects.update(closes_at=consultations.now() + consultations.DAY)
    shared_by(people, consultation, 1)
    assert queries.benches.read(consultation) is None

    found = queries.benches.read(consultations.close(consultation))

    assert found is not None
    assert found.providers == 5
    assert [line.providers for line in found.loss] == [0, 5, 0, 0]


def test_the_authority_reads_bands_without_names(people: Cast, consultation: Consultation) -> None:
    client, path = client_of(people.amina), reverse("shared-bands", args=[consultation.pk])
    shared_by(people, consultation, 4)
    assert "You will see it here after closing" in client.get(path).content.decode()
    shared_by(people, consultation, 1)
    consultations.close(consultation)

    page = client.get(path).content.decode()

    assert "5 providers shared bands" in page
    assert "For 0 of them the chance of a loss is 1 in 5 or more" in page
    assert "Provider 0" not in page


def test_after_closing_with_too_few_nothing_is_shown(people: Cast, consultation: Consultation) -> None:
    shared_by(people, consultation, 4)
    consultations.close(consultation)

    page = client_of(people.amina).get(reverse("shared-bands", args=[consultation.pk])).content.decode()

    assert "Fewer than five providers shared theirs" in page


def test_bands_are_shared_again_and_taken_back_until_closing(people: Cast, consultation: Consultation) -> None:
    benches.sheet(consultation, people.provider, people.dilys)
    client, path = client_of(people.dilys), address("bench-share", consultation, people.provider)

    client.post(path)
    client.post(path)
    assert SharedBands.objects.count() == 1
    assert "You have shared" in client.get(address("bench-detail", consultation, people.provider)).content.decode()
    client.post(path, {"take": "back"})
    client.post(path, {"take": "back"})
    assert not SharedBands.objects.exists()

    consultations.close(consultation)
    page = client.post(path, follow=True).content.decode()
    assert "The consultation is not open" in page
    assert not SharedBands.objects.exists()


def test_before_it_opens_and_after_it_closed_nothing_is_shared(people: Cast, consultation: Consultation) -> None:
    closed = consultations.close(consultation)

    for act in (services.benches.withdraw, lambda **mine: services.benches.share(bands=BANDS, **mine)):
        with pytest.raises(ValidationError):
            act(consultation=closed, organisation=people.provider, by=people.dilys)


@pytest.mark.promise("D9")
def test_the_database_keeps_bands_known_and_once(people: Cast, consultation: Consultation) -> None:
    mine = {"consultation": consultation, "organisation": people.provider, "shared_by": people.dilys}
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedBands.objects.create(**mine, loss="some", margin="thin", reserves="some")
    SharedBands.objects.create(**mine, loss="low", margin="thin", reserves="some")
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedBands.objects.create(**mine, loss="low", margin="thin", reserves="some")
