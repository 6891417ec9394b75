"""Asking for a simulation, and for word of its end."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from commissioning.models import Programme, Run
from commissioning.services import run_notices, run_workers
from tariffs import services
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def work_it_off() -> None:
    while run_workers.work(worker="test"):
        pass


def ask(people: Cast, programme: Programme, **given: Any) -> Run:
    address = reverse("incentive-run-create", args=[programme.pk])
    answer = client_of(people.amina).post(address, {"draws": 1024, "seed": 1, **given})
    assert answer.status_code == 302
    return Run.objects.get()


def test_whoever_ticks_the_box_is_told_by_the_sweeper_where_the_run_is(
    people: Cast, programme: Programme, settings: Any
) -> None:
    settings.PUBLIC_ADDRESS = "https://pbr.council.example"
    run = ask(people, programme, tell="on")
    work_it_off()

    call_command("sweep", "--once")
    call_command("sweep", "--once")

    (letter,) = mail.outbox
    assert letter.to == [people.amina.email]
    assert f"https://pbr.council.example{reverse('incentive-run-detail', args=[run.pk])}" in letter.body


def test_the_box_is_not_ticked_unless_somebody_ticks_it(people: Cast, programme: Programme) -> None:
    page = client_of(people.amina).get(reverse("incentive-run-create", args=[programme.pk])).content.decode()
    run = ask(people, programme)

    assert "Tell me by e-mail when it is done" in page
    assert 'id="id_tell" checked' not in page
    assert not run.tell


def test_a_second_press_with_the_box_ticked_counts_for_the_run_on_its_way(people: Cast, programme: Programme) -> None:
    first = ask(people, programme)
    second = ask(people, programme, tell="on")

    assert first == second
    assert second.tell


def test_a_repeat_leads_to_the_programme_because_it_has_no_page_of_its_own(people: Cast, programme: Programme) -> None:
    run = ask(people, programme)
    work_it_off()
    repeat = services.incentive_runs.repeat(run=run, by=people.amina)
    Run.objects.filter(pk=repeat.pk).update(tell=True)
    work_it_off()

    run_notices.send_due()

    assert mail.outbox[0].body.count(f"{programme.get_absolute_url()}\n") == 1


def test_whoever_may_only_read_starts_nothing_and_is_told_nothing(people: Cast, programme: Programme) -> None:
    with pytest.raises(PermissionDenied):
        services.incentive_runs.queue(programme=programme, draws=64, seed=1, by=people.vera, tell=True)

    assert not Run.objects.exists()
