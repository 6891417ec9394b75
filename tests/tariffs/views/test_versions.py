"""The pages of a programme's versions: the list, one of them, going back."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.core.canonical import sha256
from commissioning.models import Programme
from tariffs.models import Tariff, Version
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.factories.versions import add_group, draft_of, frozen, reprice

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


def versions_of(programme: Programme) -> str:
    return reverse("version-list", args=[programme.pk])


def comparison_of(programme: Programme, first: object, second: object, name: str = "version-compare") -> str:
    return f"{reverse(name, args=[programme.pk])}?first={first}&second={second}"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_draft_is_frozen_with_a_note(programme: Programme, amina: Client) -> None:
    response = amina.post(versions_of(programme), {"note": "First\r\nAgreed"}, follow=True)

    assert "The draft is frozen as version 1." in response.content.decode()
    assert Version.objects.get().note == "First\nAgreed"


@pytest.mark.parametrize(
    ("note", "error"),
    [
        ("", "Say what changed and why"),
        ("  \r\n ", "Say what changed and why"),
        ("x" * 2001, "Use at most 2,000 characters"),
        ("nul\x00l", "Remove the null characters"),
    ],
)
def test_a_note_that_cannot_be_kept_stays_in_its_field(
    programme: Programme, amina: Client, note: str, error: str
) -> None:
    response = amina.post(versions_of(programme), {"note": note})

    assert error in response.content.decode()
    assert response.context["form"]["note"].value() == note
    assert not Version.objects.exists()


def test_lines_count_as_people_count_them(programme: Programme, amina: Client) -> None:
    amina.post(versions_of(programme), {"note": "\r\n".join(["x" * 999, "y" * 1000])})

    assert len(Version.objects.get().note) == 2000


def test_freezing_what_has_not_changed_keeps_what_is_typed(programme: Programme, amina: Client) -> None:
    frozen(programme)

    response = amina.post(versions_of(programme), {"note": "Something to keep"})

    assert "Nothing has changed since version 1" in response.content.decode()
    assert "Something to keep" in response.content.decode()
    assert Version.objects.count() == 1


def test_the_list_says_what_each_version_changed_and_what_the_draft_did_since(
    programme: Programme, amina: Client
) -> None:
    frozen(programme, "To begin with")
    reprice(programme, Decimal(5))
    frozen(programme, "Cheaper")
    add_group(programme, 0, 4)

    text = page(amina, versions_of(programme))

    assert "The draft has changed since version 2. 1 group was added." in text
    assert text.index("Cheaper") < text.index("1 price differs.") < text.index("To begin with")


def test_a_draft_that_is_a_version_cannot_be_frozen_again(programme: Programme, amina: Client) -> None:
    frozen(programme)

    text = page(amina, versions_of(programme))

    assert "The draft is version 1: nothing has changed since." in text
    assert "Freeze the draft" not in text


def test_a_viewer_reads_and_has_no_way_to_freeze_or_go_back(people: Cast, programme: Programme) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))
    vera = client_of(people.vera)

    text = page(vera, versions_of(programme)) + page(vera, version.get_absolute_url())

    assert "Freeze the draft" not in text
    assert "Go back" not in text
    assert vera.post(versions_of(programme), {"note": "Mine"}).status_code == 404
    assert vera.get(reverse("version-go-back", args=[version.pk])).status_code == 404


def test_the_list_is_paged(programme: Programme, amina: Client) -> None:
    for amount in range(11):
        reprice(programme, Decimal(amount))
        frozen(programme, f"Number {amount + 1}")

    pages = [page(amina, f"{versions_of(programme)}?page={number}") for number in (1, 2)]
    assert [text.count('scope="row"') for text in pages] == [10, 1]


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 200])
def test_each_page_takes_few_queries_however_many_versions_there_are(
    people: Cast, programme: Programme, count: int, django_assert_max_num_queries: Any
) -> None:
    parent = imported(organisation=people.authority, by=people.amina)
    Programme.objects.filter(pk=programme.pk).update(copied_from=parent)
    Tariff.objects.create(programme=programme, version="Plan B")
    first = frozen(programme)
    columns = {field.attname: getattr(first, field.attname) for field in Version._meta.concrete_fields}
    later = range(2, count + 1)
    Version.objects.bulk_create(Version(**{**columns, "id": None, "number": number}) for number in later)
    amina = client_of(people.amina)
    paths = (
        programme.get_absolute_url(),
        versions_of(programme),
        comparison_of(programme, 1, "draft"),
        first.get_absolute_url(),
        reverse("version-go-back", args=[first.pk]),
        reverse("programme-copy", args=[programme.pk]),
    )

    for path in paths:
        with django_assert_max_num_queries(MOST_QUERIES):
            page(amina, path)


def test_a_version_is_read_as_it_was_frozen(programme: Programme, amina: Client) -> None:
    Tariff.objects.create(programme=programme, version="Plan B", upfront_payment=77)
    version = frozen(programme, "As agreed")
    reprice(programme, Decimal("5.55"))

    text = page(amina, version.get_absolute_url())

    for words in ("What does version 1 say?", "As agreed", "£1,000", "£2,000.50", "Near", "Plan B", "£77 upfront"):
        assert words in text
    assert version.inputs_sha256 in text
    assert "£5.55" not in text


def test_a_version_of_a_draft_with_nothing_in_it_can_be_read(programme: Programme, amina: Client) -> None:
    programme.archetypes.all().delete()
    programme.tariff.price_lines.all().delete()
    programme.groups.all().delete()
    programme.milestones.all().delete()
    version = frozen(programme)

    assert "None is entered." in page(amina, version.get_absolute_url())


def test_a_version_leads_to_the_runs_that_tested_exactly_it(programme: Programme, amina: Client) -> None:
    version = frozen(programme)
    assert "No finished run has tested exactly what this version proposes." in page(amina, version.get_absolute_url())
    run = incentive_runs.finished(programme=programme)
    reprice(programme, Decimal(5))
    other = incentive_runs.finished(programme=Programme.objects.get(pk=programme.pk))

    text = page(amina, version.get_absolute_url())

    assert str(run.pk) in text
    assert str(other.pk) not in text


def test_the_downloaded_file_has_the_fingerprint_of_the_version(programme: Programme, amina: Client) -> None:
    version = frozen(programme)

    response = amina.get(reverse("version-download", args=[version.pk]))

    assert sha256(response.content.decode()) == version.inputs_sha256
    assert response["Content-Disposition"].startswith("attachment")


def test_going_back_shows_first_what_it_would_change(programme: Programme, amina: Client) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))

    text = page(amina, reverse("version-go-back", args=[version.pk]))

    assert "The price of Job for A rose from £5 to £1,000" in text
    assert "What it says now is frozen first as version 2, so nothing is lost." in text


def test_going_back_from_a_frozen_draft_says_where_it_stays(programme: Programme, amina: Client) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))
    frozen(programme)

    assert "What it says now stays in version 2" in page(amina, reverse("version-go-back", args=[version.pk]))


def test_going_back_makes_the_draft_what_the_version_says(programme: Programme, amina: Client) -> None:
    before = draft_of(programme)
    version = frozen(programme)
    reprice(programme, Decimal(5))

    response = amina.post(reverse("version-go-back", args=[version.pk]), follow=True)

    assert "The draft now says what version 1 says. What it said before is version 2." in response.content.decode()
    assert draft_of(programme) == before


def test_going_back_to_where_one_is_says_so(programme: Programme, amina: Client) -> None:
    path = reverse("version-go-back", args=[frozen(programme).pk])

    assert "says already, so nothing would change" in page(amina, path)
    assert "The draft says what version 1 says already." in amina.post(path, follow=True).content.decode()
    assert Version.objects.count() == 1


def test_a_version_that_stricter_rules_refuse_says_which(programme: Programme, amina: Client) -> None:
    version = frozen(programme)
    columns = {field.attname: getattr(version, field.attname) for field in Version._meta.concrete_fields}
    broken = version.document_json.replace('"price_band":"B","r', '"price_band":"C","r')
    old = Version.objects.create(
        **{**columns, "id": None, "number": 2, "document_json": broken, "inputs_sha256": sha256(broken)}
    )

    text = amina.post(reverse("version-go-back", args=[old.pk])).content.decode()

    assert "Nothing was changed" in text
    assert "group&#x27;s price band" in text


def test_the_page_of_a_programme_says_which_version_the_draft_is(programme: Programme, amina: Client) -> None:
    frozen(programme)
    reprice(programme, Decimal(5))

    assert "1 version; draft changed since version 1" in page(amina, programme.get_absolute_url())
