"""Market position statements as anyone reads them: the directory, an edition, its history, what changed, its copies."""

import gzip
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from markets.core.editions import Area, Section
from markets.models import PositionStatement, PublishedEdition
from tests.factories import editions
from tests.factories.commissioning import Cast, cast, client_of

pytestmark = pytest.mark.django_db
PUBLIC = ("statement-directory", "statement-feed", "statement-dates", "edition-checker")


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return editions.statement(people.authority, people.amina)


@pytest.fixture
def edition(people: Cast, statement: PositionStatement) -> PublishedEdition:
    return editions.published(statement, by=people.amina, approver=people.bob)


def second(people: Cast, statement: PositionStatement, **given: Any) -> PublishedEdition:
    return editions.published(statement, by=people.amina, approver=people.bob, **given)


def page(route: str, *args: object, query: str = "") -> Any:
    return Client().get(reverse(route, args=args) + query)


def read(route: str, *args: object, query: str = "") -> str:
    return str(page(route, *args, query=query).content.decode())


def test_anyone_reads_the_newest_edition_at_its_stable_address(edition: PublishedEdition) -> None:
    found = Client().get(edition.get_absolute_url()).content.decode()

    assert "We <em>mean</em> to buy this." in found
    assert "Edition 1, published on" in found
    assert "<svg" in found
    assert "Budget book 2026, page 4" not in found  # a figure that no section shows
    assert edition.sha256 in found
    assert "From a comparison of ways of letting of" in found


def test_an_older_edition_says_that_there_is_a_newer_one(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    second(people, statement)

    old, new = read("edition-detail", "jobs", 1), read("statement-public", "jobs")

    assert "This is not the newest edition." in old
    assert "Edition 2, published on" in new
    assert "What changed: Dates moved" in new


def test_a_withdrawn_edition_says_so_and_leaves_the_directory(people: Cast, edition: PublishedEdition) -> None:
    editions.withdrawn(edition, people.bob)

    assert "This edition was withdrawn." in read("statement-public", "jobs")
    assert "The dates were wrong" in read("edition-detail", "jobs", 1)
    assert "Help into work" not in read("statement-directory")
    assert "STATUS:CANCELLED" in read("edition-dates", "jobs")
    assert "Withdrawn." in read("edition-feed", "jobs")


@pytest.mark.parametrize("route", ["statement-public", "edition-changes", "edition-feed", "edition-dates"])
def test_there_is_no_page_where_nothing_was_published(route: str) -> None:
    assert page(route, "nothing").status_code == 404


@pytest.mark.parametrize("route", ["edition-detail", "edition-text", "edition-pdf", "edition-release"])
def test_there_is_no_page_of_an_edition_that_never_was(edition: PublishedEdition, route: str) -> None:
    assert page(route, "jobs", 7).status_code == 404


def test_the_directory_is_searched_by_words_area_and_month(people: Cast, edition: PublishedEdition) -> None:
    other = editions.statement(people.elsewhere, people.charlie, title="Homes for care leavers")
    areas = (Area("E09000007", "Camden"),)
    editions.published(other, by=people.charlie, approver=people.bob, slug="homes", areas=areas)

    def found(query: str) -> list[str]:
        text = read("statement-directory", query=query)
        return [name for name in ("Help into work", "Homes for care leavers") if f">{name}</a>" in text]

    assert found("") == ["Help into work", "Homes for care leavers"]
    assert found("?q=HOMES leavers") == ["Homes for care leavers"]
    assert found("?q=anytown") == ["Help into work"]
    assert found("?area=E09000007") == ["Homes for care leavers"]
    assert found("?since=April 2026") == ["Help into work", "Homes for care leavers"]
    assert found("?since=April 2099") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?since=soon", "Enter a month and a year, like April 2026"),
        ("?area=nowhere", "Choose an area from the list"),
        (f"?q={'x' * 201}", "Use at most 200 characters"),
        ("?q=%00", "Remove the null characters"),
        ("?page=99999999999999999999", "Help into work"),
        ("?q=nothing+like+this", "No statement fits."),
    ],
)
def test_what_cannot_be_looked_for_is_named(edition: PublishedEdition, query: str, said: str) -> None:
    assert said in read("statement-directory", query=query)


def test_what_changed_stands_side_by_side(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    second(people, statement, sections=(Section("purpose", "Purpose", "Something else."),))
    third = second(people, statement, title="Work for all")

    newest, whole = read("edition-changes", "jobs"), read("edition-changes", "jobs", query="?from=1&to=3")

    assert "What changed from edition 2 to edition 3?" in newest
    assert "Something else." in newest
    assert "What changed from edition 1 to edition 3?" in whole
    assert "Changed: What it is called." in whole
    assert third.number == 3


@pytest.mark.parametrize("query", ["?from=x&to=", "?from=99999999", "?to=-1"])
def test_a_comparison_of_what_is_no_number_falls_back_to_the_newest(edition: PublishedEdition, query: str) -> None:
    assert "What changed from edition 1 to edition 1?" in read("edition-changes", "jobs", query=query)


def test_a_comparison_with_an_edition_that_never_was_is_not_found(edition: PublishedEdition) -> None:
    assert page("edition-changes", "jobs", query="?from=1&to=9").status_code == 404


@pytest.mark.parametrize("route", PUBLIC)
def test_what_everybody_reads_alike_is_kept_under_a_tag_of_its_content(edition: PublishedEdition, route: str) -> None:
    first = page(route)
    again = Client().get(reverse(route), headers={"If-None-Match": first["ETag"]})

    assert "public" in first["Cache-Control"]
    assert again.status_code == 304
    assert again.content == b""


def test_a_new_edition_has_another_tag_and_what_a_member_reads_is_kept_by_nobody(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    before = page("statement-public", "jobs")["ETag"]
    second(people, statement)

    assert page("statement-public", "jobs")["ETag"] != before
    assert client_of(people.amina).get(edition.get_absolute_url())["Cache-Control"] == "no-store"


def test_a_page_is_packed_for_whoever_takes_it_and_says_the_same(edition: PublishedEdition) -> None:
    packed = Client().get(edition.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    plain = page("statement-public", "jobs")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    assert packed["ETag"] != plain["ETag"]
    assert {"Cookie", "Accept-Encoding"} <= set(plain["Vary"].split(", "))


@pytest.mark.promise("L7")
def test_a_page_that_was_made_before_takes_one_query(edition: PublishedEdition, django_assert_num_queries: Any) -> None:
    read("statement-public", "jobs")

    with django_assert_num_queries(1):
        read("statement-public", "jobs")


@pytest.mark.promise("L6")
def test_a_page_takes_few_queries_however_long_its_history(
    people: Cast, statement: PositionStatement, edition: PublishedEdition, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        second(people, statement)

    with django_assert_max_num_queries(5):
        read("statement-public", "jobs")
    with django_assert_max_num_queries(5):
        read("statement-directory")


@pytest.mark.promise("B6")
def test_a_text_cannot_carry_code_onto_the_public_page(people: Cast, statement: PositionStatement) -> None:
    evil = "<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>"
    editions.published(
        statement,
        by=people.amina,
        approver=people.bob,
        title="<b>Bold</b>",
        sections=(Section("purpose", "<i>P</i>", evil),),
        contacts="<u>x</u>",
    )

    found = read("statement-public", "jobs")

    for code in ("<script>alert", "<img src=x", 'href="javascript', "<b>Bold", "<i>P</i>", "<u>x</u>"):
        assert code not in found
