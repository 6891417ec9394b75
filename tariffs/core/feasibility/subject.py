"""What the rules look at: a programme, what else is known about it, and what follows from both, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from commissioning.core.cases import Answer
from commissioning.core.units import Array, Pounds, Share
from tariffs.core.incentives import GroupReport, Setting, decide, report
from tariffs.core.incentives.decisions import Decision, expected_share
from tariffs.core.incentives.pathways import prices_of
from tariffs.core.programmes import Programme, Provider
from tariffs.core.supply_chains import Passing

from .catalogue import thresholds
from .flows import Flows, Service, even_handed, flows

#: A chance, or an expected number of people, below this is taken for none.
NOBODY = 1e-9
#: Money below this is rounding, £.
PENNY = 0.005


@dataclass(frozen=True, slots=True)
class Facts:
    """What the programme file does not hold. Everything may be unknown.

    `between_share` and `need_ratio` are those of persons' records; `viable` is the effective number of providers before
    and after these terms; `at_risk` the shares of subcontractors and of the prime; `incomes` are by provider id.
    """

    verification_share: Share | None = None
    overlap_share: Share | None = None
    payer_share: Share | None = None
    need_ratio: float | None = None
    between_share: Share | None = None
    provider_selects: bool | None = None
    self_declared_share: Share | None = None
    payee_grades: bool | None = None
    unprotected: int | None = None
    at_risk: tuple[Share, Share] | None = None
    incomes: Mapping[str, Pounds] = field(default_factory=dict)
    viable: tuple[float, float] | None = None
    bidders: int | None = None
    step_in: int | None = None
    evaluation_share: Share | None = None
    undefined: int | None = None
    unrelieved: int | None = None
    users_shaped: bool | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known beside the programme: answers of the case, a simulation's result, other facts, other thresholds."""

    answers: Mapping[str, str] = field(default_factory=dict)
    result: Mapping[str, Any] | None = None
    facts: Facts = field(default_factory=Facts)
    thresholds: Mapping[str, float] = field(default_factory=dict)


class Contract:
    """What is expected of one kind of provider; arrays have axis group."""

    def __init__(self, setting: Setting, provider: Provider) -> None:
        self.setting, self.provider = setting, provider

    @cached_property
    def decision(self) -> Decision:
        """What the provider plans."""
        return decide(self.setting, self.provider)

    @cached_property
    def reports(self) -> tuple[GroupReport, ...]:
        """What the plan means for each group."""
        return report(self.setting, self.decision)

    @cached_property
    def planned(self) -> Service:
        """The service that the provider plans."""
        standing = self.decision.reach
        before = np.where(
            (self.setting.steps.parent < 0)[:, None], 1.0, standing[:, self.setting.steps.parent.clip(0), :]
        )
        return Service(self.decision.reach.mean(-1), (before * self.decision.support_at).mean(-1))

    @cached_property
    def intended(self) -> Service:
        """The service that is asked for: intended support, spent on all alike; else what the provider plans."""
        reach, spend = self.planned.reach.copy(), self.planned.spend.copy()
        for g, group in enumerate(self.setting.programme.groups):
            if group.intended_support is not None:
                reach[g], spend[g] = even_handed(self.setting, g, group.intended_support)
        return Service(reach, spend)

    @cached_property
    def flows(self) -> Flows:
        """Money expected by month, under the provider's plan."""
        return self.flows_of(self.planned)

    def flows_of(self, service: Service, volume: float = 1.0) -> Flows:
        """Money expected by month, for a service and so many of the referrals planned."""
        return flows(self.setting, self.provider, service, self.paid_share(service), volume)

    def paid_share(self, service: Service) -> Share:
        """Share of a target's outcomes that is expected to be paid."""
        if service is self.planned:
            return self.decision.paid_share
        return float(expected_share(self.setting, self.provider, service.reach[None, :, :, None])[0])

    def income(self, service: Service) -> Array:
        """Payments for outcomes expected a person, £, by group and step."""
        paid = 1.0 + self.setting.targeted * (self.paid_share(service) - 1.0)
        return service.reach * self.setting.prices * paid

    @cached_property
    def unhelped_income(self) -> Array:
        """Payments for outcomes that a person would earn without help, £, by group and step."""
        without = self.setting.without_help()
        paid = float(expected_share(self.setting, self.provider, without[None])[0])
        return without.mean(-1) * self.setting.prices * (1.0 + self.setting.targeted * (paid - 1.0))

    @property
    def fees(self) -> Pounds:
        """Fees, £ a person referred."""
        tariff, programme = self.setting.programme.tariff, self.setting.programme
        whole = tariff.upfront_payment + tariff.service_fee_monthly * programme.contract_months
        people = self.setting.referrals.sum() * programme.referral_months
        return float(whole / people) if people > NOBODY else 0.0

    @property
    def overhead(self) -> Pounds:
        """Overhead, £ a person referred."""
        people = self.setting.referrals.sum() * self.provider.share * self.setting.programme.referral_months
        whole = self.provider.overhead_monthly * self.setting.programme.contract_months
        return float(whole / people) if people > NOBODY else 0.0


