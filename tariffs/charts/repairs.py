"""What would cure a tariff, in words: who is parked at which price, and every suggestion on a card."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from commissioning.core.figures import percent, pounds, short_pounds
from commissioning.core.tables import Table
from tariffs.core.programmes import Programme
from tariffs.core.repairs import Change, Kind, Obstacle, Question, change_of, final_of

from . import repair_effects

Document = Mapping[str, Any]
OBSTACLES = {
    Obstacle.UNRESPONSIVE: "no price: by the evidence, support does nothing for this group",
    Obstacle.PERSON_CAP: "no price: the cap on what one person earns stands in the way",
    Obstacle.ENTANGLED: "not looked for: each price moves what all groups are given, and there are too many to try",
    Obstacle.HARDEST: "no price: those hardest to help stay far below the contract's average whatever is paid",
}


@dataclass(frozen=True)
class GroupLine:
    """One group: how many are parked today, what price it would take, and the key of the card that suggests it."""

    place: int
    name: str
    price_band: str
    price_now: float
    parked_now: float
    needed: str
    is_cured: bool
    exceeds: str
    card: str


@dataclass(frozen=True)
class Card:
    """One suggestion: what changes, what it costs, what it cures, and what speaks against it."""

    key: str
    title: str
    changes: tuple[str, ...]
    cures: tuple[str, ...]
    costs: tuple[str, ...]
    doubts: tuple[str, ...]
    figures: Table
    is_split: bool
    groups: tuple[str, ...]


def group_lines(question: Question, result: Document) -> tuple[GroupLine, ...]:
    """Lay out what each group needs, in the programme's order."""
    rows = {row["group"]: row for row in result["groups"]}
    found = [row for row in result["suggestions"] if row["kind"] == Kind.PRICE and row["figures"]]
    keys = {row["band"]: row["key"] for row in found}
    return tuple(
        _group_line(place, rows[group.id], keys.get(group.price_band, ""))
        for place, group in enumerate(question.programme.groups)
    )


def _group_line(place: int, row: Document, card: str) -> GroupLine:
    exceeds = f"more than an outcome is worth to society ({pounds(row['worth'])})" if row["exceeds_worth"] else ""
    return GroupLine(
        place,
        row["name"],
        row["price_band"],
        row["price_now"],
        row["parked_now"],
        _needed(row),
        not row["is_needed"],
        exceeds,
        card,
    )


def _needed(row: Document) -> str:
    if row["price"] is None:
        said = OBSTACLES[Obstacle(row["obstacle"])]
        return said if row["obstacle"] == Obstacle.ENTANGLED else f"{said} (looked for up to {pounds(row['ceiling'])})"
    if row["is_needed"]:
        return pounds(row["price"])
    return (
        "today's is enough"
        if row["price"] in (0, row["price_now"])
        else f"today's is enough, down to {pounds(row['price'])}"
    )


def answer(question: Question, result: Document) -> str:
    """Say in a sentence or two how much of the tariff can be cured by price, and where price should not."""
    lines = group_lines(question, result)
    short = [line for line in lines if not line.is_cured]
    limit = percent(question.limit)
    if not short:
        return f"No group has more than {limit} of its people parked: no price has to rise."
    none = [line.name for line in short if line.needed.startswith("no price")]
    beyond = [line.name for line in short if line.exceeds]
    count = f"{len(short)} of {len(lines)} groups" if len(lines) > 1 else "The group"
    said = f"{count} {'has' if len(short) == 1 else 'have'} more than {limit} of its people parked at today's price."
    said = said.replace("of its people", "of their people") if len(short) > 1 else said
    if none:
        said += f" No price cures {_listed(none)}."
    if beyond:
        said += f" For {_listed(beyond)} it would take more than an outcome is worth to society: "
        said += "there Payment by Results should not pay."
    return said


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def carried(question: Question, result: Document) -> str:
    """Say whether the provider's reserves carry the contract, and what moving money earlier does to that."""
    row = next(row for row in result["suggestions"] if row["kind"] == Kind.EARLIER)
    if not row["is_looked_for"]:
        return "Under a target with so many groups and steps, earlier payments are not looked for: try a sliding scale."
    now, reserves = short_pounds(row["trough_now"]), short_pounds(row["reserves"])
    if row["trough_now"] <= row["reserves"]:
        return (
            f"Its free reserves of {reserves} carry the contract: in 19 of 20 draws it ties up at most {now} of them."
        )
    said = f"To see the contract through in 19 of 20 draws takes {now}, and free reserves are {reserves}."
    if row["fits"]:
        return f"{said} Moving {percent(row['share'])} of the final outcome's price earlier is enough."
    return (
        f"{said} No share that may be moved earlier is enough: the nearest is {short_pounds(row['trough'])}, "
        f"with {percent(row['share'])} moved."
    )


