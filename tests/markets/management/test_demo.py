"""The command that builds the demonstration."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from commissioning.models import Organisation
from markets.models import Provider

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_it_prints_the_same_ways_to_sign_in_each_time(settings: Any) -> None:
    settings.DEMO = True

    first, second = run(), run()

    assert first == second
    assert "commissioner@demo.example" in first
    assert "provider@demo.example" in first
    assert "bid writer at Demonstration provider" in first


def test_outside_a_demonstration_it_refuses(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="PBR_DEMO"):
        run()

    assert not Provider.objects.exists()
    assert not Organisation.objects.exists()
