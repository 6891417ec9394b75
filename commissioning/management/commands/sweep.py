"""`manage.py sweep`: the process that finds runs nobody works on. Any number may run at once."""

import logging
import signal
import threading
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from commissioning import services, tasks

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Looks every few seconds for runs that wait without a worker knowing, and for runs that cannot go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=2.0, help="Seconds between two rounds.")
        parser.add_argument("--beat-file", type=Path, help="Touch this file after each round, for a health check.")
        parser.add_argument("--once", action="store_true", help="Do one round and end.")

    def handle(self, *_args: Any, every: float, beat_file: Path | None, once: bool, **_options: Any) -> None:
        asked_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_stop.set())
        while not asked_to_stop.is_set():
            if sweep() and beat_file:
                beat_file.touch()
            if once:
                return
            asked_to_stop.wait(every)


def sweep() -> bool:
    """Do one round; a database that is away for a moment is no reason to end."""
    try:
        found = services.run_sweeps.sweep()
        services.run_notices.send_due()
        services.chores.do_all()
    except DatabaseError:
        logger.exception("The database did not answer. Trying again.")
        close_old_connections()
        return False
    if found.hints:
        tasks.hint(found.hints)
    return True
