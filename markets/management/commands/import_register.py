"""Brings the files of a public source in, for all authorities of this copy."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from markets import queries, services, tasks
from markets.models import Import

SOURCES = [source.value for source in Import.Source if source != Import.Source.OWN_LIST]
MOST_SHOWN = 20
LOOK_EVERY = 1.0
#: Looks after which it is said that no worker has taken the files.
PATIENCE = 15
STEP = 0.1
WAITING = "No worker has taken it yet. It waits for one; `manage.py serve` starts workers, --here needs none."
LEFT = "The workers go on without this command. The page of imports says which registers are here, and of which day."


class Command(BaseCommand):
    help = "Bring in a public register, contracts or grants. Files may be zipped. All of them go in, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", choices=SOURCES)
        parser.add_argument("files", nargs="+", type=Path, help="the tables of one source, together in any order")
        parser.add_argument("--here", action="store_true", help="read them in this process, and not in a worker")

    def handle(self, *_args: Any, source: str, files: list[Path], here: bool, **_options: Any) -> None:
        if missing := [str(path) for path in files if not path.is_file()]:
            raise CommandError(f"There is no file {missing[0]}")
        if here:
            self._tell(services.imports.bring(source=source, paths=files))
            return
        made = services.imports.queue(source=source, paths=files)
        tasks.hint()
        try:
            self._wait(made)
        except KeyboardInterrupt:
            self.stdout.write(LEFT)
        else:
            self._tell(made)

    def _wait(self, made: Import) -> None:
        """Look at the import until it has ended, and say how far it is at every tenth."""
        looks, told = 0, 0.0
        while made.is_active:
            time.sleep(LOOK_EVERY)
            made.refresh_from_db()
            looks += 1
            if looks == PATIENCE and made.state == Import.State.QUEUED:
                self.stdout.write(WAITING)
            share = queries.imports.progress(made).share
            if share >= told + STEP:
                told = share
                self.stdout.write(f"{share:.0%} read, {made.rows_read:,} rows, {made.fault_count:,} broken")

    def _tell(self, done: Import) -> None:
        for fault in done.faults.all()[:MOST_SHOWN]:
            self.stderr.write(str(fault))
        if done.fault_count > MOST_SHOWN:
            self.stderr.write(f"{done.fault_count:,} rows are broken; the first {MOST_SHOWN} are shown")
        if done.state != Import.State.SUCCEEDED:
            raise CommandError(done.message)
        self.stdout.write(f"{done}: {done.rows_read:,} rows read, {done.fault_count:,} broken")
        for words, number in done.counts.items():
            self.stdout.write(f"  {number:>9,} {words}")
