"""`manage.py prepare`: what has to be done before a new release may serve."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Brings the database, the cache table and the static files up to date. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", choices=["database", "static"], help="Do one part: an image holds its static files."
        )

    def handle(self, *_args: Any, only: str | None, **_options: Any) -> None:
        if only != "static":
            call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
            call_command("createcachetable", verbosity=1, stdout=self.stdout)
        if only != "database":
            collect_static_files()


def collect_static_files() -> None:
    """Collect them only when one has changed, since compressing them takes many seconds."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=[]):
            file = Path(storage.path(path)).stat()
            state.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return state.hexdigest()
