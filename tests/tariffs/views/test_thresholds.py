"""Pages of where an authority draws the lines of the rules."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissioning.models import AuditEntry
from tariffs import queries, services
from tariffs.core import feasibility
from tariffs.forms.thresholds import form_for
from tariffs.models import Fact, OwnThreshold
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db
KEY = "I10_share"


@pytest.fixture
def people() -> Cast:
    return cast()


def address(people: Cast, key: str = KEY) -> str:
    return reverse("threshold-edit", args=[people.authority.pk, key])


def drawn(people: Cast, key: str = KEY, **typed: str) -> str:
    client, path = client_of(people.bob), address(people, key)
    return client.post(path, fields(client, path) | typed, follow=True).content.decode()


def test_an_own_line_counts_in_all_findings_of_the_authority_and_says_so(people: Cast) -> None:
    ours = imported(organisation=people.authority, by=people.amina)
    theirs = imported(organisation=people.elsewhere, by=people.charlie)

    page = drawn(people, value="1", reason="The audit committee asked for it.")

    assert "1 of 57 lines are your own" in page and "Your own" in page
    shown = client_of(people.vera).get(reverse("finding-list", args=[ours.pk])).content.decode()
    assert f"drawn by {people.authority}; the default is 25% of the payments" in shown
    assert "The audit committee asked for it." in shown
    for programme, value in ((ours, "1%"), (theirs, "25%")):
        line = queries.findings.of_programme(programme).line("I10")
        assert line is not None
        assert line.thresholds[0].words == f"{value} of the payments"
    assert AuditEntry.objects.filter(action="drew a threshold", organisation=people.authority).exists()


def test_the_line_moves_the_finding(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    Fact.objects.create(programme=programme, question="verifier", value="0.2", source="A note")

    def weight() -> str:
        line = queries.findings.of_programme(programme).line("I10")
        return str(line.finding.severity) if line else ""

    before = weight()
    drawn(people, value="10", reason="The audit committee asked for it.")

    assert (before, weight()) == ("pass", "warn")


def test_cures_are_looked_for_from_the_authority_s_own_line_on(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    path = reverse("tariff-repairs", args=[programme.tariff.pk])
    before = fields(client_of(people.amina), path)["limit"]

    drawn(people, "I2_warn", value="5", reason="Nobody is to be left behind.")

    assert (before, fields(client_of(people.amina), path)["limit"]) == ("10", "5")


def test_an_emptied_line_is_the_default_again(people: Cast) -> None:
    drawn(people, value="1", reason="For now.")

    page = drawn(people, value="")

    assert "All 57 lines are defaults." in page
    assert queries.thresholds.values(queries.thresholds.own(people.authority.pk)) == ()


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"value": "10"}, "Say why you draw the line there"),
        ({"value": "101", "reason": "x"}, "The line must be from 0 in 100 to 100 in 100"),
        ({"value": "much", "reason": "x"}, "Enter the line as a number, like 25"),
    ],
)
def test_a_wrong_line_is_refused_beside_its_field(people: Cast, typed: dict[str, str], error: str) -> None:
    assert error in drawn(people, **typed)
    assert not OwnThreshold.objects.exclude(value=None).exists()


@pytest.mark.parametrize("key", list(feasibility.thresholds()))
def test_every_line_can_be_drawn_and_reads_back_as_it_was_typed(people: Cast, key: str) -> None:
    threshold = feasibility.thresholds()[key]
    row = OwnThreshold(organisation=people.authority, key=key, value=threshold.value)
    form = form_for(key)(form_for(key).shown(row) | {"reason": "As ever."}, by=people.bob)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == pytest.approx(threshold.value)


@pytest.mark.promise("S1")
def test_only_approvers_of_the_authority_draw_lines(people: Cast) -> None:
    for person in (people.amina, people.vera, people.charlie, people.dilys):
        assert client_of(person).get(address(people)).status_code == 404
    providers = reverse("threshold-list", args=[people.provider.pk])
    assert client_of(people.dilys).get(providers).status_code == 404
    assert client_of(people.bob).get(address(people, "nonsense")).status_code == 404


def test_the_service_refuses_others_and_lines_that_there_are_not(people: Cast) -> None:
    form = form_for(KEY)({"value": "5", "reason": "So."}, by=people.amina)
    assert form.is_valid()

    for person in (people.amina, people.charlie):
        with pytest.raises(PermissionDenied):
            services.thresholds.draw(organisation=people.authority, key=KEY, edit=form.edit(), by=person)
    with pytest.raises(PermissionDenied):
        services.thresholds.draw(organisation=people.provider, key=KEY, edit=form.edit(), by=people.dilys)
    with pytest.raises(ValidationError):
        services.thresholds.draw(organisation=people.authority, key="nonsense", edit=form.edit(), by=people.bob)


def test_the_database_refuses_a_line_without_a_reason(people: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnThreshold.objects.create(organisation=people.authority, key=KEY, value=1)


def test_the_list_takes_few_queries(people: Cast, django_assert_max_num_queries) -> None:
    client = client_of(people.vera)

    with django_assert_max_num_queries(10):
        page = client.get(reverse("threshold-list", args=[people.authority.pk])).content.decode()

    assert page.count("Project default") > 20
    assert "threshold-edit" not in page and "/thresholds/I10_share/" not in page
