"""Archetypes: the kinds of provider that a tariff is tested on."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from commissioning.models import Programme
from commissioning.models.limits import not_negative, shares, within
from commissioning.models.provenance import Sourced
from tariffs.core import programmes as core


class Archetype(Sourced):
    """A typical provider with a contract of its own over a share of the referrals. No real provider."""

    class SpendingRule(models.TextChoices):
        MARGINAL = "marginal", "Spends while a pound brings back more than a pound"
        INCOME_SHARE = "income_share", "Spends a set share of its income"

    class BudgetScope(models.TextChoices):
        GROUP = "group", "Each group's income is spent on that group"
        CONTRACT = "contract", "All income is one purse"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="archetypes")
    place = models.PositiveSmallIntegerField("place in the list")
    key = models.CharField("short name", max_length=100)
    name = models.CharField("name of the archetype", max_length=300, blank=True)
    legal_form = models.CharField("legal form", max_length=100, blank=True)
    share = models.FloatField("share of the referrals", default=0)

    spending_rule = models.CharField("what it spends", max_length=20, choices=SpendingRule.choices, default="marginal")
    income_share = models.FloatField("share of income spent", default=0.9)
    budget_scope = models.CharField("purse", max_length=20, choices=BudgetScope.choices, default="group")
    mission_weight = models.FloatField("weight of its mission", default=0)
    unit_cost = models.FloatField("cost of a pound's worth of support", default=1)
    risk_discount = models.FloatField("discount for risk", default=0)
    cost_of_capital = models.FloatField("cost of capital a year", default=0.035)

    overhead_monthly = models.DecimalField("overhead a month", max_digits=15, decimal_places=2, default=0)
    reserves = models.DecimalField("reserves", max_digits=15, decimal_places=2, default=0)
    reserve_floor_months = models.FloatField("months of cost it keeps in reserve", default=0)
    overdraft = models.DecimalField("overdraft", max_digits=15, decimal_places=2, default=0)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(name="archetype_key_once_for_each_programme", fields=["programme", "key"]),
            models.UniqueConstraint(name="archetype_place_once_for_each_programme", fields=["programme", "place"]),
            models.CheckConstraint(name="archetype_key_is_not_empty", condition=~Q(key="")),
            models.CheckConstraint(
                name="archetype_spending_rule_is_known", condition=Q(spending_rule__in=["marginal", "income_share"])
            ),
            models.CheckConstraint(
                name="archetype_budget_scope_is_known", condition=Q(budget_scope__in=["group", "contract"])
            ),
            *shares("archetype", "share", "risk_discount"),
            within("archetype", "income_share", 0.01, 1),
            within("archetype", "mission_weight", 0, 100),
            within("archetype", "unit_cost", 0.01, 100),
            within("archetype", "cost_of_capital", 0, 10),
            within("archetype", "reserve_floor_months", 0, 120),
            *not_negative("archetype", "overhead_monthly", "reserves", "overdraft"),
            *Sourced.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.name or self.key

    def to_core(self) -> core.Provider:
        return core.Provider(
            id=self.key,
            name=self.name,
            legal_form=self.legal_form,
            share=self.share,
            spending_rule=core.SpendingRule(self.spending_rule),
            income_share=self.income_share,
            budget_scope=core.BudgetScope(self.budget_scope),
            mission_weight=self.mission_weight,
            unit_cost=self.unit_cost,
            risk_discount=self.risk_discount,
            cost_of_capital=self.cost_of_capital,
            overhead_monthly=float(self.overhead_monthly),
            reserves=float(self.reserves),
            reserve_floor_months=self.reserve_floor_months,
            overdraft=float(self.overdraft),
            provenance=self.provenance(),
        )
