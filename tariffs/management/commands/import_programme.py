"""Imports a programme file for an organisation: exit status 1 where the file is not valid, 2 for wrong use."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from commissioning import queries as commissioning_queries
from commissioning.permissions import Ability
from tariffs import services
from tariffs.sources.programme_files import ProgrammeFileError


class Command(BaseCommand):
    help = "Import a programme file as a new programme of an authority."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a programme file, or - for standard input")
        parser.add_argument("--organisation", required=True, help="the authority's name or id")
        parser.add_argument("--by", required=True, help="email address of the person who imports it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = commissioning_queries.people.by_email(options["by"])
        if by is None:
            raise CommandError(f"Nobody signs in as {options['by']}", returncode=2)
        body = named(commissioning_queries.organisations.where(by, Ability.EDIT), options["organisation"])
        try:
            programme = services.programmes.import_file(organisation=body, text=read(options["file"]), by=by)
        except ProgrammeFileError as error:
            raise CommandError(f"The file is not a programme:\n{error}", returncode=1) from error
        except PermissionDenied as error:
            raise CommandError(f"{body} cannot have programmes", returncode=2) from error
        self.stdout.write(str(programme.pk))


def named(organisations: Any, wanted: str) -> Any:
    """Find the organisation by its id or its name, among those in which the person may edit."""
    found = [body for body in organisations if wanted in (str(body.pk), body.name)]
    if len(found) != 1:
        raise CommandError(f"The person edits {len(found) or 'no'} organisations called {wanted}", returncode=2)
    return found[0]


def read(name: str) -> bytes:
    """Read the file, or standard input."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}", returncode=2) from error
