"""The demonstration's measures and panel: labelled as made up, whole enough to show everything, and made once."""

import pytest

from commissioning.models import MeasureCard, Programme
from tariffs import queries, services
from tariffs.models import MeasureBasis, ReviewPanel
from tariffs.services import made_up_panels
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import EXAMPLE, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def example(people: Cast) -> Programme:
    return services.programmes.import_file(organisation=people.authority, text=EXAMPLE, by=people.amina)


def test_everything_is_labelled_as_made_up_and_made_once(people: Cast, example: Programme) -> None:
    made_up_panels.build(programme=example, by=people.amina)
    made_up_panels.build(programme=example, by=people.amina)

    cards = MeasureCard.objects.filter(programme=example)
    assert cards.count() == 3 and ReviewPanel.objects.count() == 1 and MeasureBasis.objects.count() == 1
    assert all("(made up)" in str(thing) for thing in (*cards, *ReviewPanel.objects.all()))
    assert [card.own_outcomes for card in cards] == [0, 2, 0]


def test_the_panel_shows_what_its_marks_would_have_paid_and_that_they_divide(people: Cast, example: Programme) -> None:
    made_up_panels.build(programme=example, by=people.amina)

    review = queries.panels.review(ReviewPanel.objects.get())

    assert review.shadow is not None
    assert (review.shadow.counted, review.shadow.by_measure, review.shadow.by_panel) == (12, 9500.0, 12450.0)
    assert not review.is_thin and len(review.dividing) == 7


def test_cards_that_somebody_wrote_stay_alone(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    measures.whole(programme, by=people.amina)

    made_up_panels.build(programme=programme, by=people.amina)

    assert MeasureCard.objects.count() == 1 and not ReviewPanel.objects.exists()


def test_without_a_final_outcome_no_price_rests_on_it(people: Cast, example: Programme) -> None:
    example.milestones.update(is_final=False)

    made_up_panels.build(programme=example, by=people.amina)

    assert not MeasureBasis.objects.exists() and queries.panels.review(ReviewPanel.objects.get()).unpriced == 12
