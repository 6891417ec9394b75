"""How rows of a programme name themselves, and where they are read."""

import pytest

from commissioning.models import Evidence
from tariffs.core import programmes as core
from tariffs.models import Uncertainty
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db


def test_every_row_names_itself_in_words_people_know() -> None:
    programme = imported()

    named = [
        str(programme),
        str(programme.tariff),
        str(programme.tariff.price_lines.get(price_band="A")),
        str(programme.archetypes.get()),
        str(programme.uncertainty),
        str(Evidence.objects.get(group__key="a")),
    ]

    assert named == ["Back to work", "First draft", "A: Job", "one", "Uncertainty of Back to work", "Near: Job"]


def test_what_has_no_name_goes_by_its_short_name() -> None:
    document = small_document()
    del document["groups"][0]["name"], document["milestones"][0]["name"], document["tariff"]["version"]
    programme = imported(document)

    assert str(programme.groups.get(place=0)) == "a"
    assert str(programme.milestones.get(place=0)) == "start"
    assert str(programme.tariff) == "Draft tariff"


def test_a_tariff_is_read_on_its_price_grid() -> None:
    programme = imported()

    assert programme.tariff.get_absolute_url() == f"/tariffs/{programme.tariff.pk}/prices/"


def test_nothing_is_uncertain_until_someone_says_so() -> None:
    programme = imported()
    programme.uncertainty.delete()

    untouched = Uncertainty.objects.create(programme=programme)

    assert untouched.to_core() == core.Uncertainty(season=(0.0,) * 12)
