"""Registers the app with Django, and its imports with the sweeper."""

from django.apps import AppConfig


class MarketsConfig(AppConfig):
    name = "markets"

    def ready(self) -> None:
        """Have imports looked after."""
        from commissioning.services import chores

        from . import tasks

        chores.register(tasks.sweep)
