"""Builds the demonstration through services and prints how to sign in. Safe to repeat."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from commissioning.services import made_up_rooms
from markets import services


class Command(BaseCommand):
    help = "Make the demonstration's accounts, its worked example and its market, and print the ways to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = services.demonstrations.build()
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Sign in to the demonstration with one of these:")
        for account in accounts:
            who = f"{account.role.label.lower()} at {account.organisation}"
            self.stdout.write(f"  {account.user.email:26} {account.password:26} {who}")
        self.stdout.write("Without an account, in outcomes rooms whose people are made up:")
        secret = made_up_rooms.secret_of
        for words, route in (("take part", "room-begin"), ("come back", "say-home")):
            self.stdout.write(f"  {words:26} {settings.PUBLIC_ADDRESS}{reverse(route, args=[secret(words)])}")
