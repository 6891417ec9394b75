"""Registers the app with Django, what it computes with the workers, and its imports with the sweeper."""

from django.apps import AppConfig


class MarketsConfig(AppConfig):
    name = "markets"

    def ready(self) -> None:
        """Teach the workers to look at capacity and to compare designs, and have imports looked after."""
        from commissioning.services import chores, home_parts, works

        from . import tasks
        from .queries.capacity_runs import CAPACITY
        from .queries.diversity_runs import DIVERSITY
        from .services import followers, statement_homes, survey_letters, surveys
        from .services.capacity_runs import CapacityWork
        from .services.diversity_runs import DiversityWork

        chores.register(tasks.sweep)
        chores.register(surveys.close_due)
        chores.register(survey_letters.send_due)
        chores.register(followers.send_due)
        home_parts.register(statement_homes.part)
        so_far = "markets/diversity_runs/_so_far.html"
        shown = works.Shown(page="diversity-run-detail", name="comparison", counts="futures", so_far=so_far)
        works.register(kind=DIVERSITY, work=DiversityWork(), shown=shown)
        shown = works.Shown(page="capacity-run-detail", name="look at capacity")
        works.register(kind=CAPACITY, work=CapacityWork(), shown=shown)
