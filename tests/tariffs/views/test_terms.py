"""The page of a tariff's terms: what is typed is kept, what is refused says why beside its question."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import AuditEntry, Programme
from tariffs import queries
from tariffs.models import Tariff
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db
EXAMPLES = sorted((Path(programme_files.__file__).parents[1] / "examples").glob("*.json"))


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def address(programme: Programme) -> str:
    return reverse("terms-edit", args=[programme.tariff.pk])


def fields(client: Any, path: str) -> dict[str, Any]:
    """Give every field of the page's form as a browser would send it."""
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def saved(programme: Programme) -> Tariff:
    return Tariff.objects.select_related("target_milestone").get(programme=programme)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_saving_the_terms_of_an_example_unchanged_changes_nothing(people: Cast, example: Path) -> None:
    programme = imported(example.read_bytes(), organisation=people.authority, by=people.amina)
    client = client_of(people.amina)
    before = AuditEntry.objects.count(), programme_files.dumps(queries.programmes.to_core(programme))

    response = client.post(address(programme), fields(client, address(programme)))

    again = Programme.objects.get(pk=programme.pk)
    assert response.status_code == 302
    assert (AuditEntry.objects.count(), programme_files.dumps(queries.programmes.to_core(again))) == before


def test_every_term_can_be_written_and_taken_back(people: Cast, programme: Programme) -> None:
    client, job = client_of(people.amina), programme.milestones.get(key="job")
    empty = fields(client, address(programme))
    given = {
        "version": "Half upfront",
        "upfront_payment": "£50,000",
        "service_fee_monthly": "1,200.50",
        "payment_lag_months": "2",
        "minimum_service": "90",
        "payment_cap": "0",
        "person_cap": "4000",
        "annual_price_change": "-5",
        "volume_guarantee": "80%",
        "target_rule": "sliding",
        "target_milestone": str(job.pk),
        "target_rate": "30",
        "target_rate_from": "20.5",
        "target_window_months": "6",
    }

    page = client.post(address(programme), empty | given, follow=True).content.decode()

    tariff = saved(programme)
    assert "The terms are saved." in page
    assert "£1,200.50 a month" in page
    assert float(tariff.upfront_payment) == 50_000
    assert (tariff.payment_cap, tariff.person_cap, tariff.annual_price_change) == (0, 4000, -0.05)
    assert (tariff.volume_guarantee, tariff.target_rate_from, tariff.target_milestone) == (0.8, 0.205, job)
    now = fields(client, address(programme))
    client.post(address(programme), now | {name: empty[name] for name in given})
    tariff = saved(programme)
    assert (tariff.payment_cap, tariff.person_cap, tariff.upfront_payment, tariff.target_milestone) == (
        None,
        None,
        0,
        None,
    )
    assert (tariff.target_rule, tariff.target_rate, tariff.version) == ("none", None, "First draft")


@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        ({"version": "x" * 301}, "version", "must be 300 characters or fewer"),
        ({"service_fee_monthly": "lots"}, "service_fee_monthly", "Enter the service fee as a number, like 12000"),
        ({"service_fee_monthly": "1.005"}, "service_fee_monthly", "in pounds and whole pennies"),
        (
            {"upfront_payment": "-1"},
            "upfront_payment",
            "The payment at the start must be from £0 to £1 million million",
        ),
        ({"payment_cap": "1000000000000.01"}, "payment_cap", "must be from £0 to £1 million million"),
        ({"payment_lag_months": ""}, "payment_lag_months", "Enter the number of months until a payment arrives"),
        ({"payment_lag_months": "121"}, "payment_lag_months", "must be from 0 to 120"),
        ({"payment_lag_months": "1.5"}, "payment_lag_months", "must be a whole number"),
        ({"annual_price_change": "101"}, "annual_price_change", "must be from -100 in 100 to 100 in 100"),
        ({"volume_guarantee": "101"}, "volume_guarantee", "must be from 0 in 100 to 100 in 100"),
        ({"target_rule": ""}, "target_rule", "Choose a rule"),
        ({"target_rule": "wild"}, "target_rule", "Choose a rule from the list"),
        ({"target_milestone": "no-such"}, "target_milestone", "Choose the milestone from the list"),
        ({"target_rate": "101"}, "target_rate", "must be from 0 in 100 to 100 in 100"),
        ({"target_window_months": "0"}, "target_window_months", "must be from 1 to 600"),
        ({"target_rule": "binary"}, "target_milestone", "Choose the milestone that the target is about"),
        ({"target_rule": "binary"}, "target_rate", "Enter how many in 100 have to reach it"),
        ({"target_rule": "sliding", "target_rate": "30"}, "target_rate_from", "below the rate of the target"),
        (
            {"target_rule": "sliding", "target_rate": "30", "target_rate_from": "40"},
            "target_rate_from",
            "Enter from how many in 100 on something is paid, below the rate of the target",
        ),
    ],
)
def test_what_cannot_be_saved_stays_in_its_field_with_the_reason_beside_it(
    people: Cast, programme: Programme, typed: dict[str, str], field: str, error: str
) -> None:
    client = client_of(people.amina)

    response = client.post(address(programme), fields(client, address(programme)) | typed | {"minimum_service": "77"})

    form = response.context["form"]
    assert error in " ".join(form.errors[field])
    assert f'href="#id_{field}' in response.content.decode()
    assert {name: form[name].value() for name in typed} == typed
    assert form["minimum_service"].value() == "77"
    assert saved(programme).minimum_service == 0


