"""Starting programmes from nothing and from examples."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry, Programme
from tariffs import queries
from tariffs.services import incentive_runs, starts
from tariffs.services.incentive_runs import IncompleteError
from tariffs.sources import examples, programme_files
from tests.factories.tariffs import member, organisation

pytestmark = pytest.mark.django_db
VALUES = {"name": "Into work", "referral_months": 36, "contract_months": 48}


def started(**given):
    body = given.pop("organisation", None) or organisation()
    by = given.pop("by", None) or member(body)
    return starts.from_nothing(organisation=body, values=VALUES, key=given.pop("key", None) or uuid4(), by=by)


def test_a_programme_from_nothing_lacks_what_it_lacks_and_says_so():
    programme = started()

    assert queries.programmes.gaps(programme) == [
        "Add a group of service users.",
        "Add the milestones of the pathway.",
        "Add a kind of provider to test the tariff on.",
    ]


def test_what_is_left_to_luck_at_the_start_is_labelled_as_assumed():
    programme = started()

    assert (programme.uncertainty.quality, programme.uncertainty.outcome_shock) == ("assumption", 0.15)
    assert programme.uncertainty.source.startswith("Assumed")


def test_pressing_the_button_twice_starts_one_programme():
    body = organisation()
    person, key = member(body), uuid4()

    first, second = (started(organisation=body, by=person, key=key) for _ in range(2))

    assert first == second
    assert Programme.objects.count() == 1
    assert AuditEntry.objects.filter(action="started a programme").count() == 1


@pytest.mark.parametrize(("kind", "role"), [("authority", "viewer"), ("provider", "bid_writer")])
def test_nobody_starts_a_programme_who_may_not(kind, role):
    body = organisation(kind=kind)
    person = member(body, role)

    with pytest.raises(PermissionDenied):
        started(organisation=body, by=person)

    assert not Programme.objects.exists()


def test_a_length_that_cannot_be_is_refused():
    body = organisation()

    with pytest.raises(ValidationError):
        starts.from_nothing(organisation=body, values={**VALUES, "referral_months": 49}, key=uuid4(), by=member(body))


@pytest.mark.parametrize("example", examples.KEYS)
def test_a_programme_from_an_example_is_the_example_under_its_own_name(example):
    body = organisation()

    programme = starts.from_example(organisation=body, example=example, name="Ours", key=uuid4(), by=member(body))

    ours = programme_files.to_document(queries.programmes.to_core(programme))
    assert ours == programme_files.to_document(examples.load(example)) | {"name": "Ours"}
    assert not programme.is_example


def test_an_incomplete_draft_cannot_be_simulated():
    programme = started()

    with pytest.raises(IncompleteError):
        incentive_runs.queue(programme=programme, draws=16, seed=1, by=programme.created_by)
