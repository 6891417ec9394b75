"""What measures and the outcomes room give to seven rules: a value with its reason, or why there is none."""

import pytest

from commissioning.models import MeasureCard, Programme
from commissioning.queries.room_standings import RoomStanding
from tariffs import queries, services
from tariffs.models import Fact, PriceLine
from tariffs.queries.measure_figures import Figures, Row
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
SEVEN = ["S1", "S2", "I8", "I10", "I11", "I13", "E1"]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def figures_of(programme: Programme, room: RoomStanding | None = None) -> Figures:
    fresh = Programme.objects.get(pk=programme.pk)
    cards = list(MeasureCard.objects.filter(programme=programme).select_related("milestone"))
    whole = queries.programmes.to_core(fresh)
    return queries.measure_figures.figures(whole, cards, queries.price_marks.ties(fresh), room)


def value(figures: Figures, question: str) -> float | None:
    return next((each.value for each in figures.found if each.question == question), None)


def row(figures: Figures, rule: str) -> Row:
    return next(each for each in figures.by_rule if each.rule == rule)


def test_each_of_the_seven_rules_has_its_row_and_nothing_is_guessed_without_cards(programme: Programme) -> None:
    figures = figures_of(programme)

    assert [each.rule for each in figures.by_rule] == SEVEN
    assert figures.found == ()
    assert row(figures, "S1").unknown == ("There is no measure card yet.",) and row(figures, "S1").waits
    assert row(figures, "S2").unknown == ("No card says what it depends on outside the provider's control: Job.",)
    assert row(figures, "E1").unknown == ("There is no outcomes room.",)
    assert "Say it yourselves" in row(figures, "I11").unknown[0]
    assert "1 step of the way has a price." in row(figures, "I8").unknown[0]


def test_a_whole_card_defines_its_outcome_and_a_card_that_lacks_something_does_not(
    people: Cast, programme: Programme
) -> None:
    card = measures.whole(programme, by=people.amina)
    whole = figures_of(programme)
    MeasureCard.objects.filter(pk=card.pk).update(outcome_validation_method="")

    lacking = figures_of(programme)

    assert value(whole, "undefined") == 0
    assert "Of 1 outcome paid for each has a definition" in " ".join(row(whole, "S1").known)
    assert value(lacking, "undefined") == 1
    assert "is lacking for Job" in " ".join(row(lacking, "S1").known)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, 1.0),
        ({"relief": "The council pays the attachment fee again"}, 0.0),
        ({"depends_on": "Nothing."}, 0.0),
        ({"depends_on": ""}, None),
    ],
)
def test_what_results_depend_on_is_relieved_or_is_nothing_or_is_not_said(
    said: dict[str, str], expected: float | None, people: Cast, programme: Programme
) -> None:
    measures.whole(programme, by=people.amina, **said)

    assert value(figures_of(programme), "unrelieved") == expected


def test_where_nothing_has_a_price_neither_is_known(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)
    PriceLine.objects.filter(tariff=programme.tariff).delete()

    figures = figures_of(programme)

    assert {row(figures, rule).unknown for rule in ("S1", "S2")} == {("Nothing has a price yet.",)}


def test_a_persons_second_outcome_counts_as_measured_by_the_card_it_was_made_of(
    people: Cast, programme: Programme
) -> None:
    card = measures.whole(programme, by=people.amina, at="", state="agreed", own_outcomes=2)
    baselines = {group.pk: 0.2 for group in programme.groups.all()}
    _, second = services.measure_bases.make(card=card, values={"name": "Own"}, baselines=baselines, by=people.amina)
    PriceLine.objects.filter(tariff=programme.tariff).update(milestone=second)

    figures = figures_of(programme)

    assert figures.lacking == ()
    assert (value(figures, "undefined"), value(figures, "verifier")) == (0, 0)


def room(**said: object) -> RoomStanding:
    given = {"state": "closed", "service_users": 15, "measures": (), "has_adopted": False, "without_fate": 0, **said}
    return RoomStanding(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "expected", "words"),
    [
        (room(has_adopted=True), 1.0, "About 15 service users took part, and an outcome in their words was adopted."),
        (room(has_adopted=True, without_fate=2), 1.0, "2 statements still to be answered."),
        (room(), 0.0, "no outcome in their words was adopted"),
        (room(without_fate=1), None, "none of their outcomes is adopted so far. 1 statement still to be answered."),
        (room(service_users=0), None, "is not closed yet, or too few service users took part"),
    ],
)
@pytest.mark.promise("P2")
def test_what_the_room_tells_says_whether_service_users_shaped_the_outcomes(
    standing: RoomStanding, expected: float | None, words: str, programme: Programme
) -> None:
    figures = figures_of(programme, standing)

    assert value(figures, "users-shaped") == expected
    assert words in " ".join([*row(figures, "E1").known, *row(figures, "E1").unknown])


def test_what_is_noted_stands_in_for_the_case_in_the_findings(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)
    before = {rule: severity(programme, rule) for rule in ("S1", "S2")}

    services.measures.note(programme=programme, seen=figures_of(programme).seen, by=people.amina)

    assert before == {"S1": "unknown", "S2": "unknown"}
    assert {rule: severity(programme, rule) for rule in ("S1", "S2")} == {"S1": "pass", "S2": "warn"}
    assert Fact.objects.get(question="unrelieved").noted_by == people.amina


def severity(programme: Programme, rule: str) -> str:
    line = queries.findings.of_programme(Programme.objects.get(pk=programme.pk)).line(rule)
    assert line is not None
    return line.finding.severity
