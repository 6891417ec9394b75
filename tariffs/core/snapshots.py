"""Snapshots: a whole draft at one moment, with all its tariffs and permanent ids, and what differs between two."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from . import difference_words as words
from . import differences
from .difference_sections import Change, Differences, Row, Section
from .programmes import Programme, Tariff
from .tariff_words import in_one_line

Ids = Mapping[tuple[str, Hashable], Hashable]
#: The sections of a comparison that are about a tariff.
OF_A_TARIFF = ("price", "term")


@dataclass(frozen=True, slots=True)
class LineIds:
    """Who a price line is. What it cost when imported is pounds and pence, as the database writes them, or nothing."""

    id: UUID
    price_at_import: str | None = None


@dataclass(frozen=True, slots=True)
class TariffIds:
    """Who a tariff is, since when (ISO 8601), and who its price lines are, in their order."""

    id: UUID
    made_at: str
    lines: tuple[LineIds, ...] = ()


@dataclass(frozen=True, slots=True)
class Identities:
    """The permanent ids of all parts of a draft, each list in the order of the parts; the proposed tariff first."""

    groups: tuple[UUID, ...]
    milestones: tuple[UUID, ...]
    evidence: tuple[UUID, ...]
    providers: tuple[UUID, ...]
    tariffs: tuple[TariffIds, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole draft: the programme with the tariff it proposes, the scenarios beside that, and who everything is."""

    programme: Programme
    scenarios: tuple[Tariff, ...]
    identities: Identities

    @property
    def tariffs(self) -> dict[UUID, Tariff]:
        """Give all tariffs by their ids, the proposed one first."""
        given = (self.programme.tariff, *self.scenarios)
        return {ids.id: tariff for ids, tariff in zip(self.identities.tariffs, given, strict=True)}

    @property
    def proposed(self) -> UUID:
        """Give the id of the proposed tariff."""
        return self.identities.tariffs[0].id


def renewed(snapshot: Snapshot, fresh: Callable[[], UUID]) -> Snapshot:
    """Give the same draft with new ids throughout; its prices count as those that it came with."""
    old = snapshot.identities
    tariffs = tuple(
        TariffIds(fresh(), ids.made_at, tuple(LineIds(fresh(), f"{line.price:.2f}") for line in tariff.prices))
        for ids, tariff in zip(old.tariffs, snapshot.tariffs.values(), strict=True)
    )
    groups, milestones, evidence, providers = (
        tuple(fresh() for _ in ids) for ids in (old.groups, old.milestones, old.evidence, old.providers)
    )
    return replace(snapshot, identities=Identities(groups, milestones, evidence, providers, tariffs))


def compare(old: Snapshot, new: Snapshot) -> Differences:
    """Say what differs between two drafts of one programme, the scenarios included."""
    # Where another tariff is proposed now, its prices are told against those at the same place of the one before.
    price_ids = old.proposed == new.proposed
    same = {"old": _ids(old, old.proposed, price_ids), "new": _ids(new, new.proposed, price_ids)}
    found = list(differences.compare(old.programme, new.programme, same).sections)
    if rows := tuple(_scenario_rows(old, new)):
        found.append(Section("scenario", "Scenarios", ("scenario", "scenarios"), rows))
    for identity in new.tariffs:
        if identity in old.tariffs and not identity == old.proposed == new.proposed:
            found += _of_scenario(identity, old, new)
    return Differences(tuple(found))


def _ids(snapshot: Snapshot, tariff: UUID, with_prices: bool = True) -> Ids:
    """Give who each thing is by its kind and its key, the prices of one tariff among them."""
    programme, known = snapshot.programme, snapshot.identities
    found: dict[tuple[str, Hashable], Hashable] = {}
    for kind, rows, ids in (
        ("group", programme.groups, known.groups),
        ("milestone", programme.milestones, known.milestones),
        ("provider", programme.providers, known.providers),
    ):
        found |= {(kind, row.id): identity for row, identity in _pairs(rows, ids)}
    evidence = _pairs(programme.evidence, known.evidence)
    found |= {("evidence", (row.group, row.milestone)): identity for row, identity in evidence}
    if with_prices:
        (lines,) = (ids.lines for ids in known.tariffs if ids.id == tariff)
        prices = _pairs(snapshot.tariffs[tariff].prices, lines)
        found |= {("price", (row.price_band, row.milestone)): line.id for row, line in prices}
    return found


def _pairs(rows: tuple[Any, ...], ids: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    return zip(rows, ids, strict=True)


def _scenario_rows(old: Snapshot, new: Snapshot) -> Iterator[Row]:
    """Tell which scenarios came and went, and whether another tariff is proposed."""
    if old.proposed != new.proposed:
        sides = words.told_apart(_named, (old, old.proposed), (new, new.proposed))
        sentence = f"The tariff proposed is now {sides[1]} instead of {sides[0]}."
        yield Row(Change.CHANGED, "proposed", "Tariff proposed", "tariff proposed", *sides, sentence)
    for identity, tariff in old.tariffs.items():
        if identity not in new.tariffs and identity != old.proposed:
            what = f"Scenario {called(tariff)}"
            yield Row(Change.REMOVED, identity, what, "", in_one_line(tariff), "", f"{what} was removed.")
    for identity, tariff in new.tariffs.items():
        if identity not in old.tariffs and identity != new.proposed:
            what, line = f"Scenario {called(tariff)}", in_one_line(tariff)
            yield Row(Change.ADDED, identity, what, "", "", line, f"{what} was added.")


def _named(one: tuple[Snapshot, UUID], more: int) -> str:
    """Name a tariff; where two have one name, with its id."""
    name = called(one[0].tariffs[one[1]])
    return f"{name} ({one[1]})" if more else name


def called(tariff: Tariff) -> str:
    """Name a tariff."""
    return words.text(tariff.version or "Draft tariff")


def _of_scenario(identity: UUID, old: Snapshot, new: Snapshot) -> Iterator[Section]:
    """Tell what changed within one tariff that is not the one proposed on both sides."""
    before, after = (replace(side.programme, tariff=side.tariffs[identity]) for side in (old, new))
    same = {"old": _ids(old, identity), "new": _ids(new, identity)}
    title = called(new.tariffs[identity])
    for section in differences.compare(before, after, same).sections:
        if section.key in OF_A_TARIFF:
            one, many = section.nouns
            nouns = f"{one} of a scenario", f"{many} of scenarios"
            yield replace(
                section,
                title=f"{section.title} of the scenario {title}",
                nouns=nouns,
                rows=tuple(_within(row, title, identity) for row in section.rows),
            )


def _within(row: Row, title: str, identity: UUID) -> Row:
    """Say of which scenario a difference is, so that its sentence stands by itself."""
    return replace(row, thing=(identity, row.thing), sentence=f"Scenario {title}: {row.sentence}")
