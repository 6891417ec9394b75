"""`manage.py serve`: the whole product in one command."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commissioning.processes.folders import StartError
from commissioning.processes.serve import serve


class Command(BaseCommand):
    help = "Starts web server, worker and sweeper, and PostgreSQL and Valkey where no address is set for them."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            serve(self.say)
        except StartError as problem:
            raise CommandError(str(problem)) from problem

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
