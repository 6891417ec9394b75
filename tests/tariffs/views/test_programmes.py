"""Pages of whole programmes: list, one programme, import, download."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commissioning.models import Programme
from commissioning.queries.programmes import history
from tariffs.queries.programmes import to_core
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import EXAMPLE, imported, small_document

pytestmark = pytest.mark.django_db
IMPORT = "/programmes/import/"
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


def programme_of(people: Cast, document: Any = None, **given: Any) -> Programme:
    return imported(document, organisation=people.authority, by=people.amina, **given)


def page_of(person: Any, address: str) -> str:
    response = client_of(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_only_programmes_of_ones_own_authority(people: Cast) -> None:
    programme_of(people)
    imported(small_document() | {"name": "Secret plans"}, organisation=people.elsewhere, by=people.charlie)

    page = page_of(people.vera, "/programmes/")

    assert "Back to work" in page
    assert "Not tested yet" in page
    assert "Test the tariff with a simulation" in page
    assert "Secret plans" not in page


def test_a_viewer_is_not_offered_the_import_and_an_editor_is(people: Cast) -> None:
    assert IMPORT not in page_of(people.vera, "/programmes/")
    assert IMPORT in page_of(people.amina, "/programmes/")


def test_without_programmes_the_list_says_how_to_start(people: Cast) -> None:
    assert "There is no programme yet. Start one" in page_of(people.amina, "/programmes/")


@pytest.mark.parametrize("count", [10, 100])
def test_the_list_takes_as_many_queries_for_100_programmes_as_for_10(
    people: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        Programme.objects.create(
            organisation=people.authority,
            name=f"Programme {number}",
            referral_months=1,
            contract_months=1,
            created_by=people.amina,
        )
    client = client_of(people.amina)

    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get("/programmes/").content.decode()

    assert page.count("Not tested yet") == min(count, 20)


@pytest.mark.parametrize("name", ["programme-detail", "pathway-detail", "price-grid"])
@pytest.mark.parametrize("count", [10, 100])
def test_each_page_takes_few_queries_however_many_rows_there_are(
    people: Cast, name: str, count: int, django_assert_max_num_queries: Any
) -> None:
    programme = programme_of(people, with_groups(count))
    thing = programme.tariff if name == "price-grid" else programme
    client = client_of(people.amina)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(reverse(name, args=[thing.pk]))

    assert response.status_code == 200


def with_groups(count: int) -> dict[str, Any]:
    document = small_document()
    names = [f"g{number}" for number in range(count)]
    document["groups"] = [{"id": name, "price_band": name} for name in names]
    document["evidence"] = [{"group": name, "milestone": "job", "baseline": 0.1} for name in names]
    document["tariff"]["prices"] = [{"price_band": name, "milestone": "job", "price": 10} for name in names]
    return document


def test_the_programme_page_says_where_it_stands(people: Cast) -> None:
    programme = programme_of(people)

    page = page_of(people.vera, programme.get_absolute_url())

    assert "2 prices from £1,000 to £2,000.50 in 2 price bands; no service fee; paid at once; no target." in page
    assert "Who the service is for" in page
    assert "2 figures" in page
    assert "imported a programme" in page
    assert "Bob" in page


def test_only_a_worked_example_is_labelled_as_one(people: Cast) -> None:
    plan, example = programme_of(people), programme_of(people, EXAMPLE, is_example=True)

    assert "This is a worked example" not in page_of(people.vera, plan.get_absolute_url())
    assert "This is a worked example" in page_of(people.vera, example.get_absolute_url())


def test_history_counts_the_prices_that_a_save_changed(people: Cast) -> None:
    programme = programme_of(people)
    client = client_of(people.amina)
    form = client.get(reverse("price-grid", args=[programme.tariff.pk])).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"price-0-1": "5"}

    client.post(reverse("price-grid", args=[programme.tariff.pk]), typed)

    assert [event.what for event in history(programme)] == ["changed 1 price", "imported a programme"]


@pytest.mark.promise("B5")
def test_the_download_is_the_programme_file(people: Cast) -> None:
    programme = programme_of(people, EXAMPLE)

    response = client_of(people.vera).get(reverse("programme-download", args=[programme.pk]))

    assert programme_files.loads(response.content) == programme_files.loads(EXAMPLE)
    assert response["Content-Disposition"] == (
        'attachment; filename="work-programme-tariff-from-april-2014-one-contract-area.json"'
    )


@pytest.mark.parametrize("how", ["file", "text"])
def test_a_programme_comes_in_as_a_file_or_as_text(people: Cast, how: str) -> None:
    given = SimpleUploadedFile("programme.json", EXAMPLE) if how == "file" else EXAMPLE.decode()

    response = client_of(people.amina).post(IMPORT, {"organisation": people.authority.pk, how: given})

    programme = Programme.objects.get()
    assert response["Location"] == programme.get_absolute_url()
    assert to_core(programme) == programme_files.loads(EXAMPLE)


@pytest.mark.promise("B7")
def test_pressing_import_twice_makes_one_programme(people: Cast) -> None:
    client = client_of(people.amina)
    key = client.get(IMPORT).context["form"]["key"].value()
    given = {"organisation": people.authority.pk, "text": EXAMPLE.decode(), "key": key}

    answers = [client.post(IMPORT, given)["Location"] for _press in range(2)]

    assert answers == [Programme.objects.get().get_absolute_url()] * 2


@pytest.mark.promise("B8")
@pytest.mark.parametrize("how", ["file", "text"])
def test_faults_are_listed_with_their_places_and_the_text_is_kept(people: Cast, how: str) -> None:
    document = small_document() | {"budget": -1, "colour": "red"}
    text = json.dumps(document)
    given = SimpleUploadedFile("programme.json", text.encode()) if how == "file" else text

    response = client_of(people.amina).post(IMPORT, {"organisation": people.authority.pk, how: given})

    page = response.content.decode()
    assert response.status_code == 200
    assert "<code>/budget</code>" in page
    assert "<code>/colour</code>" in page
    assert "the unknown key &quot;colour&quot;" in page
    assert response.context["form"]["text"].value() == text
    assert not Programme.objects.exists()


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose a programme file, or paste its text"),
        ({"text": "   "}, "Choose a programme file, or paste its text"),
        ({"file": SimpleUploadedFile("a.json", b"")}, "The file you chose is empty"),
        ({"file": SimpleUploadedFile("a.json", b"x" * 2_000_001)}, "The file must be at most 2 MB"),
        ({"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00")}, "a byte that is not UTF-8"),
        ({"file": SimpleUploadedFile("a.json", b"[" * 1_000_000)}, "nested"),
        ({"text": "{"}, "text that is not JSON"),
        ({"text": "\x00"}, "Remove the null characters"),
        ({"text": '{"name": "\ud800"}'.encode("utf-8", "surrogatepass")}, "There is a problem"),
    ],
)
def test_what_is_no_programme_gets_plain_words(people: Cast, given: dict[str, Any], words: str) -> None:
    response = client_of(people.amina).post(IMPORT, {"organisation": people.authority.pk} | given)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Programme.objects.exists()


@pytest.mark.parametrize("person", ["vera", "charlie", "dilys"])
def test_nobody_imports_into_an_authority_where_they_may_not_edit(people: Cast, person: str) -> None:
    given = {"organisation": people.authority.pk, "text": EXAMPLE.decode()}

    response = client_of(getattr(people, person)).post(IMPORT, given)

    assert response.status_code == 200
    assert not Programme.objects.filter(organisation=people.authority).exists()


def test_whoever_cannot_import_is_told_whom_to_ask(people: Cast) -> None:
    assert "Ask an approver of your authority" in page_of(people.vera, IMPORT)


def test_anyone_may_take_the_worked_example_and_the_format_away(people: Cast) -> None:
    example = client_of(None).get(reverse("programme-example"))
    schema = client_of(None).get(reverse("programme-schema"))

    assert example.content == EXAMPLE
    assert schema.json()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert 'filename="worked-example.json"' in example["Content-Disposition"]
