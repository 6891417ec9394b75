"""Registers the app with Django, and the incentive simulation with the workers."""

from django.apps import AppConfig


class TariffsConfig(AppConfig):
    name = "tariffs"

    def ready(self) -> None:
        """Teach the workers what this app computes."""
        from commissioning.services import works

        from .queries.incentive_runs import KIND, REPEAT
        from .services.incentive_runs import IncentiveWork

        works.register(kind=KIND, work=IncentiveWork(), page="incentive-run-detail")
        works.register(kind=REPEAT, work=IncentiveWork())
