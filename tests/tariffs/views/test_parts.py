"""Pages that write milestones and evidence."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import AuditEntry, Evidence, Programme
from tariffs.models import PriceLine
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import EXAMPLE, imported, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def milestone_page(programme: Programme, key: str) -> str:
    return reverse("milestone-edit", args=[programme.milestones.get(key=key).pk])


def evidence_page(programme: Programme, group: str, milestone: str = "job") -> str:
    row = Evidence.objects.get(group__programme=programme, group__key=group, milestone__key=milestone)
    return reverse("evidence-edit", args=[row.pk])


def fields(client: Any, path: str) -> dict[str, Any]:
    """Give every field of the page's form as a browser would send it: an empty box is not sent."""
    form = client.get(path).context["form"]
    given = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in given.items() if value is not False}


def test_saving_any_part_of_the_worked_example_unchanged_changes_nothing(people: Cast) -> None:
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)
    client = client_of(people.amina)
    parts = [
        *(reverse("group-edit", args=[row.pk]) for row in programme.groups.all()),
        *(reverse("milestone-edit", args=[row.pk]) for row in programme.milestones.all()),
        *(reverse("evidence-edit", args=[row.pk]) for row in Evidence.objects.filter(group__programme=programme)),
    ]
    before = list(AuditEntry.objects.values_list("pk", flat=True))

    for page in parts:
        assert client.post(page, fields(client, page)).status_code == 302

    assert list(AuditEntry.objects.values_list("pk", flat=True)) == before


def test_a_milestone_is_added_after_another(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = reverse("milestone-create", args=[programme.pk])
    job = programme.milestones.get(key="job")

    client.post(page, fields(client, page) | {"name": "A year in work", "after": str(job.pk), "delay_months": "12"})

    added = programme.milestones.get(key="a-year-in-work")
    assert (added.after, added.delay_months, added.place, added.is_final) == (job, 12, 3, False)


def test_the_mark_of_the_final_outcome_moves(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = milestone_page(programme, "stay")

    client.post(page, fields(client, page) | {"is_final": "on"})

    assert [milestone.key for milestone in programme.milestones.filter(is_final=True)] == ["stay"]


def test_a_milestone_may_not_follow_what_comes_after_it(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = milestone_page(programme, "start")
    stay = programme.milestones.get(key="stay")

    response = client.post(page, fields(client, page) | {"after": str(stay.pk)})

    assert "Choose what comes before it from the list" in response.content.decode()


def test_a_milestone_of_another_programme_cannot_be_followed(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    other = imported(organisation=people.authority, by=people.amina).milestones.get(key="start")
    page = milestone_page(programme, "job")

    response = client.post(page, fields(client, page) | {"after": str(other.pk)})

    assert response.status_code == 200
    assert programme.milestones.get(key="job").after == programme.milestones.get(key="start")


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("delay_months", "601", "The number of months must be from 0 to 600"),
        ("delay_months", "1.5", "The number of months must be a whole number"),
        ("repeats", "0", "The number of times must be from 1 to 120"),
        ("name", " ", "Enter the name of the milestone"),
        ("after", "referral", "Choose what comes before it from the list"),
    ],
)
def test_a_milestone_is_refused_in_plain_words(
    people: Cast, programme: Programme, field: str, typed: str, error: str
) -> None:
    client = client_of(people.amina)
    page = milestone_page(programme, "job")

    assert error in client.post(page, fields(client, page) | {field: typed}).content.decode()


def test_too_many_repeats_for_a_simulation_are_refused_with_the_reason(people: Cast) -> None:
    document = small_document()
    document["groups"] = [{"id": f"g{number}", "price_band": "A"} for number in range(60)]
    document["evidence"] = []
    document["tariff"] = {}
    programme = imported(document, organisation=people.authority, by=people.amina)
    client = client_of(people.amina)
    page = milestone_page(programme, "stay")

    response = client.post(page, fields(client, page) | {"repeats": "120"})

    assert "Groups times milestones with repeats is at most 5,000." in response.content.decode()
    assert programme.milestones.get(key="stay").repeats == 3


def test_what_followed_a_removed_milestone_follows_what_it_followed(people: Cast, programme: Programme) -> None:
    job = programme.milestones.get(key="job")
    page = reverse("milestone-remove", args=[job.pk])
    client = client_of(people.amina)

    told = client.get(page).content.decode()
    client.post(page)

    assert "“Stay” will follow Start instead" in told
    assert programme.milestones.get(key="stay").after == programme.milestones.get(key="start")
    assert not PriceLine.objects.filter(tariff__programme=programme).exists()


def test_a_milestone_with_a_target_stays(people: Cast) -> None:
    document = small_document()
    document["tariff"]["target"] = {"milestone": "job", "rule": "binary", "rate": 0.3}
    programme = imported(document, organisation=people.authority, by=people.amina)
    page = reverse("milestone-remove", args=[programme.milestones.get(key="job").pk])
    client = client_of(people.amina)

    told = client.post(page, follow=True).content.decode()

    assert "Change the target first." in told
    assert programme.milestones.filter(key="job").exists()


def test_evidence_is_entered_as_people_know_it(people: Cast, programme: Programme) -> None:
    group, stay = programme.groups.get(key="a"), programme.milestones.get(key="stay")
    page = reverse("evidence-create", args=[group.pk, stay.pk])
    client = client_of(people.amina)
    given = {
        "baseline": "11",
        "observed_spending": "£1,170",
        "observed_rate": "15%",
        "source": "Programme X, final evaluation, 2019, page 12",
        "quality": "moderate",
        "interval_low": "8",
        "interval_high": "14",
    }

    client.post(page, fields(client, page) | given)

    row = Evidence.objects.get(group=group, milestone=stay)
    assert (row.baseline, row.observed_rate, float(row.observed_spending or 0)) == (0.11, 0.15, 1170)
    assert (row.interval_low, row.interval_high, row.quality) == (0.08, 0.14, "moderate")


def test_a_step_that_has_evidence_leads_to_it(people: Cast, programme: Programme) -> None:
    group, job = programme.groups.get(key="a"), programme.milestones.get(key="job")

    response = client_of(people.amina).get(reverse("evidence-create", args=[group.pk, job.pk]))

    assert response["Location"] == evidence_page(programme, "a")


def test_a_second_row_for_the_same_step_is_refused(people: Cast, programme: Programme) -> None:
    group, job = programme.groups.get(key="a"), programme.milestones.get(key="job")
    client = client_of(people.amina)
    typed = fields(client, reverse("evidence-create", args=[group.pk, programme.milestones.get(key="stay").pk]))

    response = client.post(reverse("evidence-create", args=[group.pk, job.pk]), typed | {"baseline": "5"})

    assert "already exists" in response.content.decode()
    assert Evidence.objects.filter(group=group, milestone=job).count() == 1


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"baseline": "101"}, "The number in 100 without help must be from 0 in 100 to 100 in 100"),
        ({"observed_spending": "500"}, "Enter both what was spent and how many reached it, or neither"),
        ({"observed_rate": "30"}, "Enter both what was spent and how many reached it, or neither"),
        (
            {"observed_spending": "500", "observed_rate": "30", "responsiveness": "0.5"},
            "Give what was spent and reached, or the responsiveness, but not both",
        ),
        ({"observed_spending": "500", "observed_rate": "5", "responsiveness": ""}, "a rate not below the baseline"),
        ({"observed_spending": "5", "observed_rate": "99", "responsiveness": ""}, "than the spending can explain"),
        ({"observed_spending": "0", "observed_rate": "30"}, "The spending a person must be from £0.01"),
        ({"response_scale": ""}, "Enter the spending at which help begins to tell"),
        ({"responsiveness": "1.5"}, "The responsiveness must be from 0 to 1"),
    ],
)
def test_evidence_that_cannot_be_is_refused_in_plain_words(
    people: Cast, programme: Programme, typed: dict[str, str], error: str
) -> None:
    client = client_of(people.amina)
    page = evidence_page(programme, "a")

    response = client.post(page, fields(client, page) | typed)

    assert error in response.content.decode()
    assert response.status_code == 200