def test_a_milestone_of_another_programme_is_no_target(people: Cast, programme: Programme) -> None:
    other = imported(small_document(), organisation=people.authority, by=people.amina)
    client = client_of(people.amina)
    foreign = {"target_milestone": str(other.milestones.get(key="job").pk)}

    response = client.post(address(programme), fields(client, address(programme)) | foreign)

    assert "Choose the milestone from the list" in response.content.decode()


@pytest.mark.promise("D1")
def test_the_second_of_two_sees_both_texts_and_may_then_decide(people: Cast, programme: Programme) -> None:
    amina, bob = client_of(people.amina), client_of(people.bob)
    hers, his = fields(amina, address(programme)), fields(bob, address(programme))
    amina.post(address(programme), hers | {"service_fee_monthly": "100", "version": "Hers"})

    response = bob.post(address(programme), his | {"service_fee_monthly": "200", "payment_lag_months": "3"})

    page, form = response.content.decode(), response.context["form"]
    assert response.status_code == 409
    assert "Amina changed the same" in page
    assert "Saved now: <strong>100</strong>" in page
    assert "You typed: <strong>200</strong>" in page
    assert form["version"].value() == "Hers"
    bob.post(address(programme), {name: form[name].value() or "" for name in form.fields})
    tariff = saved(programme)
    assert (tariff.service_fee_monthly, tariff.payment_lag_months, tariff.version) == (200, 3, "Hers")


def test_each_term_can_be_linked_to(people: Cast, programme: Programme) -> None:
    page = client_of(people.amina).get(address(programme)).content.decode()

    for term in queries.terms.of_tariff(programme.tariff):
        assert f'id="{term.anchor}"' in page


def test_a_scenario_beside_the_proposed_tariff_has_terms_of_its_own(people: Cast, programme: Programme) -> None:
    scenario = Tariff.objects.create(programme=programme, version="Beside")
    client, page = client_of(people.amina), reverse("terms-edit", args=[scenario.pk])

    client.post(page, fields(client, page) | {"upfront_payment": "9"})

    scenario.refresh_from_db()
    assert scenario.upfront_payment == 9
    assert Tariff.objects.get(main_of=programme).upfront_payment == 0
    ids = {term.id for tariff in programme.tariffs.all() for term in queries.terms.of_tariff(tariff)}
    assert len(ids) == 18


def test_the_way_to_the_terms_of_a_programme_depends_on_what_one_may(people: Cast, programme: Programme) -> None:
    page = reverse("programme-terms", args=[programme.pk])

    assert client_of(people.amina).get(page)["Location"] == address(programme)
    assert client_of(people.vera).get(page)["Location"] == f"{programme.tariff.get_absolute_url()}#terms"


@pytest.mark.promise("S5")
def test_who_may_not_change_the_programme_finds_no_such_page(people: Cast, programme: Programme) -> None:
    for person in (people.vera, people.charlie):
        assert client_of(person).get(address(programme)).status_code == 404
        assert client_of(person).post(address(programme), {"upfront_payment": "1"}).status_code == 404
    assert client_of(people.amina).put(address(programme)).status_code == 405


def test_the_page_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(12):
        client.get(address(programme))
