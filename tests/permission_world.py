"""The things that the permission map points at, and what one of its rows says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from django.utils import timezone

from commissioning import queries
from commissioning.models import CaseConclusion, CaseEvidence, Evidence, Invitation, Membership, Programme, Role, Run
from commissioning.permissions import Ability
from markets import queries as market_queries
from tariffs.models import Tariff, Version
from tariffs.services import scenarios
from tests.factories import (
    cases,
    design_runs,
    incentive_runs,
    rehearsals,
    repair_runs,
    sensitivities,
    subcontract_terms,
    versions,
)
from tests.factories.commissioning import Cast, cast, member
from tests.factories.markets import market_document
from tests.factories.tariffs import imported

INVITATION_TOKEN = "the-secret-of-a-link"


class Everyone(Enum):
    ANYONE = "anyone"
    SIGNED_IN = "signed in"


ANYONE, SIGNED_IN = Everyone.ANYONE, Everyone.SIGNED_IN


class World:
    """The things that the rows point at, made when first asked for, all of one authority or one provider."""

    @cached_property
    def cast(self) -> Cast:
        return cast()

    @cached_property
    def membership(self) -> Membership:
        """Someone whom nobody would miss."""
        extra = member(self.cast.authority, Role.EDITOR, "Eve")
        return Membership.objects.get(user=extra, organisation=self.cast.authority)

    @cached_property
    def provider_membership(self) -> Membership:
        extra = member(self.cast.provider, Role.TRUSTEE, "Tom")
        return Membership.objects.get(user=extra, organisation=self.cast.provider)

    @cached_property
    def programme(self) -> Programme:
        return imported(organisation=self.cast.authority, by=self.cast.amina)

    @cached_property
    def market_programme(self) -> Programme:
        """A programme with lots and designs."""
        return imported(market_document(), organisation=self.cast.authority, by=self.cast.amina)

    @cached_property
    def design_run(self) -> Run:
        return design_runs.finished(programme=self.market_programme)

    @cached_property
    def capacity_run(self) -> Run:
        return design_runs.finished_look(self.market_programme)

    @cached_property
    def version(self) -> Version:
        return versions.frozen(self.programme, by=self.cast.amina)

    @cached_property
    def case_evidence(self) -> CaseEvidence:
        return cases.brought(programme=self.programme, by=self.cast.amina)

    @cached_property
    def conclusion(self) -> CaseConclusion:
        """What an editor concluded, as an approver published it."""
        found = cases.concluded(programme=self.programme, by=self.cast.amina)
        cases.published(conclusion=found, by=self.cast.bob)
        return found

    @cached_property
    def scenario(self) -> Tariff:
        return scenarios.add(tariff=self.programme.tariff, name="Another", by=self.cast.amina)

    @cached_property
    def finished_run(self) -> Run:
        return incentive_runs.finished(programme=self.programme)

    @cached_property
    def waiting_run(self) -> Run:
        return incentive_runs.queued(programme=self.programme, seed=2)

    @cached_property
    def search(self) -> Run:
        """A search for what a prime would have to keep or grant, finished."""
        return subcontract_terms.finished(programme=self.programme)

    @cached_property
    def rehearsal(self) -> Run:
        """A rehearsal of bad times, finished."""
        return rehearsals.finished(tariff=self.programme.tariff)

    @cached_property
    def analysis(self) -> Run:
        """An analysis of which evidence matters most, finished."""
        return sensitivities.finished(tariff=self.programme.tariff)

    @cached_property
    def repair_run(self) -> Run:
        return repair_runs.finished(programme=self.programme)

    @cached_property
    def invitation(self) -> Invitation:
        return Invitation.objects.create(
            organisation=self.cast.authority,
            email="new@example.org",
            role=Role.VIEWER,
            token_hash=queries.invitations.hash_of(INVITATION_TOKEN),
            invited_by=self.cast.bob,
            expires_at=timezone.now() + timedelta(days=1),
        )

    @cached_property
    def invited(self) -> str:
        """Return the secret of an open invitation."""
        assert self.invitation
        return INVITATION_TOKEN


def nothing(_world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One route and method: who may, on what, with what."""

    route: str
    method: str
    who: Everyone | Ability
    target: Callable[[World], Mapping[str, Any]] = nothing
    data: Mapping[str, Any] = field(default_factory=dict)
    owner: str = "authority"
    answers: tuple[int, ...] = (200, 302)
    confirmed: bool = False
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def of_authority(world: World) -> Mapping[str, Any]:
    return {"organisation_id": world.cast.authority.pk}


