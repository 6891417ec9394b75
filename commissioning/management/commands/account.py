"""Closes or restores an account, or lets its owner set up a new second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commissioning import queries, services

ACTIONS = {
    "disable": (services.people.disable, "can no longer sign in"),
    "restore": (services.people.restore, "can sign in again"),
    "forget-second-factor": (services.people.forget_second_factor, "will be asked to set up a second factor"),
}


class Command(BaseCommand):
    help = "Disable or restore an account, or forget its second factor. Make sure first who is asking."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=ACTIONS)
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = queries.people.by_email(options["email"])
        if person is None:
            raise CommandError(f"There is no account for {options['email']}")
        act, outcome = ACTIONS[options["action"]]
        act(person=person, by=None)
        self.stdout.write(f"{person.email} {outcome}.")
