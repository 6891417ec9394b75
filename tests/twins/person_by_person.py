"""Section 3 of the model's specification as a simulation of single people, a random number for each step of each."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from tariffs.core.programmes import Programme, Provider, TargetRule

from .decisions import GroupPlan, plan_provider
from .luck import Luck, draw_luck, poisson
from .pathways import logistic
from .spending import Spending
from .targets import paid_share

LEAST_SCALE = 0.25


@dataclass
class Result:
    """What one draw brought one provider."""

    margin: float = 0.0
    trough: float = 0.0
    payments: float = 0.0
    failed_month: int | None = None
    left_without_service: int = 0
    referred: list[int] = field(default_factory=list)
    final: list[float] = field(default_factory=list)


@dataclass
class Person:
    group: int
    stratum: int
    month: int  # of referral


class Contract:
    """One provider's contract in one draw, month by month."""

    def __init__(self, setup: "Setup", luck: Luck, random: Random):
        self.programme, self.provider, self.plans = setup.programme, setup.provider, setup.plans
        self.averages = setup.averages
        self.tariff = setup.programme.tariff
        self.luck, self.random = luck, random
        plans, provider = setup.plans, setup.provider
        self.result = Result(referred=[0] * len(plans), final=[0.0] * len(plans))
        self.due: dict[int, float] = defaultdict(float)  # payments by the month in which they arrive
        self.arriving: dict[int, list[tuple[Person, int]]] = defaultdict(list)  # who reaches which step, by month
        self.windows: dict[int, Window] = defaultdict(Window)
        self.cash = provider.reserves

    def run(self) -> Result:
        lowest = self.cash
        for month in range(self.programme.contract_months + self.tariff.payment_lag_months):
            if self.result.failed_month is None and month < self.programme.contract_months:
                self.work(month)
            else:
                self.stand_still(month)
            self.settle_windows(month)
            self.collect(month)
            lowest = min(lowest, self.cash)
            if self.result.failed_month is None and self.cash < -self.provider.overdraft:
                self.fail(month)
        self.result.margin = self.cash - self.provider.reserves
        self.result.trough = self.provider.reserves - lowest
        return self.result

    # A month of service

    def work(self, month: int) -> None:
        scale = self.support_scale()
        self.cash -= self.provider.overhead_monthly
        self.receive(self.tariff.service_fee_monthly * self.provider.share)
        if month == 0:
            self.receive(self.tariff.upfront_payment * self.provider.share)
        for person in self.referrals(month):
            for at, step in enumerate(self.plans[person.group].steps):
                if step.parent is None:
                    self.stand_before(person, at, month, scale)
        while self.arriving[month]:  # a milestone without delay adds to this month's list
            person, at = self.arriving[month].pop()
            self.reach(person, at, month)
            for child in self.plans[person.group].steps[at].children:
                self.stand_before(person, child, month, scale)

    def support_scale(self) -> float:
        wanted = self.provider.reserve_floor_months * self.planned_monthly_cost()
        if wanted <= 0:
            return 1.0
        return min(1.0, max(LEAST_SCALE, self.cash / wanted))

    def planned_monthly_cost(self) -> float:
        support = sum(self.planned(at, 0) * plan.support for at, plan in enumerate(self.plans))
        return self.provider.overhead_monthly + self.provider.unit_cost * support

    def planned(self, group: int, month: int) -> float:
        trend = (1 + self.programme.uncertainty.volume_trend) ** (month / 12)
        return self.programme.groups[group].referrals_per_month * self.provider.share * trend

    def referrals(self, month: int) -> list[Person]:
        people: list[Person] = []
        if month >= self.programme.referral_months:
            return people
        for group in range(len(self.plans)):
            planned = self.planned(group, month)
            count = poisson(planned * self.luck.volume, self.random)
            self.result.referred[group] += count
            people += [Person(group, self.random.randrange(20), month) for _ in range(count)]
            if self.result.failed_month is None:
                self.guarantee(group, month, max(0.0, self.tariff.volume_guarantee * planned - count))
        for person in people:
            self.window_of(person).referred += 1
        return people

    def guarantee(self, group: int, month: int, short: float) -> None:
        """Referrals short of what was guaranteed pay what a referral earns for certain."""
        for step in self.plans[group].steps:
            reached = month + step.delay
            if step.parent is None and step.automatic and reached < self.programme.contract_months:
                self.due[reached + self.tariff.payment_lag_months] += short * step.price * self.indexed(reached)

    def stand_before(self, person: Person, at: int, month: int, scale: float) -> None:
        plan = self.plans[person.group]
        step = plan.steps[at]
        support = max(step.floor, scale * plan.spent[person.stratum][at])
        charged = self.averages[person.group][at].at_scale(scale) if self.averages else support
        self.cash -= self.provider.unit_cost * charged
        shocked = 0.0 if step.automatic else step.log_odds(person.stratum, support) + self.luck.shock[month]
        chance = 1.0 if step.automatic else logistic(shocked)
        if self.random.random() < chance:
            self.arriving[month + step.delay].append((person, at))

    def reach(self, person: Person, at: int, month: int) -> None:
        step = self.plans[person.group].steps[at]
        self.result.final[person.group] += step.final_share
        earned = step.price * self.indexed(month)
        if step.targeted:
            window = self.window_of(person)
            window.earned += earned
            window.reached += step.count == 1
        else:
            self.due[month + self.tariff.payment_lag_months] += earned

    def indexed(self, month: int) -> float:
        return (1 + self.tariff.annual_price_change) ** (month // 12)

    # Money

    def receive(self, money: float) -> None:
        """Take what the contract's total still allows."""
        if self.tariff.payment_cap is not None:
            money = min(money, self.tariff.payment_cap * self.provider.share - self.result.payments)
        self.result.payments += money
        self.cash += money

    def collect(self, month: int) -> None:
        self.receive(self.due.pop(month, 0.0))

    def window_of(self, person: Person) -> "Window":
        return self.windows[person.month // self.tariff.target.window_months]

    def settle_windows(self, month: int) -> None:
        if self.tariff.target.rule is TargetRule.NONE:
            return
        for place, window in self.windows.items():
            if month == self.settlement_month(place):
                self.due[month + self.tariff.payment_lag_months] += window.earned * self.paid_share(window)

    def settlement_month(self, place: int) -> int:
        """The last month in which the window's last referral can reach the target's milestone."""
        months = self.tariff.target.window_months
        last_referral = min((place + 1) * months, self.programme.referral_months) - 1
        return min(last_referral + self.way_to_target(), self.programme.contract_months - 1)

    def way_to_target(self) -> int:
        by_id = {milestone.id: milestone for milestone in self.programme.milestones}
        milestone = by_id[self.tariff.target.milestone]
        months = milestone.delay_months + (milestone.repeats - 1) * milestone.repeat_every_months
        while milestone.after is not None:
            milestone = by_id[milestone.after]
            months += milestone.delay_months + (milestone.repeats - 1) * milestone.repeat_every_months
        return months

    def paid_share(self, window: "Window") -> float:
        rate = window.reached / window.referred if window.referred else 0.0
        return paid_share(self.tariff.target, rate)

    # The end

    def fail(self, month: int) -> None:
        self.result.failed_month = month
        for later, arrivals in self.arriving.items():
            if month < later < self.programme.contract_months:
                self.result.left_without_service += sum(self.evidence_ahead(*arrival) for arrival in arrivals)

    def evidence_ahead(self, person: Person, at: int) -> bool:
        steps = self.plans[person.group].steps
        return any(not steps[child].automatic or self.evidence_ahead(person, child) for child in steps[at].children)

    def stand_still(self, month: int) -> None:
        """After failure, or past the end: nothing is decided and nothing spent."""
        if self.result.failed_month is None:
            return
        people = self.referrals(month)
        if month <= self.result.failed_month + self.programme.uncertainty.replacement_months:
            self.result.left_without_service += len(people)
        if month < self.programme.contract_months:
            for person, at in self.arriving.pop(month, []):
                self.reach(person, at, month)


@dataclass
class Window:
    referred: int = 0
    reached: int = 0
    earned: float = 0.0


@dataclass
class Setup:
    """What does not change from draw to draw; with `averages` everyone is charged the average of their step."""

    programme: Programme
    provider: Provider
    plans: list[GroupPlan]
    averages: list[list[Spending]]


def simulate(programme: Programme, draws: int, seed: int, charge_averages: bool = False) -> list[list[Result]]:
    """Every provider's results, draw by draw; all providers of a draw share its shocks."""
    random = Random(seed)
    setups = []
    for provider in programme.providers:
        plans = plan_provider(programme, provider).groups
        averages = [[Spending(plan, at) for at in range(len(plan.steps))] for plan in plans if charge_averages]
        setups.append(Setup(programme, provider, plans, averages))
    results: list[list[Result]] = [[] for _ in setups]
    for _ in range(draws):
        luck = draw_luck(programme, random)
        for place, setup in enumerate(setups):
            results[place].append(Contract(setup, luck, random).run())
    return results
