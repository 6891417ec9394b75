"""Pages on which an authority writes its statements: from the start to what is published."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commissioning.models import Membership, Programme, Role, Run
from markets.models import PositionStatement, PublishedEdition, StatementComment, StatementFigure
from markets.services import statement_approvals, statement_comments
from tests.factories import incentive_runs
from tests.factories import statements as made
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
FORM = {"typed-by": ""}


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


def url(page: str, statement: PositionStatement, *more: str) -> str:
    return reverse(f"position-statement-{page}", args=[statement.pk, *more])


def read(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def send(client: Client, address: str, **given: Any) -> str:
    return client.post(address, given, follow=True).content.decode()


def test_a_statement_is_started_for_a_programme(amina: Client, people: Cast, programme: Programme) -> None:
    given = {"title": "Help into work", "organisation": str(people.authority.pk), "programme": str(programme.pk)}

    page = send(amina, reverse("position-statement-create"), **given)

    assert "Your statement is started" in page
    assert "<strong>0 of 15</strong>" in page
    assert PositionStatement.objects.get().programme == programme
    assert "0 of 15 sections written" in read(amina, reverse("position-statement-list"))


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

    assert "Line 2 has 1 cells" in send(amina, address, cells="Age | People\nUnder 25", **given)
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


def test_the_checks_lead_to_what_cures(amina: Client, people: Cast) -> None:
    statement = made.started(people.authority, people.amina)

    page = read(amina, url("checks", statement))

    assert "<strong>Not yet.</strong>" in page
    for address in (url("edit", statement), f"{url('plan', statement)}#id_contacts", url("section", statement, "data")):
        assert address in page
    assert "It cannot be published yet" in send(amina, url("send", statement))


def test_it_is_sent_read_and_published_by_another_and_amended(
    amina: Client, bob: Client, people: Cast, statement: PositionStatement
) -> None:
    assert "It is sent" in send(amina, url("send", statement))
    assert "Read it, and decide" in read(bob, statement.get_absolute_url())
    approve = url("approve", statement)
    assert "We mean to <em>buy</em> this." in read(bob, approve)
    assert "has changed since you read it" in send(bob, approve, seen="0" * 64)
    assert "It is published" in send(bob, approve, seen=made.seen(statement))
    edition = PublishedEdition.objects.get()
    assert "We mean to <em>buy</em> this." in read(Client(), edition.get_absolute_url())
    assert "The next edition is begun" in send(amina, url("amend", statement))
    assert "Say what changed" in read(amina, statement.get_absolute_url())
    was = {"was-title": "Help into work", "was-service": "Employment", "was-areas": "Barnet"}
    about = {"title": "Help into work", "service": "Employment", "areas": "Barnet", "change_note": "Dates moved"}
    assert "Saved" in send(amina, url("edit", statement), **about, **was)
    assert made.fresh(statement).change_note == "Dates moved"


def test_whoever_sent_it_is_told_that_another_decides(bob: Client, people: Cast) -> None:
    statement = made.sent(people.authority, people.bob)

    assert "another approver decides" in read(bob, statement.get_absolute_url())
    assert "Two people publish" in read(bob, url("approve", statement))
    assert "Another approver has to approve it" in send(bob, url("approve", statement), seen=made.seen(statement))


@pytest.mark.promise("S9")
def test_publishing_and_withdrawing_ask_for_the_password_again(people: Cast) -> None:
    statement = made.sent(people.authority, people.amina)
    late = client_of(people.bob, confirmed=False)

    for page in ("approve", "withdraw"):
        answer = late.post(url(page, statement), {"seen": made.seen(statement), "reason": "So"})
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url or "confirm" in answer.url
    assert not PublishedEdition.objects.exists()


def test_it_is_taken_back_and_sent_back(amina: Client, bob: Client, people: Cast) -> None:
    statement = made.sent(people.authority, people.amina)

    assert "You can change it again" in send(amina, url("take-back", statement))
    assert "It does not wait for approval" in send(amina, url("take-back", statement))
    statement_approvals.send(statement=statement, by=people.amina)
    assert "Say what has to change" in send(bob, url("send-back", statement), reason="")
    assert "It is sent back" in send(bob, url("send-back", statement), reason="Say more")
    assert "It does not wait for approval" in send(bob, url("send-back", statement), reason="Say more")


def test_what_is_published_is_withdrawn(bob: Client, people: Cast) -> None:
    statement = made.published(people.authority, by=people.amina, approver=people.bob).statement

    assert "Its page says so, and why" in send(bob, url("withdraw", statement), reason="The dates were wrong")
    assert "Withdrawn" in read(bob, statement.get_absolute_url())
    assert "edition 1 is withdrawn" in read(bob, reverse("position-statement-list")).lower()
    assert "Nothing is published" in send(bob, url("withdraw", statement), reason="Again")


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


def test_the_home_page_is_quick_and_says_what_waits(bob: Client, amina: Client, people: Cast) -> None:
    sent = made.sent(people.authority, people.amina)
    published = made.published(people.authority, by=people.amina, approver=people.bob).statement
    amended = made.amended(published, by=people.amina)
    made.planned(amended, by=people.amina, review_on=timezone.localdate() + timedelta(days=3))

    page = read(bob, reverse("home"))

    assert url("approve", sent) in page
    assert "Next review" in page
    assert url("approve", sent) not in read(amina, reverse("home"))
