"""Pages on which an authority writes its statements: from the start to what is published."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.models import Membership, Programme, Role, Run
from markets.models import PositionStatement, StatementComment, StatementFigure
from markets.services import statement_comments
from tests.factories import incentive_runs
from tests.factories import statements as made
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.statement_pages import read, send, url
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


@pytest.fixture
def bob(people: Cast) -> Client:
    return client_of(people.bob)


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return made.ready(people.authority, people.amina)


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def test_a_statement_is_started_for_a_programme(amina: Client, people: Cast, programme: Programme) -> None:
    given = {"title": "Help into work", "organisation": str(people.authority.pk), "programme": str(programme.pk)}

    page = send(amina, reverse("position-statement-create"), **given)

    assert "Your statement is started" in page
    assert "<strong>0 of 15</strong>" in page
    assert PositionStatement.objects.get().programme == programme
    assert "0 of 15 sections written" in read(amina, reverse("position-statement-list"))


def test_a_programmes_page_leads_to_its_statements_and_to_the_start_of_one(
    amina: Client, people: Cast, programme: Programme
) -> None:
    address = reverse("programme-statement-list", args=[programme.pk])
    start = f"{reverse('position-statement-create')}?programme={programme.pk}"
    made.ready(people.authority, people.amina)

    before = read(amina, address)
    made.started(people.authority, people.amina, programme)
    after = read(amina, address)

    assert address in read(amina, programme.get_absolute_url())
    assert "No statement has been started for it yet" in before
    assert start in before
    assert "Start another statement" in after
    assert "0 of 15 sections written" in after
    assert f'<option value="{programme.pk}" selected>' in read(amina, start)
    assert start not in read(client_of(people.vera), address)


def test_a_start_without_a_title_or_authority_says_so(amina: Client) -> None:
    page = send(amina, reverse("position-statement-create"), organisation="x", programme="y")

    for words in ("Enter a title", "Choose an authority from the list", "Choose a programme from the list"):
        assert words in page


def test_a_provider_is_told_that_authorities_write_statements(people: Cast) -> None:
    assert "Only an editor or approver" in read(client_of(people.dilys), reverse("position-statement-create"))


def test_a_programme_of_another_authority_of_ones_own_does_not_fit(people: Cast, programme: Programme) -> None:
    Membership.objects.create(user=people.amina, organisation=people.elsewhere, role=Role.EDITOR)
    given = {"title": "Help", "organisation": str(people.elsewhere.pk), "programme": str(programme.pk)}

    page = send(client_of(people.amina), reverse("position-statement-create"), **given)

    assert "Choose a programme of the same authority" in page


def test_a_section_is_written_and_the_next_one_comes(amina: Client, statement: PositionStatement) -> None:
    address = url("section", statement, "purpose")

    page = send(amina, address, text="We *will* buy.", **{"was-text": "We mean to *buy* this."})

    assert "Section 1 is saved" in page
    assert "What should a provider take away" in page
    assert statement.sections.get(key="purpose").text == "We *will* buy."
    stayed = send(amina, address, text="Stays.", stay="1", **{"was-text": "We *will* buy."})
    assert "What is this statement for" in stayed
    last = send(amina, url("section", statement, "contacts"), text="X", **{"was-text": "We mean to *buy* this."})
    assert "Where does this statement stand?" in last


def test_a_preview_shows_what_is_typed_and_saves_nothing(amina: Client, statement: PositionStatement) -> None:
    page = send(amina, url("section", statement, "purpose"), text="<b>So</b> **bold**", preview="1")

    assert "It is not saved yet" in page
    assert "&lt;b&gt;So&lt;/b&gt; <strong>bold</strong>" in page
    assert statement.sections.get(key="purpose").text == "We mean to *buy* this."


@pytest.mark.promise("D1")
def test_two_who_write_the_same_section_both_find_their_text(
    amina: Client, bob: Client, statement: PositionStatement
) -> None:
    address = url("section", statement, "purpose")
    was = {"was-text": "We mean to *buy* this."}
    amina.post(address, {"text": "Of Amina", **was})

    answer = bob.post(address, {"text": "Of Bob", **was})

    assert answer.status_code == 409
    assert "Of Amina" in answer.content.decode()
    assert "Of Bob" in answer.content.decode()


def test_bad_input_is_refused_beside_its_field_and_kept(amina: Client, statement: PositionStatement) -> None:
    plan = send(amina, url("plan", statement), upfront_share="120", contacts="Typed words", tools="other")
    dates = send(amina, url("dates", statement), review_on_0="31", review_on_1="2", review_on_2="2027")
    about = send(amina, url("edit", statement), title="", areas="Atlantis", service="Typed words")

    for words in ("Enter a number from 0 to 100", "Choose from the list", "Typed words"):
        assert words in plan
    assert "Enter a real date" in dates
    for words in ("Enter a title", "Atlantis is no local authority", "Typed words"):
        assert words in about


def test_plan_and_dates_are_saved(amina: Client, statement: PositionStatement) -> None:
    send(
        amina,
        url("plan", statement),
        upfront_share="20",
        tools=["grants"],
        contacts="New team",
        results_wanted="Jobs",
        **{"was-contacts": "Commissioning team"},
    )
    send(amina, url("dates", statement), award_on_0="1", award_on_1="6", award_on_2="2027")

    plan = made.fresh(statement).plan
    assert (str(plan.upfront_share), plan.tools, plan.contacts) == ("20.00", ["grants"], "New team")
    assert plan.award_on.isoformat() == "2027-06-01"
    assert 'value="20"' in read(amina, url("plan", statement))


def test_dates_of_the_procurement_are_the_programmes(amina: Client, people: Cast, programme: Programme) -> None:
    statement = made.started(people.authority, people.amina, programme)

    page = read(amina, url("dates", statement))

    assert "Taken from the programme" in page
    assert reverse("procurement-detail", args=[programme.pk]) in page
    assert "award_on" not in page


def test_a_closed_statement_shows_what_it_says_and_no_form(amina: Client, people: Cast) -> None:
    statement = made.sent(people.authority, people.amina)

    for page in (url("plan", statement), url("section", statement, "purpose"), url("checks", statement)):
        found = read(amina, page)
        assert "This waits for approval" in found
        assert 'name="submit"' not in found
    assert "Commissioning team" in read(amina, url("plan", statement))
    assert "It waits for approval" in send(amina, url("section", statement, "purpose"), text="Other")


def figure_of(statement: PositionStatement, run: Run) -> StatementFigure:
    return statement.figures.get(run=run)


def test_a_figure_is_chosen_put_in_and_taken_out(amina: Client, people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)
    statement = made.started(people.authority, people.amina, programme)
    address = url("figure-create", statement, "demand")

    assert "Who would be parked" in read(amina, address)
    page = send(amina, address, offer=f"parked:{run.pk}")
    assert "The figure stands at the end of the section" in page
    assert figure_of(statement, run).title in page
    assert "Who works here, by size" in send(amina, address, offer="local-market")
    figure = figure_of(statement, run)
    assert "The figure is taken out" in send(amina, url("figure-remove", statement, figure.key))
    assert "Choose a figure from the list" in send(amina, address, offer="other")


def test_a_figure_of_a_run_before_the_programme_changed_is_marked(
    amina: Client, people: Cast, programme: Programme
) -> None:
    run = incentive_runs.finished(programme=programme)
    statement = made.started(people.authority, people.amina, programme)
    send(amina, url("figure-create", statement, "demand"), offer=f"spend:{run.pk}")
    programme.name = "Other"
    programme.save()

    assert "run it again first" in read(amina, url("figure-create", statement, "demand"))
    assert "is out of date" in read(amina, url("checks", statement))


def test_a_table_of_ones_own_is_put_in(amina: Client, statement: PositionStatement) -> None:
    address = url("figure-write", statement, "demand")
    given = {"title": "Half are young", "sentence": "Half of all.", "source": "Our files, 2026"}

    assert "Line 2 has 1 cell, the headings have 2" in send(amina, address, cells="Age | People\nUnder 25", **given)
    assert "at least one row" in send(amina, address, cells="Age | People", **given)
    page = send(amina, address, cells="Age\tPeople\r\nUnder 25\tfewer than 10\r\n", **given)

    assert "Half are young" in page
    assert statement.figures.get().rows == [["Under 25", "fewer than 10"]]


def test_colleagues_comment_and_answer(amina: Client, bob: Client, statement: PositionStatement) -> None:
    address = url("comments", statement)

    assert "Enter your comment" in send(bob, address, text="")
    assert "Your comment is kept" in send(bob, address, text="Which ages?", section="demand")
    comment = StatementComment.objects.get()
    assert "1 to answer" in read(amina, statement.get_absolute_url())
    assert "Which ages?" in read(amina, url("section", statement, "demand"))
    answering = reverse("position-statement-answer", args=[comment.pk])
    assert "Enter your answer" in send(amina, answering, text="")
    assert "The comment is answered" in send(amina, answering, text="All")
    assert "Somebody answered this meanwhile" in send(bob, answering, text="Again")


def test_an_unknown_section_or_figure_is_not_there(amina: Client, statement: PositionStatement) -> None:
    assert amina.get(url("section", statement, "other")).status_code == 404
    assert amina.post(url("figure-remove", statement, "other")).status_code == 404


def test_pages_ask_the_database_a_bounded_number_of_times(
    amina: Client, people: Cast, programme: Programme, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run = incentive_runs.finished(programme=programme)
    statement = made.ready(people.authority, people.amina, programme)
    for word in ("parked", "spend"):
        send(amina, url("figure-create", statement, "demand"), offer=f"{word}:{run.pk}")
    for number in range(3):
        statement_comments.say(statement=statement, text=f"Why {number}?", section="demand", by=people.bob)
        made.ready(people.authority, people.amina)
    pages = [url(page, statement) for page in ("detail", "edit", "plan", "dates", "comments", "checks", "detail")]
    pages += [url(page, statement, "demand") for page in ("section", "figure-create", "figure-write")]

    for page in (*pages, reverse("position-statement-list"), reverse("position-statement-create")):
        with django_assert_max_num_queries(15, info=page):
            assert amina.get(page).status_code == 200
