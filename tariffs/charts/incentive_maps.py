"""The incentive map in words: a sign, a word and the figures of every cell, and the same as a table."""

from dataclasses import dataclass

from commissioning.core.figures import percent, pounds
from commissioning.core.tables import Column, Table
from tariffs.core.incentive_maps import BAD, Cell, IncentiveMap, Sign

#: Colour and word of each sign; the symbol stands in the word, so that colour is never alone.
SIGNS = {
    Sign.AVOID: ("red", "✕ Avoid"),
    Sign.STOP: ("red", "✕ Stop"),
    Sign.DOUBT: ("yellow", "! In doubt"),
    Sign.GO: ("green", "✓ Go on"),
    Sign.NO_PRICE: ("grey", "○ No price"),
    Sign.NOBODY: ("grey", "○ Nobody"),
}


@dataclass(frozen=True)
class Mark:
    """One cell as the page shows it; `place` is the group's, by which its cure is found."""

    place: int
    group: str
    row: str
    word: str
    colour: str
    figures: tuple[str, ...]
    is_bad: bool


def marks(found: IncentiveMap) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """Give every row of the map with its name."""
    names = [name for _, name in found.groups]
    return tuple(
        (
            row.name,
            tuple(_mark(place, names[place], row.name, cell) for place, cell in enumerate(row.cells)),
        )
        for row in found.rows
    )


def by_group(found: IncentiveMap) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """Give the same, group by group."""
    rows = marks(found)
    return tuple((name, tuple(cells[place] for _, cells in rows)) for place, (_, name) in enumerate(found.groups))


def _mark(place: int, group: str, row: str, cell: Cell) -> Mark:
    colour, word = SIGNS[cell.sign]
    return Mark(place, group, row, word, colour, tuple(_figures(cell)), cell.sign in BAD)


def _figures(cell: Cell) -> list[str]:
    if cell.sign in (Sign.NO_PRICE, Sign.NOBODY):
        return []
    price = pounds(cell.price)
    said = [f"Pays {price}" if cell.payments == 1 else f"Pays {price}, up to {cell.payments} times"]
    said.append(f"From here on earns {pounds(round(cell.income))} a person, costs {pounds(round(cell.cost))}")
    said.append(
        f"{pounds(round(cell.support))} of support on the way" if cell.support >= 1 else "No support on the way"
    )
    if cell.parked > 0:
        said.append(f"{percent(cell.parked)} parked on the way")
    return said


def answer(found: IncentiveMap, provider: str) -> str:
    """Say where money leads a provider away from people."""
    if not found.rows:
        return "Nothing has a price yet, so money says nothing."
    names = dict(found.groups)
    avoided = list(dict.fromkeys(names[cell.group] for cell in found.cells if cell.sign in BAD))
    doubtful = found.count(Sign.DOUBT)
    if not avoided:
        said = f"Nowhere does money tell {provider} to avoid anybody or to stop."
        return said if not doubtful else f"{said} It is in doubt {_times(doubtful)}."
    said = f"Money tells {provider} to avoid people or stop helping them {_times(found.count(*BAD))}"
    return f"{said}, in {_listed(avoided)}."


def _times(count: int) -> str:
    return "at one price line of one group" if count == 1 else f"in {count} cells"


def _listed(names: list[str]) -> str:
    if len(names) > 4:
        return f"{len(names)} groups"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def table(found: IncentiveMap) -> Table:
    """Lay out every cell with all its figures."""
    names, rows = dict(found.groups), {row.milestone: row.name for row in found.rows}
    columns = (
        Column("Group"),
        Column("Price line"),
        Column("What money says"),
        Column("Price", pounds),
        Column("Payments", str),
        Column("Income from here on, a person", pounds),
        Column("Cost from here on, a person", pounds),
        Column("Support on the way, a person", pounds),
        Column("Parked on the way", percent),
        Column("Share of those referred that sets out", percent),
    )
    lines = tuple(
        (
            names[cell.group],
            rows[cell.milestone],
            SIGNS[cell.sign][1].split(" ", 1)[1],
            cell.price,
            cell.payments,
            cell.income,
            cell.cost,
            cell.support,
            cell.parked,
            cell.coming,
        )
        for cell in found.cells
    )
    return Table("Where money says avoid", columns, lines)
