"""The demonstration's market: made up, said to be so, and nowhere else."""

import dataclasses
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.models import AuditEntry, Organisation, Programme, User
from markets import queries, services
from markets.core import org_ids
from markets.core.parameters import PARAMETERS
from markets.models import Claim, FinancialYear, LocalMarket, Provider
from tariffs.queries.programmes import to_core
from tariffs.services.demonstrations import worked_example
from tariffs.sources import programme_files
from tests.factories import registers
from tests.factories.commissioning import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina() -> User:
    services.demonstrations.build()
    return User.objects.get(email="commissioner@demo.example")


@pytest.fixture
def example(amina: User) -> Programme:
    return Programme.objects.get(is_example=True)


def test_only_how_it_is_let_is_added_to_the_worked_example(example: Programme) -> None:
    drafted = to_core(example)

    assert dataclasses.replace(drafted, market=None) == programme_files.loads(worked_example())
    section = drafted.market or {}
    assert all("(made up)" in row["name"] for row in [*section["lots"], *section["designs"][1:]])
    assert (len(section["lots"]), len(section["designs"])) == (4, 3)


def test_building_it_again_changes_nothing(amina: User) -> None:
    kept = [set(model.objects.values_list("pk", flat=True)) for model in (Provider, FinancialYear, AuditEntry)]

    services.demonstrations.build()

    assert kept == [set(model.objects.values_list("pk", flat=True)) for model in (Provider, FinancialYear, AuditEntry)]


def test_finding_it_again_takes_few_queries(amina: User) -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        services.demonstrations.build()

    assert len(first) <= 36


def test_an_example_that_somebody_has_changed_is_left_alone(example: Programme) -> None:
    LocalMarket.objects.all().delete()
    example.market = None
    example.save(update_fields=["market"])
    example.groups.filter(key="PG7").delete()

    services.demonstrations.build()

    example.refresh_from_db()
    assert example.market is None
    assert not LocalMarket.objects.exists()


def test_outside_a_demonstration_nothing_of_it_is_made(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(RuntimeError, match="PBR_DEMO"):
        services.demonstrations.build()

    assert not Provider.objects.exists()
    assert not Organisation.objects.exists()


def test_sizes_follow_the_published_distribution_and_small_reserves_are_not_known(amina: User) -> None:
    rows = list(Provider.objects.all())

    assert len(rows) == PARAMETERS.made_up_providers
    bands = Counter(row.size_band for row in rows)
    assert bands["micro"] / len(rows) == pytest.approx(PARAMETERS.band_shares[0], abs=0.06)
    assert bands["small"] / len(rows) == pytest.approx(PARAMETERS.band_shares[1], abs=0.06)
    for row in rows:
        is_large = row.income is not None and row.income >= PARAMETERS.published_from
        assert (row.reserves is not None) == (row.government_income is not None) == is_large
        assert row.years.count() == (services.demonstrations.YEARS if is_large else 0)


def test_the_newest_year_is_what_the_row_says(amina: User) -> None:
    for row in Provider.objects.exclude(reserves=None):
        newest = row.years.latest("year_end")
        assert (newest.year_end, newest.income, newest.reserves) == (row.year_end, row.income, row.reserves)
        assert newest.government == row.government_income


def test_every_row_says_of_itself_that_it_is_made_up_and_has_a_number_of_no_register(amina: User) -> None:
    for row in Provider.objects.all():
        assert row.is_made_up
        assert row.name.endswith("(made up)")
        assert org_ids.read(row.org_id) is None


def test_the_local_market_finds_them_for_every_group(example: Programme) -> None:
    local = queries.registers.of_programme(example)

    assert len(local.providers) == PARAMETERS.made_up_providers
    assert not local.everyone
    for key in services.demonstrations.SERVED:
        assert any(key in row.groups for row in local.providers)


def test_a_run_on_them_says_so_and_one_on_a_real_register_does_not(example: Programme) -> None:
    on_made_up = services.market_inputs.register(example, 1, False)
    Provider.objects.all().delete()
    registers.provider(1, areas=list(services.demonstrations.NORTH))

    assert on_made_up["made_up"]
    assert not services.market_inputs.register(example, 1, False)["made_up"]


def test_importing_a_real_register_leaves_them_alone(amina: User, tmp_path: Path) -> None:
    before = list(Provider.objects.filter(register="made_up").order_by("pk").values())

    done = registers.brought(tmp_path, "ccew", registers.as_json([registers.charity(organisation_number=1)]))

    assert done.state == "succeeded"
    assert Provider.objects.filter(register="ccew").count() == 1
    assert list(Provider.objects.filter(register="made_up").order_by("pk").values()) == before


def test_every_page_that_shows_one_says_that_it_is_made_up(amina: User, example: Programme) -> None:
    client = client_of(amina)
    row = Provider.objects.exclude(reserves=None).earliest("name")

    for address in (reverse("provider-list"), row.get_absolute_url(), reverse("local-market", args=[example.pk])):
        assert "made up for this demonstration" in client.get(address).content.decode()


def test_a_page_of_a_real_register_says_nothing_of_it(amina: User) -> None:
    real = registers.provider(1)
    client = client_of(amina)

    assert "made up" not in client.get(real.get_absolute_url()).content.decode()
    assert "made up" not in client.get(reverse("provider-list"), {"q": "Anytown Help 1"}).content.decode()


def test_the_demonstrations_provider_can_claim_a_row_of_it(amina: User) -> None:
    dilys = User.objects.get(email="provider@demo.example")
    row = Provider.objects.earliest("name")
    ours, authority = dilys.organisations.get(), amina.organisations.get()
    told = {"organisation": ours.pk, "asked_of": authority.pk, "evidence": "It is made up."}

    client_of(dilys).post(reverse("claim-create", args=[row.pk]), {**told, "number": f" {row.org_id.lower()} "})

    assert Claim.objects.get().provider == row
