"""The page that copies a programme, and what a copy says of its parent."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.core.canonical import sha256
from commissioning.models import Membership, Programme, Role
from tariffs.models import Version
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.factories.versions import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_copy_is_made_and_says_of_what(programme: Programme, amina: Client) -> None:
    frozen(programme)
    path = reverse("programme-copy", args=[programme.pk])
    form = amina.get(f"{path}?version=1").context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert typed["version"] == "1"

    response = amina.post(
        path, typed | {"name": "In the north", "organisation": str(programme.organisation_id)}, follow=True
    )

    text = response.content.decode()
    assert "The copy is made." in text
    assert "A copy of" in text
    assert f'href="{programme.get_absolute_url()}">Back to work</a>, version 1' in text


def test_whoever_may_not_see_the_parent_is_not_told_its_name(people: Cast, programme: Programme) -> None:
    Membership.objects.create(user=people.amina, organisation=people.elsewhere, role=Role.EDITOR)
    path = reverse("programme-copy", args=[programme.pk])
    amina = client_of(people.amina)
    amina.post(path, {"name": "Theirs", "organisation": people.elsewhere.pk, "version": "draft"})
    copy = Programme.objects.get(name="Theirs")

    text = page(client_of(people.charlie), copy.get_absolute_url())

    assert "a programme that you cannot see" in text
    assert "Back to work" not in text


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": ""}, "Enter the name of the programme"),
        ({"name": "x" * 301}, "300 characters or fewer"),
        ({"version": "9"}, "Choose the draft or a version from the list"),
    ],
)
def test_a_copy_that_cannot_be_made_keeps_what_is_typed(
    programme: Programme, amina: Client, given: dict[str, str], error: str
) -> None:
    typed = {"name": "In the north", "version": "draft", "organisation": str(programme.organisation_id)} | given

    response = amina.post(reverse("programme-copy", args=[programme.pk]), typed)

    assert error in response.content.decode()
    assert response.context["form"]["name"].value() == typed["name"]
    assert Programme.objects.count() == 1


def test_a_viewer_is_told_whom_to_ask_for_a_copy(people: Cast, programme: Programme) -> None:
    text = page(client_of(people.vera), reverse("programme-copy", args=[programme.pk]))

    assert "Only editors and approvers of an authority can copy a programme." in text


def test_a_version_that_stricter_rules_refuse_is_not_copied(programme: Programme, amina: Client) -> None:
    version = frozen(programme)
    columns = {field.attname: getattr(version, field.attname) for field in Version._meta.concrete_fields}
    broken = version.document_json.replace('"price_band":"B","r', '"price_band":"C","r')
    changed = {"id": uuid4(), "number": 2, "document_json": broken, "inputs_sha256": sha256(broken)}
    Version.objects.create(**columns | changed)
    typed = {"name": "In the north", "version": "2", "organisation": str(programme.organisation_id)}

    text = amina.post(reverse("programme-copy", args=[programme.pk]), typed).content.decode()

    assert "The rules have become stricter since this version was frozen" in text
    assert Programme.objects.count() == 1
