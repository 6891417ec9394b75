"""Makes an organisation and invites its first member, who can then invite the others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from commissioning import services
from commissioning.models import Organisation, Role

FIRST_ROLE = {Organisation.Kind.AUTHORITY.value: Role.APPROVER, Organisation.Kind.PROVIDER.value: Role.BID_WRITER}


class Command(BaseCommand):
    help = "Make an organisation and invite its first member by e-mail. The link is printed too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="name of the organisation, in quotes")
        parser.add_argument("email", help="address of its first member")
        parser.add_argument("--kind", choices=Organisation.Kind.values, default=Organisation.Kind.AUTHORITY.value)
        parser.add_argument("--address", required=True, help="where people reach this copy: https://workbench.example")

    def handle(self, *args: Any, **options: Any) -> None:
        def link(token: str) -> str:
            return str(options["address"]).rstrip("/") + reverse("invitation-accept", args=[token])

        try:
            with transaction.atomic():
                organisation = services.organisations.create(name=options["name"], kind=options["kind"], by=None)
                _invitation, address = services.invitations.invite(
                    organisation=organisation,
                    email=options["email"],
                    role=FIRST_ROLE[options["kind"]],
                    by=None,
                    link=link,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{organisation} is made. Its first member joins by this link, within 7 days:\n{address}")