def cards(question: Question, result: Document) -> tuple[Card, ...]:
    """Lay out every suggestion that changes something."""
    return tuple(_card(question, result, row) for row in result["suggestions"] if row["figures"])


def _card(question: Question, result: Document, row: Document) -> Card:
    change, kind = change_of(row["change"]), Kind(row["kind"])
    touched = {new.price_band for new in change.prices}
    groups = [group.id for group in question.programme.groups if group.price_band in touched]
    return Card(
        key=row["key"],
        title=_TITLES[kind](question.programme, row),
        changes=tuple(_changes(question.programme, change)),
        cures=tuple(repair_effects.cures(question, result, row)),
        costs=tuple(repair_effects.costs(result, row)),
        doubts=tuple(repair_effects.doubts(question, result, row)),
        figures=repair_effects.figures(row),
        is_split=bool(change.bands),
        groups=tuple(groups),
    )


_TITLES: Mapping[Kind, Callable[[Programme, Document], str]] = {
    Kind.PRICE: lambda programme, row: (
        f"Raise the price of “{final_of(programme).name or final_of(programme).id}” for {row['band']} "
        f"to {pounds(row['price'])}"
    ),
    Kind.SPLIT: lambda _programme, row: f"Split the price band {row['band']}, and raise only what has to be",
    Kind.TOGETHER: lambda _programme, _row: "Raise all prices together",
    Kind.EARLIER: lambda programme, row: (
        f"Move {percent(row['share'])} of the final outcome's price to {_earlier(programme, row['milestone'])}"
    ),
    Kind.SLIDING: lambda _programme, _row: "Pay the target on a sliding scale",
}


def _earlier(programme: Programme, milestone: str | None) -> str:
    if milestone is None:
        return "a payment upfront"
    return f"“{_milestone_name(programme, milestone)}”"


def _milestone_name(programme: Programme, milestone: str) -> str:
    return next(each.name or each.id for each in programme.milestones if each.id == milestone)


def _changes(programme: Programme, change: Change) -> Iterator[str]:
    names = {group.id: group.name or group.id for group in programme.groups}
    bands = {group.id: group.price_band for group in programme.groups}
    sources = {new.price_band: bands[new.group] for new in change.bands}
    for band in change.bands:
        yield f"{names[band.group]} leaves the price band {bands[band.group]} for one of its own, “{band.price_band}”."
    now = {(line.price_band, line.milestone): line.price for line in programme.tariff.prices}
    for new in change.prices:
        before = now.get((sources.get(new.price_band, new.price_band), new.milestone))
        came = f"{pounds(before)} becomes" if before else "no price becomes"
        yield f"{new.price_band}, {_milestone_name(programme, new.milestone)}: {came} {pounds(new.price)}."
    if change.upfront_payment is not None:
        yield (
            f"Paid upfront: {pounds(programme.tariff.upfront_payment)} becomes {pounds(change.upfront_payment)}, "
            "over all providers."
        )
    if change.target is not None:
        yield (
            f"The target pays nothing up to {percent(change.target.rate_from)}, all from "
            f"{percent(change.target.rate)}, and a rising share between."
        )
