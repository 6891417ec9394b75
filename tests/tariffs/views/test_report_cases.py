"""What a report says of the case, and of which version the draft is."""

import pytest
from django.urls import reverse

from tests.factories import cases
from tests.factories.commissioning import cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


def test_the_report_says_what_the_case_concludes_and_which_version_the_draft_is() -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    client, page = client_of(people.vera), reverse("programme-report", args=[programme.pk])

    before = client.get(page).content.decode()
    cases.answered(programme=programme, by=people.amina)
    cases.concluded(programme=programme, by=people.amina)
    after = client.get(page).content.decode()

    assert "Nothing is concluded yet." in before
    assert "No version yet" in before
    assert "1 of 28 questions is answered" in after
    assert "Do not use Payment by Results here." in after
