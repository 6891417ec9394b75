"""Brings the files of a public source in, for all authorities of this copy."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from markets import services
from markets.models import Import

SOURCES = [source.value for source in Import.Source if source != Import.Source.OWN_LIST]
MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Bring in a public register, contracts or grants. Files may be zipped. All of them go in, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", choices=SOURCES)
        parser.add_argument("files", nargs="+", type=Path, help="the tables of one source, together in any order")

    def handle(self, *_args: Any, source: str, files: list[Path], **_options: Any) -> None:
        if missing := [str(path) for path in files if not path.is_file()]:
            raise CommandError(f"There is no file {missing[0]}")
        done = services.imports.bring(source=source, paths=files)
        for fault in done.faults.all()[:MOST_SHOWN]:
            self.stderr.write(str(fault))
        if done.fault_count > MOST_SHOWN:
            self.stderr.write(f"{done.fault_count:,} rows are broken; the page of the import lists them")
        if done.state != Import.State.SUCCEEDED:
            raise CommandError(done.message)
        self.stdout.write(f"{done}: {done.rows_read:,} rows read, {done.fault_count:,} broken")
        for words, number in done.counts.items():
            self.stdout.write(f"  {number:>9,} {words}")
