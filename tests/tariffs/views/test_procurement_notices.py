"""The notice that a consultation fills: what it says, what it lacks, as a page, a text and data."""

import json

import pytest
from django.urls import reverse

from commissioning.models import AuthorityDetails, Procurement
from tariffs.models import Consultation
from tests import ocds
from tests.factories import consultations
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return consultations.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def page(people: Cast, route: str, consultation: Consultation) -> str:
    return client_of(people.amina).get(reverse(route, args=[consultation.pk])).content.decode()


def described(consultation: Consultation) -> None:
    programme = consultation.version.programme
    AuthorityDetails.objects.create(
        organisation=programme.organisation,
        scheme="GB-LAE",
        identifier="ANY",
        type="publicAuthoritySubCentralGovernment",
        street="1 High Street",
        postcode="AN1 1AA",
        email="commissioning@anytown.example",
        contact="Commissioning team",
        ocid_prefix="ocds-abc123",
    )
    Procurement.objects.create(
        programme=programme, reference="NW-1", description="Help into work", codes="79611000 Job search services"
    )


def test_a_bare_notice_says_what_it_lacks_and_that_its_prefix_is_for_examples(
    people: Cast, consultation: Consultation
) -> None:
    found = page(people, "consultation-notice", consultation)

    assert "It is not complete." in found
    assert "a code of the Common Procurement Vocabulary" in found
    assert "no OCDS prefix of its own" in found


def test_a_described_notice_lacks_nothing_and_tells_how_engagement_goes(
    people: Cast, consultation: Consultation
) -> None:
    described(consultation)

    found, text = (
        page(people, "consultation-notice", consultation),
        page(people, "consultation-notice-text", consultation),
    )

    assert "Everything that the regulations ask for is there." in found
    assert "no OCDS prefix of its own" not in found
    assert "Providers that were asked read version 1 of the draft tariff" in text
    assert "Tell us" in text
    assert "(London time" in text or "BST" in text or "GMT" in text


def test_what_everybody_was_told_is_part_of_the_process_and_no_question_is(
    people: Cast, consultation: Consultation
) -> None:
    consultations.told(consultation, kind="briefing", text="Meet us on 3 May in the town hall")

    assert "Briefing: Meet us on 3 May in the town hall" in page(people, "consultation-notice-text", consultation)


@ocds.needs_schema
def test_the_standard_has_nothing_against_the_data(people: Cast, consultation: Consultation) -> None:
    described(consultation)

    package = json.loads(page(people, "consultation-notice-release", consultation))

    assert ocds.errors(package) == []


def test_the_data_link_back_to_the_page_that_people_read_and_carry_the_authoritys_prefix(
    people: Cast, consultation: Consultation
) -> None:
    described(consultation)

    [release] = json.loads(page(people, "consultation-notice-release", consultation))["releases"]

    assert release["ocid"] == f"ocds-abc123-{consultation.version.programme_id}"
    assert release["planning"]["documents"][0]["url"].endswith(consultation.get_absolute_url())
    assert release["planning"]["milestones"][0]["status"] == "scheduled"


def test_after_closing_the_engagement_is_met(people: Cast, consultation: Consultation) -> None:
    closed = consultations.close(consultation)

    [release] = json.loads(page(people, "consultation-notice-release", closed))["releases"]

    assert release["planning"]["milestones"][0]["status"] == "met"
