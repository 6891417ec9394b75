"""Writes a programme as a programme file to standard output: exit status 2 where there is no such programme."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from commissioning import queries as commissioning_queries
from tariffs import queries
from tariffs.sources import programme_files


class Command(BaseCommand):
    help = "Write a programme as a programme file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", type=UUID, help="the programme's id, as in its address")
        parser.add_argument("--by", required=True, help="email address of the person who exports it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = commissioning_queries.people.by_email(options["by"])
        mine = commissioning_queries.programmes.visible_to(by) if by else []
        programme = next((found for found in mine if found.pk == options["programme"]), None)
        if programme is None:
            raise CommandError(f"{options['by']} can read no programme {options['programme']}", returncode=2)
        self.stdout.write(programme_files.dumps(queries.programmes.to_core(programme)), ending="")
