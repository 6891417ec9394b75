"""What notices say beside the programme: typed once, checked, in the log, and never lost between two people."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissioning import queries, services
from commissioning.core.procurement_notices import Authority, AuthorityType, Code
from commissioning.models import AuditEntry, AuthorityDetails, Procurement, Programme
from commissioning.services.drafts import Edit
from tariffs.forms.procurements import ProcurementForm
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db
TYPED = {
    "reference": "NW-2027-01",
    "description": "Help into lasting work.",
    "codes": "79611000-0 Job search services",
    "region": "UKI71",
    "value": "£2,400,000",
    "value_with_vat": "2880000",
    "starts_on_0": "1",
    "starts_on_1": "10",
    "starts_on_2": "2027",
    "suits_small": "yes",
    "suits_voluntary": "no",
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def of(programme: Programme) -> str:
    return reverse("procurement-edit", args=[programme.pk])


def named(people: Cast) -> str:
    return reverse("authority-details", args=[people.authority.pk])


def test_what_is_typed_of_a_procurement_is_kept_and_what_is_not_known_stays_open(
    people: Cast, programme: Programme
) -> None:
    client = client_of(people.amina)

    client.post(of(programme), fields(client, of(programme)) | TYPED)

    subject = queries.procurements.subject_of(programme)
    assert (subject.title, subject.reference, subject.region) == (programme.name, "NW-2027-01", "UKI71")
    assert subject.codes == (Code("79611000", "Job search services"),)
    assert (subject.value, subject.value_with_vat) == (Decimal(2400000), Decimal(2880000))
    assert (subject.starts, subject.ends) == (date(2027, 10, 1), None)
    assert (subject.suits_small, subject.suits_voluntary) == (True, False)
    assert AuditEntry.objects.filter(action="described the procurement").count() == 1
    assert 'value="2400000"' in client.get(of(programme)).content.decode()


@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"codes": "Job search"}, "Start every line with a code of eight figures. This one does not: Job search"),
        ({"value": "much"}, "Enter the value without VAT as a number, like 2400000"),
        ({"value": "-1"}, "The value without VAT must be from £0 to £1 million million"),
        ({"starts_on_1": "13"}, "Enter a real date"),
        ({"ends_on_0": "1", "ends_on_1": "9", "ends_on_2": "2027"}, "The contract cannot end before it starts"),
        ({"award_on_0": "1", "award_on_1": "11", "award_on_2": "2027"}, "The contract cannot start before the award"),
        ({"suits_small": "perhaps"}, "Choose an answer from the list"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(
    people: Cast, programme: Programme, typed: dict[str, str], said: str
) -> None:
    client = client_of(people.amina)

    page = client.post(of(programme), fields(client, of(programme)) | TYPED | typed).content.decode()

    assert said in page
    assert "Help into lasting work." in page
    assert not Procurement.objects.exists()


@pytest.mark.promise("D1")
def test_two_who_change_the_same_see_both_texts(people: Cast, programme: Programme) -> None:
    amina, bob = client_of(people.amina), client_of(people.bob)
    before = fields(bob, of(programme))
    amina.post(of(programme), fields(amina, of(programme)) | TYPED)

    answer = bob.post(of(programme), before | {"reference": "Bob's", "region": "UKI71"})

    assert answer.status_code == 409
    assert "NW-2027-01" in answer.content.decode()
    assert Procurement.objects.get().reference == "NW-2027-01"


def test_an_approver_says_how_notices_name_the_authority(people: Cast) -> None:
    client = client_of(people.bob)
    typed = {"scheme": "GB-LAE", "identifier": "ANY", "type": AuthorityType.SUB_CENTRAL.value, "postcode": "AN1 1AA"}

    client.post(named(people), fields(client, named(people)) | typed)

    details = queries.procurements.details_of(people.authority)
    assert details.to_core() == Authority(
        "Anytown Council", scheme="GB-LAE", identifier="ANY", type=AuthorityType.SUB_CENTRAL, postcode="AN1 1AA"
    )
    assert AuditEntry.objects.filter(action="described the authority for notices").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"scheme": "GB-LAE"}, "Enter your identifier in that register"),
        ({"identifier": "ANY"}, "Enter the register that the identifier is from"),
        ({"email": "nobody"}, "Enter an email address in the correct format"),
        ({"website": "no address"}, "Enter a web address, like https://www.anytown.gov.uk"),
        ({"ocid_prefix": "213czf"}, "Enter the prefix as it was given to you, like ocds-abc123"),
        ({"street": "x" * 201}, "Use at most 200 characters"),
    ],
)
def test_an_authoritys_details_are_checked(people: Cast, typed: dict[str, str], said: str) -> None:
    client = client_of(people.bob)

    page = client.post(named(people), fields(client, named(people)) | typed).content.decode()

    assert said in page
    assert not AuthorityDetails.objects.exists()


def test_only_editors_describe_a_procurement_and_only_approvers_their_authority(
    people: Cast, programme: Programme
) -> None:
    empty = Edit(was={}, typed={}, values={}, shown=ProcurementForm.shown)

    for stranger in (people.vera, people.charlie):
        with pytest.raises(PermissionDenied):
            services.procurements.describe(programme=programme, edit=empty, by=stranger)
    for stranger, organisation in ((people.amina, people.authority), (people.dilys, people.provider)):
        with pytest.raises(PermissionDenied):
            services.procurements.describe_authority(organisation=organisation, edit=empty, by=stranger)


def test_the_contracting_process_keeps_its_identifier_under_the_authoritys_own_prefix(programme: Programme) -> None:
    details = queries.procurements.details_of(programme.organisation)
    assert queries.procurements.ocid(programme, details) == f"ocds-213czf-{programme.pk}"

    details.ocid_prefix = "ocds-abc123"

    assert queries.procurements.ocid(programme, details) == f"ocds-abc123-{programme.pk}"
    assert queries.procurements.authority_of(programme).name == programme.organisation.name
    assert str(details) == f"Details of {programme.organisation}"
    assert str(queries.procurements.of_programme(programme)) == f"Procurement of {programme}"


@pytest.mark.promise("D9")
@pytest.mark.parametrize(
    "values",
    [
        {"value": -1},
        {"value_with_vat": -1},
        {"starts_on": "2027-10-01", "ends_on": "2027-09-30"},
        {"tender_notice_on": "2027-10-01", "award_on": "2027-09-30"},
        {"award_on": "2027-10-01", "starts_on": "2027-09-30"},
    ],
)
def test_the_database_keeps_values_and_days_in_order(programme: Programme, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Procurement.objects.create(programme=programme, **values)


@pytest.mark.promise("D9")
@pytest.mark.parametrize("values", [{"scheme": "GB-LAE"}, {"identifier": "ANY"}, {"type": "ministry"}])
def test_the_database_keeps_an_authoritys_details_whole(people: Cast, values: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AuthorityDetails.objects.create(organisation=people.authority, **values)


def test_the_page_of_the_procurement_says_what_is_known_and_what_is_not(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    client.post(of(programme), fields(client, of(programme)) | TYPED)
    address = reverse("procurement-detail", args=[programme.pk])

    page, for_a_viewer = client.get(address), client_of(people.vera).get(address)

    assert "£2,400,000 without VAT, £2,880,000 with VAT" in page.content.decode()
    assert "Not given yet" in page.content.decode()
    assert "Change the procurement" in page.content.decode()
    assert "Change the procurement" not in for_a_viewer.content.decode()
