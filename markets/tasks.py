"""Tells workers that an import may wait, and is what they do then. The message says nothing: the database knows all."""

import logging

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from commissioning.tasks import BRIEF
from markets import services

#: The longest that one import may take; a worker that takes longer is ended, and its lease lapses.
MOST_SECONDS = 1_800

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, time_limit=MOST_SECONDS)
def work_on_imports() -> None:
    if services.import_workers.work():
        hint()


def hint_after_commit() -> None:
    """Tell workers of a new import once it is stored."""
    transaction.on_commit(hint)


def hint() -> bool:
    """Send a message, giving up within two seconds: the sweeper sends it again when the broker is back."""
    try:
        with work_on_imports.app.connection_for_write(transport_options=BRIEF) as connection:
            work_on_imports.apply_async(connection=connection, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("No worker could be told of a waiting import: %s", error)
        return False
    return True


def sweep() -> None:
    """Do the sweeper's round for imports."""
    if services.import_workers.sweep():
        hint()
