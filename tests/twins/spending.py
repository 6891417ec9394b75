"""Support on a step as the engine books it: the average of those whom the plan leads there, not each person's own."""

from operator import mul

from .decisions import GroupPlan


class Spending:
    """Average support before one step, by support scale."""

    def __init__(self, plan: GroupPlan, at: int):
        self.plan, self.at = plan, at
        self.standing = [self.planned_to_stand(stratum) for stratum in range(20)]
        self.scale, self.average = 1.0, self.averaged(1.0)

    def planned_to_stand(self, stratum: int) -> float:
        chance, at = 1.0, self.plan.steps[self.at].parent
        while at is not None:
            chance *= self.plan.steps[at].chance(stratum, self.plan.spent[stratum][at])
            at = self.plan.steps[at].parent
        return chance

    def averaged(self, scale: float) -> float:
        floor = self.plan.steps[self.at].floor
        spent = [max(floor, scale * self.plan.spent[stratum][self.at]) for stratum in range(20)]
        total = sum(self.standing)
        return sum(map(mul, self.standing, spent)) / total if total else 0.0

    def at_scale(self, scale: float) -> float:
        if scale != self.scale:  # everyone of a month meets the same scale
            self.scale, self.average = scale, self.averaged(scale)
        return self.average
