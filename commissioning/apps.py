"""Registers the app with Django, and what it has to do each round with the sweeper."""

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    name = "commissioning"

    def ready(self) -> None:
        """Have outcomes rooms closed once their last day has passed."""
        from .services import chores, rooms

        chores.register(rooms.close_due)