def of_provider(world: World) -> Mapping[str, Any]:
    return {"organisation_id": world.cast.provider.pk}


def of_programme(world: World) -> Mapping[str, Any]:
    return {"programme_id": world.programme.pk}


def of_rule(world: World) -> Mapping[str, Any]:
    """Point at a rule whose finding in the small programme is a warning."""
    return {**of_programme(world), "rule": "P7"}


def of_lot(world: World) -> Mapping[str, Any]:
    programme = world.market_programme
    return {"programme_id": programme.pk, "lot_id": market_queries.designs.id_of(programme.pk, "lot", "s")}


def of_design(world: World) -> Mapping[str, Any]:
    programme = world.market_programme
    return {"programme_id": programme.pk, "design_id": market_queries.designs.id_of(programme.pk, "design", "small")}


def of_design_run(world: World) -> Mapping[str, Any]:
    return {"run_id": world.design_run.pk}


def of_capacity_run(world: World) -> Mapping[str, Any]:
    return {"run_id": world.capacity_run.pk}


def of_fact(world: World) -> Mapping[str, Any]:
    return {**of_programme(world), "question": "overlap"}


def of_provider_fact(world: World) -> Mapping[str, Any]:
    return {**of_programme(world), "question": "income", **of_archetype(world)}


def of_threshold(world: World) -> Mapping[str, Any]:
    return {**of_authority(world), "threshold": "I10_share"}


def of_tariff(world: World) -> Mapping[str, Any]:
    return {"tariff_id": world.programme.tariff.pk}


def of_price_line(world: World) -> Mapping[str, Any]:
    return {"line_id": world.programme.tariff.price_lines.get(place=0).pk}


def of_archetype(world: World) -> Mapping[str, Any]:
    return {"archetype_id": world.programme.archetypes.get(place=0).pk}


def of_figures(world: World) -> Mapping[str, Any]:
    """Point at figures of a comparison; without runs to compare there is nothing for anybody."""
    return {**of_programme(world), "chart": "parked"}


def of_luck_figures(world: World) -> Mapping[str, Any]:
    """Point at the luck test's figures; without a target there are none for anybody."""
    return {**of_tariff(world), "chart": "payment"}


def of_scenario(world: World) -> Mapping[str, Any]:
    return {"tariff_id": world.scenario.pk}


def of_repair_run(world: World) -> Mapping[str, Any]:
    return {"run_id": world.repair_run.pk}


def of_repair(world: World) -> Mapping[str, Any]:
    """Point at a suggestion that there is not: whoever may apply one is told so."""
    return {**of_repair_run(world), "key": "nonsense"}


def of_version(world: World) -> Mapping[str, Any]:
    return {"version_id": world.version.pk}


def of_group(world: World) -> Mapping[str, Any]:
    return {"group_id": world.programme.groups.get(place=0).pk}


def of_milestone(world: World) -> Mapping[str, Any]:
    return {"milestone_id": world.programme.milestones.get(key="stay").pk}


def of_step(world: World) -> Mapping[str, Any]:
    return {**of_group(world), **of_milestone(world)}


def of_evidence(world: World) -> Mapping[str, Any]:
    return {"evidence_id": Evidence.objects.filter(group__programme=world.programme).latest("place").pk}


def of_membership(world: World) -> Mapping[str, Any]:
    return {"membership_id": world.membership.pk}


def of_provider_membership(world: World) -> Mapping[str, Any]:
    return {"membership_id": world.provider_membership.pk}


def of_question(world: World) -> Mapping[str, Any]:
    return {**of_programme(world), "question": "control"}


def of_case_evidence(world: World) -> Mapping[str, Any]:
    return {"evidence_id": world.case_evidence.pk}


def of_concluded_programme(world: World) -> Mapping[str, Any]:
    return {"programme_id": world.conclusion.programme_id}


def of_published_case(world: World) -> Mapping[str, Any]:
    return {"case_id": world.conclusion.pk}


def of_finished_run(world: World) -> Mapping[str, Any]:
    return {"run_id": world.finished_run.pk}


def of_waiting_run(world: World) -> Mapping[str, Any]:
    return {"run_id": world.waiting_run.pk}