class Subject:
    """A programme and what is known about it."""

    def __init__(self, programme: Programme, inputs: Inputs) -> None:
        self.programme, self.inputs, self.facts = programme, inputs, inputs.facts

    def limit(self, key: str) -> float:
        """Give a threshold: the authority's own, else the default."""
        return float(self.inputs.thresholds.get(key, thresholds()[key].value))

    def answer(self, question: str) -> Answer:
        """Give the case's answer to a question."""
        return Answer(self.inputs.answers.get(question, Answer.UNKNOWN))

    @property
    def whole(self) -> bool:
        """Whether there are people, a pathway with its end, prices and a provider."""
        final = any(milestone.final for milestone in self.programme.milestones)
        return bool(self.programme.groups and final and self.programme.tariff.prices and self.programme.providers)

    @cached_property
    def setting(self) -> Setting:
        """The programme as arrays."""
        return Setting.of(self.programme)

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """One contract for each kind of provider."""
        return tuple(Contract(self.setting, provider) for provider in self.programme.providers)

    @property
    def shares(self) -> Share:
        """Share of the planned referrals that all providers together have."""
        return float(sum(provider.share for provider in self.programme.providers))

    @cached_property
    def at_risk(self) -> tuple[Share, Share] | None:
        """Shares at risk of subcontractors and of the prime; nothing where no terms of passing on are known."""
        if self.facts.at_risk is not None:
            return self.facts.at_risk
        passing = Passing.of(self.programme.market)
        own = self.results_share if passing.share > 0 and self.whole else None
        return None if own is None else ((1.0 - passing.grant_share) * passing.risk_pass_through, own)

    @cached_property
    def weights(self) -> Array:
        """Share of the referrals of each kind of provider; alike where none is given."""
        shares = np.array([provider.share for provider in self.programme.providers])
        return shares / shares.sum() if shares.sum() > 0 else np.full(len(shares), 1.0 / len(shares))

    @cached_property
    def people(self) -> Array:
        """Share of the referrals of each group; alike where none are planned."""
        referrals = self.setting.referrals
        return referrals / referrals.sum() if referrals.sum() > 0 else np.full(len(referrals), 1.0 / len(referrals))

    def mean(self, of: list[Array]) -> Array:
        """Average arrays of all contracts by share."""
        return np.tensordot(self.weights, np.stack(of), 1)

    @cached_property
    def uncapped_prices(self) -> Array:
        """Prices as they would be without the cap on one person, £; axes group, step."""
        tariff = replace(self.programme.tariff, person_cap=None)
        return prices_of(replace(self.programme, tariff=tariff), self.setting.steps)

    @cached_property
    def income(self) -> Array:
        """Payments for outcomes expected a person under the providers' plans, £; axes group, step."""
        return self.mean([contract.income(contract.planned) for contract in self.contracts])

    @cached_property
    def reach(self) -> Array:
        """Chance of reaching each step under the providers' plans; axes group, step."""
        return self.mean([contract.planned.reach for contract in self.contracts])

    @cached_property
    def results_share(self) -> Share | None:
        """Share of the payments expected that hangs on results; nothing where none are expected.

        What is paid for being taken on hangs on no result, and no more do fees.
        """
        automatic = self.setting.chances.automatic
        fees = float(self.weights @ [contract.fees for contract in self.contracts])
        sure = fees + float((self.income * automatic).sum(-1) @ self.people)
        results = float((self.income * ~automatic).sum(-1) @ self.people)
        return results / (results + sure) if results + sure > PENNY else None

    def name(self, group: int) -> str:
        """Name a group."""
        given = self.programme.groups[group]
        return given.name or given.id

    def milestone(self, step: int) -> str:
        """Name the milestone of a step."""
        given = self.programme.milestones[int(self.setting.steps.milestone[step])]
        return given.name or given.id
