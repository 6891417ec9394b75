"""Pages of review panels: what they say is not paid, bad input beside its field, sums, suppression, few queries."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import MeasureCard, Programme
from tariffs.models import PanelMember, ReviewCase, ReviewPanel
from tariffs.services.panel_cases import MARK
from tests.factories import measures, panels
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def panel(people: Cast, programme: Programme) -> ReviewPanel:
    return panels.panel(programme, by=people.amina, partly_share=0.5)


def page_of(people: Cast, path: str) -> str:
    return client_of(people.amina).get(path).content.decode()


def at(route: str, thing: Any) -> str:
    return reverse(route, args=[thing.pk])


def typed(people: Cast, path: str, **given: str) -> Any:
    client = client_of(people.amina)
    return client.post(path, fields(client, path) | given, follow=True)


def test_a_panel_is_set_up_seated_and_marks_a_case(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)
    card = MeasureCard.objects.get()
    path = at("panel-create", programme)

    refused = typed(people, path, name="", card="").content.decode()
    typed(people, path, name="Spring", card=str(card.pk), partly_share="40")
    panel = ReviewPanel.objects.get()
    early = client_of(people.amina).get(at("panel-case-create", panel), follow=True).content.decode()
    seated = client_of(people.amina).post(at("panel-seat", panel), {"role": "service_user"}, follow=True)
    seat = PanelMember.objects.get()
    saved = typed(
        people, at("panel-case-create", panel), code="C-1", measured="yes", **{f"{MARK}{seat.pk}": "partly"}
    ).content.decode()

    assert "Enter the name of the panel" in refused and "Choose the measure that the panel speaks about" in refused
    assert panel.partly_share == 0.4
    assert "No service user sits on this panel" in early
    assert "The seat is added." in seated.content.decode()
    assert "nothing is paid by it" in saved and "1 partly achieved" in saved
    assert "1 of 1 cases is left out" in saved


def test_bad_input_stands_beside_its_field_and_nothing_typed_is_lost(people: Cast, panel: ReviewPanel) -> None:
    page = typed(
        people, at("panel-case-create", panel), code="John Smith", reason="ring 07700 900123", agreed="achieved"
    ).content.decode()
    blank = typed(people, at("panel-case-create", panel), code="C-1", agreed="not").content.decode()
    role = client_of(people.amina).post(at("panel-seat", panel), {"role": "judge"}).content.decode()

    assert "Enter a code that says nothing about the person" in page and "John Smith" in page
    assert "Take out a telephone or NHS number" in page
    assert "Say in a few words why the panel agreed on this mark" in blank
    assert "Choose a role from the list" in role
    assert not ReviewCase.objects.exists()


def test_an_own_outcome_asks_which(people: Cast, programme: Programme) -> None:
    card = measures.whole(programme, by=people.amina, own_outcomes=2)
    one = measures.whole(programme, by=people.amina, name="One", own_outcomes=1)
    panel = panels.panel(programme, by=people.amina, card=card)
    single = panels.panel(programme, by=people.amina, card=one, name="Single")

    refused = typed(people, at("panel-case-create", panel), code="C-1").content.decode()
    typed(people, at("panel-case-create", panel), code="C-1", own_number="2")
    typed(people, at("panel-case-create", single), code="C-1", own_number="1")

    assert "Choose which of the person&#x27;s own outcomes it is" in refused
    assert set(ReviewCase.objects.values_list("panel", "own_number")) == {(panel.pk, 2), (single.pk, 1)}
    assert "second own outcome" in page_of(people, panel.get_absolute_url())


@pytest.mark.promise("P2")
def test_what_marks_would_have_paid_stands_beside_what_the_measure_pays(people: Cast, panel: ReviewPanel) -> None:
    """In band A a job pays £1,000 and one case of the measure's is only partly achieved."""
    panels.case(panel, by=people.amina, group="a", measured="yes", agreed="partly", reason="Short hours")
    panels.case(panel, by=people.amina, group="a", measured="yes", agreed="achieved", reason="Holds")
    panels.case(panel, by=people.amina, measured="yes", agreed="achieved", reason="Holds")

    page = page_of(people, panel.get_absolute_url())

    assert "On 2 cases the measure alone pays £2,000." in page
    assert "would have paid £1,500: £500 less" in page
    assert "0 cases would have paid more, 1 less" in page
    assert "1 of 3 cases is left out" in page and "1 has no price" in page
    assert "recorded and shown, not paid" in page
    assert "So few cases tell nothing yet" in page


def test_agreement_is_told_with_its_warning_and_with_enough_cases_without(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina, marks=("achieved", "not", "achieved"))
    thin = page_of(people, panel.get_absolute_url())
    for _ in range(9):
        panels.case(panel, by=people.amina, marks=("achieved", "achieved", "partly"))

    page = page_of(people, panel.get_absolute_url())

    assert "33% of all pairs of marks agree" in thin
    assert "With fewer than 10 cases these figures tell nothing yet." in thin
    assert "Not told: fewer than 5 cases" in thin
    assert "these figures tell nothing yet" not in page and "(Krippendorff's alpha): " in page
    assert "are no ground for payment" in page
    assert "of a step lower than the others" in page
    assert page.index("C-1: ") < page.index("C-2: ")


