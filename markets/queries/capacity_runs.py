"""Reads looks at who could carry a contract: whose they are, and whether the draft has moved on since."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import Programme, Run, User
from commissioning.queries import runs
from tariffs import queries as tariff_queries

#: Looks at capacity, as the runs' rows name them.
CAPACITY = "capacity"


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the looks that the person may read."""
    return runs.visible_to(user).filter(kind=CAPACITY)


def adopted_by(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the finished looks whose figures the person may take over."""
    return runs.cancellable_by(user).filter(kind=CAPACITY, state=Run.State.SUCCEEDED)


def of_programme(programme: Programme) -> QuerySet[Run]:
    """Give a programme's looks for a list, newest first, without their long texts."""
    return runs.without_results(programme.runs.filter(kind=CAPACITY)).select_related("created_by")


def is_stale(run: Run) -> bool:
    """Tell whether the programme has changed since; its register is not looked at."""
    now = tariff_queries.programmes.fingerprint(tariff_queries.programmes.to_core(run.programme))
    return bool(now != run.inputs["programme_sha256"])


@dataclass(frozen=True)
class Found:
    """A finished look, parsed once."""

    run: Run
    inputs: dict[str, Any]
    result: dict[str, Any]

    @property
    def is_made_up(self) -> bool:
        return bool(self.inputs["register"]["made_up"])

    @property
    def bidders(self) -> int:
        """Providers that would bid, in the middle of all draws."""
        return int(self.result["funnel"][-1]["left"]["p50"])

    @property
    def able(self) -> int:
        """Providers that could bid, in the middle of all draws."""
        return int(self.result["funnel"][-2]["left"]["p50"])


def found(run: Run) -> Found:
    """Read a finished look's texts."""
    return Found(run, run.inputs, run.result or {})
