"""Pages of a rehearsal: what is asked, what is refused, and what the answer says."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.models import Programme, Run
from commissioning.services import run_workers, runs
from tariffs import queries, services
from tariffs.core.rehearsals import Clause, Relief, Shock, ShockKind, Trigger
from tariffs.queries.run_kinds import REHEARSAL
from tariffs.services.incentive_runs import IncompleteError
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.rehearsals import FEWER_PEOPLE, HALF_FORGIVEN, finished, queued
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GIVEN = {
    "shock": "referrals",
    "size": "",
    "milestone": "job",
    "trigger": "income",
    "below": "80",
    "months": "6",
    "relief": "forgive",
    "share": "50",
    "draws": "1024",
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def ask(people: Cast, programme: Programme, **given: str) -> str:
    address = reverse("rehearsal-create", args=[programme.tariff.pk])
    return client_of(people.amina).post(address, GIVEN | given, follow=True).content.decode()


def asked(programme: Programme) -> tuple[Shock, Clause | None]:
    return queries.rehearsals.asked(Run.objects.get(programme=programme).inputs)[1:]


def page_of(person: Any, run: Run) -> str:
    response = client_of(person).get(reverse("rehearsal-detail", args=[run.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_asked_is_kept_with_the_run(people: Cast, programme: Programme) -> None:
    waiting = ask(people, programme, size="40")

    assert "How far is the rehearsal?" in waiting
    assert asked(programme) == (
        Shock(ShockKind.REFERRALS, 0.4),
        Clause(Trigger.INCOME, 0.8, 6, Relief.FORGIVE, 0.5),
    )


@pytest.mark.parametrize(
    ("given", "shock"),
    [
        ({}, Shock(ShockKind.REFERRALS, 1 / 3)),
        ({"shock": "no-places", "milestone": "stay"}, Shock(ShockKind.NO_PLACES, 6.0, "stay")),
        ({"shock": "no-places", "size": "3"}, Shock(ShockKind.NO_PLACES, 3.0, "job")),
        ({"shock": "labour-market", "size": "25"}, Shock(ShockKind.LABOUR_MARKET, 0.25)),
        ({"shock": "poor-referrals"}, Shock(ShockKind.POOR_REFERRALS, 0.2)),
    ],
)
def test_a_size_that_is_not_given_is_the_usual_one(
    people: Cast, programme: Programme, given: dict[str, str], shock: Shock
) -> None:
    ask(people, programme, **given)

    assert asked(programme)[0] == shock


def test_a_clause_may_be_none_and_cash_is_in_months(people: Cast, programme: Programme) -> None:
    ask(people, programme, trigger="none")
    assert asked(programme)[1] is None
    Run.objects.all().delete()

    ask(people, programme, trigger="cash", below="1.5", relief="minimum", share="80")
    assert asked(programme)[1] == Clause(Trigger.CASH, 1.5, 6, Relief.MINIMUM, 0.8)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"shock": "no-places", "size": "2.5"}, "Enter whole months, no more than the contract has"),
        ({"shock": "no-places", "size": "25"}, "Enter whole months, no more than the contract has"),
        ({"shock": "labour-market", "size": "95"}, "Outcomes can fall by 90 in 100 at most"),
        ({"size": "101"}, "The size must be 100 in 100 or less"),
        ({"size": "0.5"}, "The size must be from 1 to 600"),
        ({"size": "much"}, "Enter the size as a number, like 33"),
        ({"months": "13"}, "People are referred for 12 months only"),
        ({"months": "0"}, "The number of months must be from 1 to 60"),
        ({"below": ""}, "Enter the level"),
        ({"share": "120"}, "The share must be from 0 in 100 to 100 in 100"),
        ({"shock": "flood"}, "Choose from the list"),
        ({"shock": ""}, "Choose one"),
        ({"relief": "target"}, "Choose from the list"),
        ({"milestone": "nowhere"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    people: Cast, programme: Programme, given: dict[str, str], error: str
) -> None:
    page = ask(people, programme, **given)

    assert error in page
    assert not Run.objects.exists()


def test_poor_referrals_are_not_offered_where_all_groups_are_alike(people: Cast, programme: Programme) -> None:
    programme.groups.filter(key="b").delete()

    page = client_of(people.amina).get(reverse("rehearsal-create", args=[programme.tariff.pk])).content.decode()

    assert "A poor labour market" in page
    assert "Poor referrals in" not in page


def test_a_target_can_be_eased_where_there_is_one(people: Cast, programme: Programme) -> None:
    programme.tariff.target_rule = "binary"
    programme.tariff.target_milestone = programme.milestones.get(key="job")
    programme.tariff.target_rate = 0.2
    programme.tariff.save()

    ask(people, programme, relief="target")

    assert asked(programme)[1].relief is Relief.TARGET


def test_the_answer_says_who_fails_when_the_clause_bites_and_what_it_costs(people: Cast, programme: Programme) -> None:
    programme.archetypes.update(reserves=30_000, overhead_monthly=500, reserve_floor_months=1)
    run = finished(tariff=programme.tariff)

    page = page_of(people.vera, run)

    assert "50% fewer people are referred than planned, throughout" in page.replace("&nbsp;", " ")
    assert "The chance that the provider runs out of money is" in page
    assert "The clause bites in" in page
    assert "Relief costs the commissioner" in page
    assert "Bad times, with the clause" in page


def test_without_a_clause_there_is_nothing_to_bite(people: Cast, programme: Programme) -> None:
    page = page_of(people.vera, finished(tariff=programme.tariff, clause=None))

    assert "The contract has no review clause." in page
    assert "The clause" not in page.replace("The clause is kept", "")


def test_each_providers_cash_is_given_as_csv(people: Cast, programme: Programme) -> None:
    run = finished(tariff=programme.tariff)
    client = client_of(people.vera)

    csv = client.get(reverse("rehearsal-figures", args=[run.pk, "cash-0"])).content.decode()

    assert csv.splitlines()[0] == 'Month,Usual times,Bad times,"Bad times, with the clause"'
    assert len(csv.splitlines()) == 1 + 24
    assert client.get(reverse("rehearsal-figures", args=[run.pk, "cash-1"])).status_code == 404


def test_a_change_of_the_draft_makes_a_rehearsal_older_than_it(people: Cast, programme: Programme) -> None:
    run = finished(tariff=programme.tariff)
    assert "Older than the draft" not in page_of(people.vera, run)

    programme.groups.filter(key="a").update(referrals_per_month=99)

    assert "The programme has changed since this rehearsal." in page_of(people.vera, run)


def test_rehearsals_are_listed_with_what_went_wrong_and_are_no_simulations(people: Cast, programme: Programme) -> None:
    finished(tariff=programme.tariff)

    page = client_of(people.vera).get(reverse("rehearsal-create", args=[programme.tariff.pk])).content.decode()

    assert "Fewer people are referred than planned, throughout" in page
    assert "Rehearse it</button>" not in page
    assert not queries.incentive_runs.of_programme(programme).exists()


def test_a_draft_that_lacks_parts_says_which_and_starts_nothing(people: Cast, programme: Programme) -> None:
    programme.archetypes.all().delete()

    assert "Before this can be rehearsed:" in ask(people, programme)
    with pytest.raises(IncompleteError):
        queued(tariff=programme.tariff)
    with pytest.raises(IncompleteError):
        services.sensitivities.queue(tariff=programme.tariff, by=people.amina)


def test_who_may_not_change_a_programme_rehearses_nothing(people: Cast, programme: Programme) -> None:
    with pytest.raises(PermissionDenied):
        services.rehearsals.queue(
            tariff=programme.tariff, shock=FEWER_PEOPLE, clause=HALF_FORGIVEN, draws=64, seed=1, by=people.vera
        )


def test_a_cancelled_rehearsal_says_so(people: Cast, programme: Programme) -> None:
    run = queued(tariff=programme.tariff)
    runs.cancel(run=run, by=people.amina)

    assert "This run was cancelled" in page_of(people.amina, run)


def test_the_same_rehearsal_asked_for_twice_is_one_run(people: Cast, programme: Programme) -> None:
    ask(people, programme)
    ask(people, programme)

    assert Run.objects.filter(kind=REHEARSAL).count() == 1
    while run_workers.work(worker="test"):
        pass
    assert Run.objects.get().state == Run.State.SUCCEEDED


@pytest.mark.parametrize("name", ["rehearsal-detail", "rehearsal-create"])
def test_the_pages_ask_the_database_a_bounded_number_of_times(people: Cast, programme: Programme, name: str) -> None:
    run = finished(tariff=programme.tariff)
    address = reverse(name, args=[run.pk if name == "rehearsal-detail" else programme.tariff.pk])
    client = client_of(people.amina)
    client.get(address)

    with CaptureQueriesContext(connection) as taken:
        client.get(address)

    assert len(taken) <= 15