def test_marks_that_are_all_alike_have_no_alpha_and_divide_nobody(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina, marks=("achieved", "achieved"))

    page = page_of(people, panel.get_absolute_url())

    assert "It cannot be worked out: all marks are alike" in page and "No case divides them." in page


@pytest.mark.parametrize(
    ("last", "said"), [("partly", "can be relied on"), ("not", "allow tentative conclusions only")]
)
def test_how_far_marks_can_be_relied_on(last: str, said: str, people: Cast, panel: ReviewPanel) -> None:
    """Twelve cases alike, half of them achieved, and two that divide: alpha 0.72 where the two are opposite."""
    for number in range(12):
        mark = "achieved" if number % 2 else "not"
        panels.case(panel, by=people.amina, marks=(mark, mark))
    for _ in range(2):
        panels.case(panel, by=people.amina, marks=("achieved", last))

    assert said in page_of(people, panel.get_absolute_url())


def test_the_csv_counts_marks_and_names_no_seat(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina, group="a", marks=("achieved", "not"), measured="no")

    response = client_of(people.amina).get(at("panel-marks", panel))

    head, row, *_ = response.content.decode().split("\r\n")
    assert head.startswith("Code,Own outcome,Group,Price,By the measure,Achieved,Partly achieved,Not achieved")
    assert row.startswith("C-1,,") and ",1000.0,It does not count as reached,1,0,1," in row
    assert "Service user" not in response.content.decode()


def test_a_panel_is_changed_and_removed_with_its_cases(people: Cast, panel: ReviewPanel) -> None:
    case = panels.case(panel, by=people.amina)

    typed(people, at("panel-edit", panel), partly_share="")
    none = page_of(people, panel.get_absolute_url())
    assert "Say first what “partly achieved” would be worth" in none
    assert "1 case and all that the panel marked" in page_of(people, at("panel-remove", panel))
    client_of(people.amina).post(at("panel-case-remove", case))
    client_of(people.amina).post(at("panel-unseat", panel.members.get(role="gp")))
    client_of(people.amina).post(at("panel-remove", panel))

    assert not ReviewPanel.objects.exists()


def test_whoever_only_reads_is_offered_no_change(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina)

    page = client_of(people.vera).get(panel.get_absolute_url()).content.decode()

    assert "Add a case" not in page and "Take away" not in page and "C-1" in page


def test_pages_take_few_queries_however_many_cases_there_are(
    people: Cast, panel: ReviewPanel, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        case = panels.case(panel, by=people.amina, group="a", marks=("achieved", "not", "partly"))
    client = client_of(people.amina)

    for path in (
        panel.get_absolute_url(),
        at("panel-list", panel.programme),
        at("panel-case-edit", case),
        at("panel-marks", panel),
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(path).status_code == 200


def test_what_a_service_refuses_stands_on_the_page_with_what_was_typed(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina, code="C-1")
    card = MeasureCard.objects.get()

    taken = typed(people, at("panel-create", panel.programme), name=panel.name, card=str(card.pk)).content.decode()
    twice = typed(people, at("panel-case-create", panel), code="C-1", reason="Holds").content.decode()

    assert "There is a panel of this name already" in taken
    assert "There is a case with this code already" in twice and "Holds" in twice


def test_a_case_is_changed_and_of_two_at_once_the_later_sees_both_marks(people: Cast, panel: ReviewPanel) -> None:
    case = panels.case(panel, by=people.amina, marks=("achieved",))
    path, mark = at("panel-case-edit", case), f"{MARK}{panels.seats(panel)[0].pk}"
    amina, bob = client_of(people.amina), client_of(people.bob)
    first, second = fields(amina, path), fields(bob, path)

    saved = amina.post(path, first | {mark: "partly", "measured": "no"})
    late = bob.post(path, second | {mark: "not"})

    case.refresh_from_db()
    assert saved.status_code == 302 and (case.measured, case.marks.get().mark) == ("no", "partly")
    assert late.status_code == 409
    assert "Amina changed the same while you were editing" in late.content.decode()


def test_a_panel_that_is_changed_at_once_by_two_shows_both(people: Cast, panel: ReviewPanel) -> None:
    path = at("panel-edit", panel)
    amina, bob = client_of(people.amina), client_of(people.bob)
    first, second = fields(amina, path), fields(bob, path)

    amina.post(path, first | {"partly_share": "40"})
    late = bob.post(path, second | {"partly_share": "60"})

    assert late.status_code == 409 and "40" in late.content.decode() and "60" in late.content.decode()


def test_seats_that_cannot_be_added_or_taken_away_say_why(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina)
    client = client_of(people.amina)
    for _ in range(9):
        client.post(at("panel-seat", panel), {"role": "gp"})

    full = client.post(at("panel-seat", panel), {"role": "gp"}, follow=True).content.decode()
    kept = client.post(at("panel-unseat", panel.members.get(role="service_user")), follow=True).content.decode()

    assert "A panel has at most 12 seats." in full and "A panel that has cases keeps a service user." in kept
