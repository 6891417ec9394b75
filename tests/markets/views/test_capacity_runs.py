"""Who could carry a contract: asked for, drawn by the product's own worker, read, taken over into the findings."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from markets import queries, services
from markets.models import Contract, ListedProvider
from markets.services.market_inputs import IncompleteError
from markets.views.capacity_runs import TABLES
from tariffs import queries as tariff_queries
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.design_runs import finished_look
from tests.factories.markets import market_document
from tests.factories.tariffs import imported, small_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(market_document(), organisation=people.authority, by=people.amina)


def address(programme: Programme) -> str:
    return reverse("capacity-run-create", args=[programme.pk])


def page_of(people: Cast, run: Run) -> str:
    return client_of(people.vera).get(reverse("capacity-run-detail", args=[run.pk])).content.decode()


def test_a_look_is_asked_for_drawn_and_read(people: Cast, programme: Programme) -> None:
    given = {"register": "made-up", "cpv": "85, 80"}
    response = client_of(people.amina).post(address(programme), given, follow=True)
    run = Run.objects.get(kind="capacity")
    assert "0 of 256 draws done" in response.content.decode()

    while run_workers.work(worker="test"):
        pass
    page = page_of(people, run)

    run.refresh_from_db()
    found = queries.capacity_runs.found(run)
    assert f"Of 500 providers {found.able}" in page
    assert "Its providers do not exist." in page
    assert "0 awards of CPV 85, 80 are published here" in page
    assert "Who could bid, by size" in page and "Whose free reserves could carry one contract" in page
    listed = client_of(people.vera).get(address(programme)).content.decode()
    assert reverse("capacity-run-detail", args=[run.pk]) in listed
    assert "Work it out" not in listed


def test_the_authority_s_own_list_is_a_market_too(people: Cast, programme: Programme) -> None:
    for number in range(3):
        ListedProvider.objects.create(
            organisation=people.authority,
            reference=str(number),
            name=f"Ours {number}",
            legal_form="charity",
            income=10**number * Decimal(100_000),
            free_reserves=Decimal(0) if number else None,
        )

    run = finished_look(programme, is_made_up=False)

    result = run.result or {}
    assert result["providers"] == 3
    reserves = {row["band"]: row["reserves"] for row in result["by_size"]}
    assert (reserves["medium"]["unknown"], reserves["large"]["known"]) == (1, 1)
    assert "Its providers do not exist." not in page_of(people, run)


def awarded(number: int, **given: Any) -> Contract:
    usual = {"ocid": f"o{number}", "award": "a", "supplier_key": f"s{number % 4}", "supplier": f"S{number % 4}"}
    usual |= {
        "released_at": timezone.now(),
        "cpv": "79611000 85000000",
        "suppliers": 1,
        "value": 1000,
        "currency": "GBP",
    }
    return Contract.objects.create(**{**usual, "awarded_on": date(2026, 1, 1), **given})


def test_incumbents_are_those_of_the_codes_the_years_and_the_eyes_that_may_see_them(people: Cast) -> None:
    for number in range(20):
        awarded(number)
    awarded(21, cpv="45000000")
    awarded(22, awarded_on=date(2015, 1, 1))
    awarded(23, organisation=people.elsewhere)
    awarded(24, value=None)
    awarded(25, value=0)
    awarded(26, currency="EUR")
    awarded(27, suppliers=2, starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1), supplier_org_id="GB-COH-1")

    found = queries.incumbents.holding(people.authority, ["85"], date(2026, 11, 22))

    assert (found.awards, found.without_value, found.shared, found.is_enough) == (24, 3, 1, True)
    assert found.values == pytest.approx((1000 / (730 / 365.25), 5000, 5000, 5000, 5000))
    assert not queries.incumbents.holding(people.authority, [], date(2026, 11, 22)).awards
    assert not queries.incumbents.holding(people.authority, ["50"], date(2026, 11, 22)).is_enough


def test_concentration_is_told_with_its_dates_and_as_no_verdict(people: Cast, programme: Programme) -> None:
    for number in range(24):
        awarded(number)

    page = page_of(people, finished_look(programme, cpv=["79611"]))

    assert "24 published awards of CPV 79611, from 2026-01-01 to 2026-01-01, went to 4 suppliers." in page
    assert "The HHI is 2,500." in page
    assert "not as a pass or a fail" in page


def test_figures_are_taken_over_into_the_findings(people: Cast, programme: Programme) -> None:
    run = finished_look(programme)

    page = client_of(people.amina).post(reverse("capacity-run-adopt", args=[run.pk]), follow=True).content.decode()

    found = queries.capacity_runs.found(run)
    assert "The figures are noted." in page and f"run {run.pk}" in page
    facts = {row.question: row.value for row in programme.facts.all()}
    assert facts["bidders"] == found.bidders
    assert float(facts["viable-before"] or 0) == pytest.approx(found.result["variety"]["before"])
    assert facts["step-in"] == max(0, found.able - 3)
    for rule in ("F9", "F10"):
        line = tariff_queries.findings.of_programme(programme).line(rule)
        assert line is not None
        assert line.finding.severity != "unknown"
    with pytest.raises(PermissionDenied):
        services.capacity_runs.adopt(run=run, by=people.vera)


def test_a_kind_of_provider_is_given_the_income_of_the_able_of_its_legal_form(
    people: Cast, programme: Programme
) -> None:
    programme.archetypes.update(legal_form="charity")
    for number in range(3):
        ListedProvider.objects.create(
            organisation=people.authority, reference=str(number), name=f"Ours {number}", legal_form="charity",
            income=Decimal(10_000_000 + number), free_reserves=Decimal(50_000_000),
        )  # fmt: skip

    services.capacity_runs.adopt(run=finished_look(programme, is_made_up=False), by=people.amina)

    [row] = programme.facts.filter(question="income")
    assert (row.part, row.value) == (programme.archetypes.get().key, 10_000_001)


def test_tables_can_be_taken_away_and_those_for_publication_hide_small_numbers(
    people: Cast, programme: Programme
) -> None:
    run, client = finished_look(programme), client_of(people.vera)

    for name in TABLES:
        response = client.get(reverse("capacity-run-figures", args=[run.pk, name]))
        assert response["Content-Type"].startswith("text/csv")
    text = client.get(reverse("capacity-run-figures", args=[run.pk, "for-publication"])).content.decode()
    counts = [cell for row in text.splitlines()[1:] for cell in row.replace('"', "").rsplit(",", 3)[1:]]
    assert {cell for cell in counts if cell.isdigit() and 0 < int(cell) < 10} == set()
    assert "not told" in text
    assert client.get(reverse("capacity-run-figures", args=[run.pk, "nonsense"])).status_code == 404


def test_a_look_says_when_the_draft_has_moved_on(people: Cast, programme: Programme) -> None:
    run = finished_look(programme)
    services.designs.remove_lot(programme=programme, lot="s", by=people.amina)

    assert "Older than the draft" in page_of(people, run)


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"cpv": "health"}, "Enter codes of 2 to 8 digits with commas between, like 85, 80"),
        ({"cpv": ",".join(["85"] * 21)}, "Enter codes of 2 to 8 digits"),
        ({"register": "local"}, "Choose from the list"),
    ],
)
def test_a_wrong_question_is_refused(people: Cast, programme: Programme, typed: dict[str, str], error: str) -> None:
    given = {"register": "made-up", "cpv": "85"} | typed

    page = client_of(people.amina).post(address(programme), given).content.decode()

    assert error in page and typed.get("cpv", "85") in page
    assert not Run.objects.exists()


def test_what_is_missing_is_said(people: Cast, programme: Programme) -> None:
    bare = imported(small_document(), organisation=people.authority, by=people.amina)

    assert "Say in which lots the contract is let" in client_of(people.amina).get(address(bare)).content.decode()
    for given in ({"programme": bare, "is_made_up": True}, {"programme": programme, "is_made_up": False}):
        with pytest.raises(IncompleteError):
            services.capacity_runs.queue(cpv=[], today=date(2026, 11, 22), by=people.amina, **given)


def test_pages_take_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    run, client = finished_look(programme), client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(reverse("capacity-run-detail", args=[run.pk]))
    with django_assert_max_num_queries(20):
        client.get(address(programme))
