"""What the database holds of accepted warnings."""

import pytest
from django.db import IntegrityError

from tariffs.models import FindingAcceptance
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


def accepted(**given: object) -> FindingAcceptance:
    programme = given.pop("programme", None) or imported()
    fields = {"rule": "P7", "fingerprint": "0" * 64, "found": "Much", "reason": "So be it"} | given
    return FindingAcceptance.objects.create(programme=programme, accepted_by=programme.created_by, **fields)


def test_a_rule_has_one_acceptance_in_a_programme() -> None:
    first = accepted()

    with pytest.raises(IntegrityError, match="finding_acceptance_one_for_each_rule"):
        accepted(programme=first.programme)


def test_an_acceptance_says_why() -> None:
    with pytest.raises(IntegrityError, match="finding_acceptance_says_why"):
        accepted(reason="")


def test_an_acceptance_is_called_by_its_rule() -> None:
    assert str(accepted()) == "Acceptance of P7"
