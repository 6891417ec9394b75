"""How people, organisations and runs name themselves."""

import pytest
from django.utils import timezone

from commissioning.models import Invitation, Membership, User
from commissioning.services import audit
from tests.factories.commissioning import member, organisation
from tests.factories.runs import queued

pytestmark = pytest.mark.django_db


def test_things_are_named_as_people_know_them():
    somewhere = organisation("Anytown Council")
    somebody = member(somewhere, "bid_writer", "Amina")
    invitation = Invitation(organisation=somewhere, email="new@example.org", expires_at=timezone.now())
    entry = audit.record(by=None, action="looked", target=somewhere, organisation=somewhere)

    assert str(Membership.objects.get()) == "Amina, bid writer at Anytown Council"
    assert str(invitation) == "Invitation to Anytown Council"
    assert str(entry) == "looked organisation"
    assert str(User(email="x@example.org")) == "x@example.org"
    assert somebody.get_username() == somebody.email


@pytest.mark.usefixtures("dart_work")
def test_runs_and_blocks_go_by_their_numbers():
    run = queued()

    assert str(run) == f"pi run {run.pk}"
    assert str(run.blocks.first()) == f"block 0 of run {run.pk}"
