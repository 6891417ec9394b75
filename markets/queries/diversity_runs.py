"""Reads comparisons of designs: whose they are, what they stand on, and whether the draft has moved on since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import Programme, Run, User
from commissioning.queries import runs
from tariffs import queries as tariff_queries

#: Comparisons of designs, as the runs' rows name them.
DIVERSITY = "diversity"


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the comparisons that the person may read."""
    return runs.visible_to(user).filter(kind=DIVERSITY)


def of_programme(programme: Programme) -> QuerySet[Run]:
    """Give a programme's comparisons for a list, newest first, without their long texts."""
    return runs.without_results(programme.runs.filter(kind=DIVERSITY)).select_related("created_by")


def is_stale(record: "Record") -> bool:
    """Tell whether the programme has changed since the comparison was asked for; its register is not looked at."""
    now = tariff_queries.programmes.fingerprint(tariff_queries.programmes.to_core(record.run.programme))
    return bool(now != record.inputs["programme_sha256"])


@dataclass(frozen=True)
class Record:
    """A finished comparison as its pages read it, parsed once."""

    run: Run
    inputs: Mapping[str, Any]
    result: Mapping[str, Any]

    @property
    def is_made_up(self) -> bool:
        return bool(self.inputs["register"]["made_up"])

    @property
    def providers(self) -> int:
        return len(self.inputs["register"]["providers"])


def record(run: Run) -> Record:
    """Read a finished comparison's texts."""
    return Record(run, run.inputs, run.result or {})
