"""The bench: typed in private, kept, tried, printed, shared in bands; and nobody else ever learns of it."""

from functools import reduce
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commissioning.models import AuditEntry, Organisation, Role, User
from tariffs import queries, services
from tariffs.core.benches import Bands
from tariffs.models import BenchSheet, Consultation, SharedBands
from tests.factories import benches, consultations
from tests.factories.commissioning import Cast, cast, client_of, member, organisation
from tests.factories.tariffs import imported
from tests.tariffs.views.test_parts import fields
from tests.tariffs.views.test_two_worlds import MASKS

pytestmark = pytest.mark.django_db
BANDS = Bands("low", "thin", "some")
CANARY = "7654321"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return consultations.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def address(route: str, consultation: Consultation, provider: Organisation) -> str:
    return reverse(route, args=[consultation.pk, provider.pk])


def entered(people: Cast, consultation: Consultation, **given: str) -> Any:
    client, path = client_of(people.dilys), address("bench-edit", consultation, people.provider)
    return client.post(path, fields(client, path) | benches.typed(consultation, **given), follow=True)


def test_a_provider_enters_its_figures_and_reads_what_they_come_to(people: Cast, consultation: Consultation) -> None:
    before = client_of(people.dilys).get(address("bench-detail", consultation, people.provider))

    page = entered(people, consultation).content.decode()

    assert "Enter our figures" in before.content.decode()
    assert "Over the whole contract we could expect to" in page
    assert "reach the final outcome." in page
    assert "Our cash is lowest around month" in page
    assert "Nobody outside Helping Hands sees this page" in page
    sheet = BenchSheet.objects.get()
    assert (sheet.share, float(sheet.reserves), sheet.names_sums) == (0.05, 150000.0, True)
    assert set(sheet.spend.values()) == {300.0}
    assert sheet.caseload == {}


def test_an_own_caseload_is_kept_and_taken_away_again(people: Cast, consultation: Consultation) -> None:
    entered(people, consultation, people_0="12.5")
    first = queries.benches.groups(consultation)[0].id
    assert BenchSheet.objects.get().caseload == {first: 12.5}

    entered(people, consultation, people_0="")

    assert BenchSheet.objects.get().caseload == {}


@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"share": "0"}, "The share of the contract must be from 0.01 in 100 to 100 in 100"),
        ({"share": ""}, "Enter the share of the contract"),
        ({"spend_0": ""}, "Enter what you would spend on each person of"),
        ({"spend_0": "lots"}, "as a number, like"),
        ({"way": ""}, "Choose what you would spend"),
        ({"success": "0"}, "The comparison of your outcomes must be from 1 to 1,000"),
        ({"reserves": "-5"}, "The reserves must be from £0"),
        ({"reserve_floor_months": "1.5"}, "The number of months must be a whole number"),
    ],
)
def test_bad_figures_are_named_and_nothing_typed_is_lost(
    people: Cast, consultation: Consultation, given: dict[str, str], said: str
) -> None:
    page = entered(people, consultation, overhead_monthly=CANARY, **given).content.decode()

    assert said in page
    assert CANARY in page
    assert not BenchSheet.objects.exists()


@pytest.mark.promise("D1")
def test_two_colleagues_change_different_groups_and_both_stand(people: Cast, consultation: Consultation) -> None:
    frank = member(people.provider, Role.FINANCE_LEAD, "Frank")
    entered(people, consultation)
    path = address("bench-edit", consultation, people.provider)
    dilys, other = client_of(people.dilys), client_of(frank)
    hers, his = fields(dilys, path), fields(other, path)

    dilys.post(path, hers | {"spend_0": "400"})
    second = other.post(path, his | {"spend_1": "500"})
    third = other.post(path, his | {"spend_0": "999"})

    first, next_one = (group.id for group in queries.benches.groups(consultation)[:2])
    assert (second.status_code, third.status_code) == (302, 409)
    assert (BenchSheet.objects.get().spend[first], BenchSheet.objects.get().spend[next_one]) == (400.0, 500.0)


def test_trustees_read_the_paper_and_change_nothing(people: Cast, consultation: Consultation) -> None:
    tom = member(people.provider, Role.TRUSTEE, "Tom")
    benches.sheet(consultation, people.provider, people.dilys)

    page = client_of(tom).get(address("bench-paper", consultation, people.provider)).content.decode()

    assert "What would this contract mean for us?" in page
    assert "What trustees may want to ask" in page
    assert client_of(tom).get(address("bench-edit", consultation, people.provider)).status_code == 404


