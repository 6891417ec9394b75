"""The command that builds the demonstration."""

import json
import re
from io import StringIO
from typing import Any
from urllib.parse import urlparse

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from commissioning.models import Organisation, RoomPublication
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


def test_it_prints_links_to_outcomes_rooms_that_say_they_are_made_up(settings: Any) -> None:
    settings.DEMO = True
    take_part, come_back = (urlparse(found).path for found in re.findall(r"https?://\S+", run()))
    anyone = Client()

    assert "This is only to try out. No real office asks you this." in anyone.get(take_part).content.decode()
    assert "(made up)" in anyone.get(come_back).content.decode()
    publication = RoomPublication.objects.get()
    assert "The people and what they say are made up." in anyone.get(publication.get_absolute_url()).content.decode()
    (minority,) = [each for each in json.loads(publication.content)["statements"] if each["differs"]]
    assert minority["ask"] == "It is right to meet an adviser every week."
    assert json.loads(publication.content)["hidden"]


def test_outside_a_demonstration_it_refuses(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="PBR_DEMO"):
        run()

    assert not Provider.objects.exists()
    assert not Organisation.objects.exists()
