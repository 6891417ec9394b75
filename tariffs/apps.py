"""Registers the app with Django, and the incentive simulation with the workers."""

from django.apps import AppConfig


class TariffsConfig(AppConfig):
    name = "tariffs"

    def ready(self) -> None:
        """Teach the workers what this app computes."""
        from commissioning.services import works

        from .queries.incentive_runs import KIND, REPEAT
        from .services.incentive_runs import IncentiveWork

        so_far = "tariffs/incentive_runs/_so_far.html"
        shown = works.Shown(page="incentive-run-detail", so_far=so_far)
        works.register(kind=KIND, work=IncentiveWork(), shown=shown)
        works.register(kind=REPEAT, work=IncentiveWork())
