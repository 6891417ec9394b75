"""Reads versions of drafts: who may see them, what their lists show, and whether a draft has changed since."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import Programme, Run, User
from tariffs.core import programmes as core
from tariffs.core import snapshots as core_snapshots
from tariffs.core.difference_sections import in_short
from tariffs.core.snapshots import Snapshot
from tariffs.models import Version
from tariffs.sources import snapshots as texts_of

from . import incentive_runs, snapshots
from .programmes import LINES, counted

#: What a list of versions does without.
TEXTS = ("document_json", "scenarios_json", "ids_json")
DRAFT = "draft"
MOST_RUNS = 5


def visible_to(user: User | AnonymousUser) -> QuerySet[Version]:
    """Give the versions of the programmes that the person may read."""
    return _of(commissioning_queries.programmes.visible_to(user))


def editable_by(user: User | AnonymousUser) -> QuerySet[Version]:
    """Give the versions of the programmes that the person may change."""
    return _of(commissioning_queries.programmes.editable_by(user))


def _of(programmes: QuerySet[Programme]) -> QuerySet[Version]:
    found = Version.objects.filter(programme__in=programmes)
    return found.select_related("programme__organisation", "programme__uncertainty", "frozen_by")


def of_programme(programme: Programme) -> QuerySet[Version]:
    """Give the versions of a programme, newest first, without what they say."""
    return programme.versions.select_related("frozen_by").defer(*TEXTS)


def choices(programme: Programme) -> list[tuple[str, str]]:
    """Name what can be compared or copied: the draft, and every version."""
    notes = programme.versions.values_list("number", "note")
    return [
        (DRAFT, "The draft as it is now"),
        *((str(number), f"Version {number}: {_brief(note)}") for number, note in notes),
    ]


def _brief(note: str) -> str:
    line = " ".join(note.split())
    return line if len(line) <= 60 else f"{line[:59]}\N{HORIZONTAL ELLIPSIS}"


def runs_of(version: Version) -> QuerySet[Run]:
    """Give the newest finished runs that tested exactly what a version proposes, whenever they were asked for."""
    finished = incentive_runs.of_programme(version.programme).filter(state=Run.State.SUCCEEDED)
    return finished.filter(inputs_sha256=version.inputs_sha256).order_by("-created_at")[:MOST_RUNS]


@dataclass(frozen=True)
class Standing:
    """How many versions a programme has, and whether the draft is the newest of them still."""

    count: int = 0
    has_changed: bool = False

    @property
    def words(self) -> str:
        """Say it in a few words."""
        if not self.count:
            return "No version yet"
        if self.has_changed:
            return f"{counted(self.count, 'version')}; draft changed since version {self.count}"
        return f"{counted(self.count, 'version')}; the draft is version {self.count}"


def standing(programme: Programme, whole: core.Programme) -> Standing:
    """Say which version the draft is, or since which it changed, in three queries; `whole` is the draft as it is."""
    newest = programme.versions.defer("ids_json").first()
    if newest is None:
        return Standing()
    has_changed = newest.document_json != texts_of.document(whole)
    return Standing(newest.number, has_changed or newest.scenarios_json != _scenarios(programme, whole))


def _scenarios(programme: Programme, whole: core.Programme) -> str:
    others = programme.tariffs.filter(main_of=None).select_related("target_milestone").prefetch_related(LINES)
    tariffs = {each.pk: each.to_core(tuple(line.to_core() for line in each.price_lines.all())) for each in others}
    return texts_of.scenarios(whole, tariffs)


@dataclass(frozen=True)
class DraftState:
    """The draft against the newest version, where there is one: the same, or what has changed, in words."""

    newest: Version | None
    has_changed: bool
    in_short: str


def draft_state(programme: Programme, draft: Snapshot) -> DraftState:
    """Say what has changed in the draft since its newest version, in one query."""
    newest = programme.versions.first()
    if newest is None:
        return DraftState(None, has_changed=True, in_short="")
    if texts_of.write(draft).says_the_same(snapshots.texts_of(newest)):
        return DraftState(newest, has_changed=False, in_short="")
    changes = core_snapshots.compare(snapshots.of_version(newest), draft)
    return DraftState(newest, has_changed=True, in_short=in_short(changes))
