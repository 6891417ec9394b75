"""Tells workers that there may be work, and is what they do then. The message says nothing: the database knows all."""

import logging
import os

from celery import Task, shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from commissioning import services

MOST_HINTS = 8
ENOUGH_WAITING = 32  # more messages than this would find no worker free to read them
BRIEF = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0, "max_retries": 1, "interval_start": 0, "interval_max": 0}

logger = logging.getLogger(__name__)


@shared_task(bind=True, ignore_result=True)
def work_on_runs(task: Task) -> None:
    if services.run_workers.work(worker=f"{task.request.hostname} {os.getpid()}"):
        hint()


def hint_after_commit(blocks: int = MOST_HINTS) -> None:
    """Tell workers of a new run once it is stored: no more of them than it has blocks."""
    transaction.on_commit(lambda: hint(min(blocks, MOST_HINTS)))


def hint(count: int = 1) -> bool:
    """Send messages, giving up within two seconds: the sweeper sends them again when the broker is back."""
    try:
        with work_on_runs.app.connection_for_write(transport_options=BRIEF) as connection:
            waiting = connection.default_channel.client.llen(work_on_runs.app.conf.task_default_queue)
            for _ in range(min(count, ENOUGH_WAITING - waiting)):
                work_on_runs.apply_async(connection=connection, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("No worker could be told of waiting runs: %s", error)
        return False
    return True
