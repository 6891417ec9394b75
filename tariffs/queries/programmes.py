"""Reads whole programmes: for the models, and for the pages on which they stand."""

from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects

from commissioning import queries as commissioning_queries
from commissioning.models import Evidence, Programme, Run, User
from tariffs.core import programmes as core
from tariffs.models import PriceLine, Tariff
from tariffs.sources import programme_drafts, programme_files

from .run_kinds import INCENTIVES

#: What a programme's last simulation means for the programme: the stage, its colour, and what to do next.
STAGES: dict[str | None, tuple[str, str, str]] = {
    None: ("Not tested yet", "grey", "Test the tariff with a simulation"),
    Run.State.QUEUED: ("Being tested", "blue", "Watch the simulation"),
    Run.State.RUNNING: ("Being tested", "blue", "Watch the simulation"),
    Run.State.SUCCEEDED: ("Tested", "green", "Read the results"),
    Run.State.FAILED: ("Test failed", "red", "See why the simulation failed"),
    Run.State.CANCELLED: ("Test cancelled", "yellow", "Test the tariff with a simulation"),
}


#: A tariff's prices in their order, each with its milestone.
LINES = Prefetch("price_lines", PriceLine.objects.select_related("milestone"))


@dataclass(frozen=True)
class ProgrammeLine:
    """One programme of the list: where it stands and what comes next."""

    programme: Programme
    stage: str
    colour: str
    next_step: str


def listed_for(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes that the person may read, with what the list shows of each, newest first."""
    simulations = Run.objects.filter(programme=OuterRef("pk"), kind=INCENTIVES)
    last = simulations.order_by("-created_at").values("state")[:1]
    found = commissioning_queries.programmes.visible_to(user).select_related("organisation")
    return found.annotate(last_state=Subquery(last), group_count=Count("groups")).order_by("-created_at", "name")


def line(programme: Programme) -> ProgrammeLine:
    """Say where a programme of the list stands."""
    return ProgrammeLine(programme, *STAGES[programme.last_state])  # type: ignore[attr-defined]


def counted(number: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def with_tariff(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Read the tariff and its terms along with each programme."""
    return programmes.select_related("organisation", "tariff__target_milestone", "uncertainty")


def to_core(programme: Programme, tariff: Tariff | None = None) -> core.Programme:
    """Give the programme as the models see it, with the tariff it proposes or a scenario, in seven queries."""
    tariff = tariff or programme.tariff
    prefetch_related_objects([tariff], LINES)
    evidence = Evidence.objects.filter(group__programme=programme).select_related("group", "milestone")
    return core.Programme(
        name=programme.name,
        commissioner=programme.commissioner,
        summary=programme.summary,
        start=programme.start,
        referral_months=programme.referral_months,
        contract_months=programme.contract_months,
        budget=float(programme.budget),
        groups=tuple(group.to_core() for group in programme.groups.all()),
        milestones=tuple(milestone.to_core() for milestone in programme.milestones.select_related("after")),
        evidence=tuple(row.to_core() for row in evidence),
        tariff=_tariff(tariff),
        providers=tuple(archetype.to_core() for archetype in programme.archetypes.all()),
        uncertainty=programme.uncertainty.to_core(),
        market=programme.market,
    )


def gaps(programme: Programme) -> list[str]:
    """Say what the draft still lacks before it can be simulated."""
    return gaps_of(to_core(programme))


def gaps_of(whole: core.Programme) -> list[str]:
    """Say what a whole programme still lacks before it can be simulated."""
    return programme_drafts.gaps(programme_files.to_document(whole))


def fingerprint(whole: core.Programme) -> str:
    """Name a whole programme by its content, as a run of it is named."""
    return programme_files.inputs_sha256(whole)


def with_each_tariff(programme: Programme) -> list[core.Programme]:
    """Give the programme once with each of its tariffs, the one it proposes first, in nine queries."""
    tariffs = list(programme.tariffs.select_related("target_milestone").prefetch_related(LINES))
    proposed, *others = tariffs
    whole = to_core(programme, proposed)
    return [whole, *(replace(whole, tariff=_tariff(other)) for other in others)]


def _tariff(tariff: Tariff) -> core.Tariff:
    return tariff.to_core(prices=tuple(line.to_core() for line in tariff.price_lines.all()))
