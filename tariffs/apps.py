"""Registers the app with Django, and what it computes with the workers."""

from django.apps import AppConfig


class TariffsConfig(AppConfig):
    name = "tariffs"

    def ready(self) -> None:
        """Teach the workers what this app computes."""
        from commissioning.services import chores, home_parts, works

        from .queries.incentive_runs import KIND, REPEAT
        from .queries.run_kinds import REHEARSAL, REPAIRS, SENSITIVITY, SUBCONTRACTS
        from .services import consultation_homes, consultation_letters
        from .services.incentive_runs import IncentiveWork
        from .services.rehearsals import RehearsalWork
        from .services.repair_runs import RepairWork
        from .services.sensitivities import SensitivityWork
        from .services.subcontract_terms import SubcontractWork

        so_far = "tariffs/incentive_runs/_so_far.html"
        shown = works.Shown(page="incentive-run-detail", so_far=so_far)
        works.register(kind=KIND, work=IncentiveWork(), shown=shown)
        works.register(kind=REPEAT, work=IncentiveWork())
        shown = works.Shown(page="sensitivity-run", name="analysis", counts="inputs and margins", by_block=True)
        works.register(kind=SENSITIVITY, work=SensitivityWork(), shown=shown)
        so_far = "tariffs/repairs/_so_far.html"
        shown = works.Shown("repair-run", name="search for cures", counts="steps", by_block=True, so_far=so_far)
        works.register(kind=REPAIRS, work=RepairWork(), shown=shown)
        shown = works.Shown(page="rehearsal-detail", name="rehearsal")
        works.register(kind=REHEARSAL, work=RehearsalWork(), shown=shown)
        shown = works.Shown(page="subcontract-terms", name="search for subcontracts", counts="ways", by_block=True)
        works.register(kind=SUBCONTRACTS, work=SubcontractWork(), shown=shown)
        chores.register(consultation_letters.send_due)
        home_parts.register(consultation_homes.part)
