"""A worker is killed in the middle of an import: nothing of it is there, and the next worker brings all of it in."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from commissioning.processes.folders import CHECKOUT
from markets import services
from markets.models import Contract, Import
from tests.factories import registers
from tests.factories.commissioning import cast
from tests.markets.sources.test_contracts import RELEASE

from .town import eventually, test_database_url

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RELEASES = 6_000
WORK = """
import django
django.setup()
from markets.services import import_workers
import_workers.work()
"""


def worker(media: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "DATABASE_URL": test_database_url(), "MEDIA_ROOT": media}
    environment["DJANGO_SETTINGS_MODULE"] = "commissioning.settings"
    return subprocess.Popen([sys.executable, "-c", WORK], cwd=CHECKOUT, env=environment)


@pytest.mark.promise("R3")
def test_a_killed_workers_import_leaves_nothing_and_is_taken_over_whole(settings: Any) -> None:
    people = cast()
    releases = [{**RELEASE, "ocid": f"ocds-213czf-{number}"} for number in range(RELEASES)]
    content = json.dumps(releases).encode()
    held = registers.handed_over(people.authority, content, by=people.amina, source="contracts")
    doomed = worker(settings.MEDIA_ROOT)
    eventually(lambda: Import.objects.filter(pk=held.pk, state="running", bytes_total__gt=0).exists())

    doomed.kill()
    doomed.wait()

    assert Contract.objects.count() == 0
    assert services.import_workers.sweep() == 0
    Import.objects.filter(pk=held.pk).update(lease_until=Now() - timedelta(seconds=1))
    assert services.import_workers.work()
    held.refresh_from_db()
    assert (held.state, held.attempt, held.message) == (Import.State.SUCCEEDED, 2, "")
    assert Contract.objects.count() == 3 * RELEASES
