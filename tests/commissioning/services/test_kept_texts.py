"""How long typed texts are kept that nobody came back for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commissioning.models import KeptText
from commissioning.services import kept_texts, run_sweeps
from tests.factories.commissioning import person

pytestmark = pytest.mark.django_db


def test_the_sweeper_forgets_what_nobody_came_back_for_in_thirty_days():
    typist = person()
    for path, days in (("/old/", 31), ("/new/", 29)):
        kept_texts.keep(path=path, fields={"name": ["Typed"]}, by=typist)
        KeptText.objects.filter(path=path).update(kept_at=timezone.now() - timedelta(days=days))

    run_sweeps.sweep()

    assert [kept.path for kept in KeptText.objects.all()] == ["/new/"]


def test_only_the_last_hundred_pages_are_kept():
    typist = person()

    for number in range(102):
        kept_texts.keep(path=f"/{number}/", fields={"name": ["Typed"]}, by=typist)

    assert KeptText.objects.count() == 100
    assert not KeptText.objects.filter(path="/0/").exists()
