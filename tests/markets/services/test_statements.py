"""Writing statements: who may, what is taken over, and that nothing of two people who write at once is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry
from commissioning.services.drafts import StaleError
from markets.models import PositionStatement, StatementSection
from markets.services import local_markets, statement_comments, statement_figures, statements
from tests.factories import statements as made
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return made.started(people.authority, people.amina)


def test_a_statement_starts_with_its_fifteen_sections_empty(people: Cast, statement: PositionStatement) -> None:
    assert statement.sections.count() == 15
    assert statement.plan.tools == []
    assert AuditEntry.objects.latest("sequence").action == "started a market position statement"


def test_what_is_known_of_a_programme_is_taken_over(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    programme.summary = "Help for adults"
    programme.save()
    local_markets.choose(programme=programme, areas=["E09000003"], served={}, by=people.amina)

    found = statements.create(organisation=people.authority, title="Help", programme=programme, by=people.amina)

    assert (found.service, found.areas, found.plan.tools) == ("Help for adults", ["E09000003"], ["results"])


def test_the_programme_is_the_authoritys_own(people: Cast) -> None:
    foreign = imported(organisation=people.elsewhere, by=people.charlie)

    with pytest.raises(ValidationError, match="another authority's"):
        statements.create(organisation=people.authority, title="Help", programme=foreign, by=people.amina)


def test_only_those_who_may_change_things_for_an_authority_start_one(people: Cast) -> None:
    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            statements.create(organisation=people.authority, title="Help", by=stranger)
    with pytest.raises(PermissionDenied):
        statements.create(organisation=people.provider, title="Help", by=people.dilys)


@pytest.mark.promise("D1")
def test_two_people_who_write_different_sections_both_keep_their_text(
    people: Cast, statement: PositionStatement
) -> None:
    demand, supply = (statement.sections.get(key=key) for key in ("demand", "supply"))
    one, other = made.edit_of(demand, text="Many"), made.edit_of(supply, text="Few")

    statements.write(statement=statement, section="demand", edit=one, by=people.amina)
    statements.write(statement=statement, section="supply", edit=other, by=people.bob)

    texts = dict(statement.sections.exclude(text="").values_list("key", "text"))
    assert texts == {"demand": "Many", "supply": "Few"}
    assert made.fresh(statement).changed_by == people.bob


@pytest.mark.promise("D1")
def test_of_two_who_write_the_same_section_the_later_sees_both_texts(
    people: Cast, statement: PositionStatement
) -> None:
    row = statement.sections.get(key="demand")
    one, other = made.edit_of(row, text="Many"), made.edit_of(row, text="Few")
    statements.write(statement=statement, section="demand", edit=one, by=people.amina)

    with pytest.raises(StaleError) as stale:
        statements.write(statement=statement, section="demand", edit=other, by=people.bob)

    assert [(each.theirs, each.mine) for each in stale.value.conflicts] == [("Many", "Few")]
    assert StatementSection.objects.get(pk=row.pk).text == "Many"


@pytest.mark.promise("D1")
def test_two_fields_of_the_plan_changed_at_once_are_both_kept(people: Cast, statement: PositionStatement) -> None:
    one, other = (made.edit_of(statement.plan, **{name: "Said"}) for name in ("contacts", "engagement"))

    statements.plan(statement=statement, edit=one, by=people.amina)
    statements.plan(statement=statement, edit=other, by=people.bob)

    plan = made.fresh(statement).plan
    assert (plan.contacts, plan.engagement) == ("Said", "Said")


def test_the_log_keeps_what_was_written_but_not_its_words(people: Cast, statement: PositionStatement) -> None:
    made.wrote(statement, "demand", "Words of ours", by=people.amina)

    entry = AuditEntry.objects.latest("sequence")
    assert (entry.detail["section"], "Words of ours" in str(entry.detail)) == ("demand", False)


def test_nothing_is_logged_where_nothing_was_changed(people: Cast, statement: PositionStatement) -> None:
    before = AuditEntry.objects.count()

    made.wrote(statement, "demand", "", by=people.bob)
    statements.edit(statement=statement, edit=made.edit_of(statement, title=statement.title), by=people.bob)
    made.planned(statement, by=people.bob, contacts="")

    assert AuditEntry.objects.count() == before
    assert made.fresh(statement).changed_by == people.amina


@pytest.mark.parametrize("state", ["sent", "published"])
def test_what_waits_or_is_published_is_not_changed(people: Cast, state: str) -> None:
    if state == "sent":
        closed = made.sent(people.authority, people.amina)
    else:
        closed = made.published(people.authority, by=people.amina, approver=people.bob).statement
    closed = made.fresh(closed)

    for change in (
        lambda: made.wrote(closed, "demand", "Other", by=people.amina),
        lambda: made.planned(closed, by=people.amina, contacts="Other"),
        lambda: statements.edit(statement=closed, edit=made.edit_of(closed, title="Other"), by=people.amina),
        lambda: made.put_in(closed, by=people.amina),
    ):
        with pytest.raises(ValidationError, match="first, then change it"):
            change()


def test_strangers_write_nothing(people: Cast, statement: PositionStatement) -> None:
    comment = statement_comments.say(statement=statement, text="Why?", by=people.bob)
    figure = made.put_in(statement, by=people.amina)

    for stranger in (people.vera, people.charlie, people.dilys):
        for act in (
            lambda by: made.wrote(statement, "demand", "Other", by=by),
            lambda by: made.planned(statement, by=by, contacts="Other"),
            lambda by: made.put_in(statement, by=by),
            lambda by: statement_figures.take_out(figure=figure, by=by),
            lambda by: statement_comments.say(statement=statement, text="Hm", by=by),
            lambda by: statement_comments.answer(comment=comment, text="Hm", by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(stranger)


def test_a_comment_is_answered_once_and_is_about_a_section_that_there_is(
    people: Cast, statement: PositionStatement
) -> None:
    comment = statement_comments.say(statement=statement, text="Why?", section="demand", by=people.bob)
    answered = statement_comments.answer(comment=comment, text="So", by=people.amina)

    assert (answered.is_answered, answered.answered_by, str(answered)) == (True, people.amina, "Why?")
    with pytest.raises(ValidationError, match="meanwhile"):
        statement_comments.answer(comment=comment, text="Again", by=people.bob)
    with pytest.raises(ValidationError, match="no such section"):
        statement_comments.say(statement=statement, text="Why?", section="other", by=people.bob)
