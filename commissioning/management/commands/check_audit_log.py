"""Checks that no entry of the audit log was altered or taken out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commissioning import queries


class Command(BaseCommand):
    help = "Check every chain of the audit log; fail and name the place where one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        for organisation in queries.audit.chains():
            place = queries.audit.first_break(organisation)
            if place is not None:
                broken.append(f"{organisation or 'entries of no organisation'}: entry {place} is altered or missing")
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write("The audit log is whole.")