def test_an_observed_point_takes_the_place_of_a_responsiveness(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = evidence_page(programme, "a")
    given = {"responsiveness": "", "observed_spending": "1000", "observed_rate": "25"}

    client.post(page, fields(client, page) | given)

    row = Evidence.objects.get(group__programme=programme, group__key="a")
    assert (row.responsiveness, row.observed_rate) == (0, 0.25)


def test_a_step_without_evidence_happens_by_itself_again(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = evidence_page(programme, "a")

    told = client.get(page.rstrip("/") + "/remove/").content.decode()
    client.post(page.rstrip("/") + "/remove/")

    assert "20% reach it without help" in told
    assert not Evidence.objects.filter(group__programme=programme, group__key="a").exists()


def test_the_pathway_leads_editors_to_what_they_may_change(people: Cast, programme: Programme) -> None:
    page = reverse("pathway-detail", args=[programme.pk])

    assert evidence_page(programme, "a") in client_of(people.amina).get(page).content.decode()
    assert evidence_page(programme, "a") not in client_of(people.vera).get(page).content.decode()


@pytest.mark.parametrize("empty", ["groups", "milestones"])
def test_pages_of_a_draft_without_groups_or_milestones_stand(people: Cast, programme: Programme, empty: str) -> None:
    PriceLine.objects.filter(tariff__programme=programme).delete()
    getattr(programme, empty).all().delete()
    client = client_of(people.amina)

    for name in ("programme-detail", "pathway-detail", "milestone-list", "group-list"):
        assert client.get(reverse(name, args=[programme.pk])).status_code == 200, name
    assert client.get(reverse("price-grid", args=[programme.tariff.pk])).status_code == 200