def test_there_is_no_paper_before_there_are_figures(people: Cast, consultation: Consultation) -> None:
    assert client_of(people.dilys).get(address("bench-paper", consultation, people.provider)).status_code == 404


def test_the_cash_is_given_as_csv_and_no_other_picture_is(people: Cast, consultation: Consultation) -> None:
    benches.sheet(consultation, people.provider, people.dilys)
    client = client_of(people.dilys)
    of = [consultation.pk, people.provider.pk]

    found = client.get(reverse("bench-figures", args=[*of, "cash"]))

    assert "1 in 20 worse than" in found.content.decode().splitlines()[0]
    assert client.get(reverse("bench-figures", args=[*of, "margin"])).status_code == 404


def test_figures_are_deleted_for_good(people: Cast, consultation: Consultation) -> None:
    benches.sheet(consultation, people.provider, people.dilys)
    client, path = client_of(people.dilys), address("bench-remove", consultation, people.provider)

    client.post(path)

    assert not BenchSheet.objects.exists()
    assert client.post(path).status_code == 302


@pytest.mark.promise("S4")
def test_the_commissioner_and_a_competitor_read_the_same_whether_or_not_a_bench_was_used(
    people: Cast, consultation: Consultation
) -> None:
    rival = organisation("Rival", Organisation.Kind.PROVIDER)
    invited(consultation, rival, by=people.amina)
    readers = (client_of(people.amina), client_of(member(rival, Role.BID_WRITER)))
    before = [pages(reader, consultation) for reader in readers]

    benches.sheet(consultation, people.provider, people.dilys, overhead_monthly=CANARY)
    services.benches.share(consultation=consultation, organisation=people.provider, bands=BANDS, by=people.dilys)

    assert [pages(reader, consultation) for reader in readers] == before


def pages(client: Client, consultation: Consultation) -> list[str]:
    routes = ("consultation-detail", "consultation-overview", "comment-list")
    found = [client.get(reverse(route, args=[consultation.pk])).content.decode() for route in routes]
    return [reduce(lambda text, mask: mask.sub("", text), MASKS, page) for page in found]


def invited(consultation: Consultation, provider: Organisation, by: User) -> None:
    services.consultations.invite(consultation=consultation, organisations=[provider], by=by)


@pytest.mark.promise("S3")
def test_no_log_of_anybody_holds_a_figure_of_a_bench(people: Cast, consultation: Consultation) -> None:
    benches.sheet(consultation, people.provider, people.dilys, overhead_monthly=CANARY)

    entries = AuditEntry.objects.filter(action="changed figures on the bench")

    assert entries.get().organisation == people.provider
    assert not any(CANARY in str(entry.detail) for entry in AuditEntry.objects.all())


@pytest.mark.promise("S2")
def test_nobody_else_writes_a_bench(people: Cast, consultation: Consultation) -> None:
    rival = organisation("Rival", Organisation.Kind.PROVIDER)
    ruth = member(rival, Role.BID_WRITER)
    sheet = benches.sheet(consultation, people.provider, people.dilys)

    for stranger, whose in ((people.amina, people.provider), (ruth, people.provider), (ruth, rival)):
        with pytest.raises(PermissionDenied):
            services.benches.share(consultation=consultation, organisation=whose, bands=BANDS, by=stranger)
        with pytest.raises(PermissionDenied):
            benches.sheet(consultation, whose, stranger)
    with pytest.raises(PermissionDenied):
        services.benches.remove(sheet=sheet, by=people.amina)


def test_a_draft_that_lacks_parts_cannot_be_tried(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    programme.groups.all().delete()
    bare = consultations.opened(programme, people.provider)

    page = client_of(people.dilys).get(address("bench-detail", bare, people.provider)).content.decode()

    assert "This draft lacks parts" in page


@pytest.mark.promise("D9")
@pytest.mark.parametrize("values", [{"share": 0.0}, {"share": 1.5}, {"success": -1.0}, {"reserves": -1}])
def test_the_database_keeps_figures_within_limits(
    people: Cast, consultation: Consultation, values: dict[str, float]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BenchSheet.objects.create(consultation=consultation, organisation=people.provider, **values)


def test_what_is_kept_names_nobody(people: Cast, consultation: Consultation) -> None:
    sheet = benches.sheet(consultation, people.provider, people.dilys)
    services.benches.share(consultation=consultation, organisation=people.provider, bands=BANDS, by=people.dilys)

    assert str(sheet) == "A provider's own figures"
    assert str(SharedBands.objects.get()) == "Bands that a provider shared"
