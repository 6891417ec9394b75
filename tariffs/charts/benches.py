"""What a bench found, in the provider's own words: sentences, the cash of the contract, and tables of what-ifs."""

from collections.abc import Callable
from dataclasses import dataclass

from commissioning.core.figures import (
    about,
    percent,
    plain,
    pounds_range,
    short_pounds,
    simulated_pounds,
)
from commissioning.core.tables import Column, Table
from tariffs.core.benches import SUCCESSES, VOLUMES, BreakEven, Cell, Outlook, Read

from .money import fan
from .pictures import Chart


@dataclass(frozen=True)
class Line:
    """One question of a trustee, and its answer."""

    question: str
    answer: str


def sentence(found: Outlook) -> str:
    """Say the whole in one breath."""
    mean, low, high = found.margin.mean, found.margin.low, found.margin.high
    outcome = "gain" if mean >= 0 else "lose"
    expected = f"Over the whole contract we could expect to {outcome} about {short_pounds(abs(mean))}"
    return f"{expected} ({pounds_range(low, high)}). {_loss(found)}"


def _loss(found: Outlook) -> str:
    if found.loss == 0:
        return "We made a loss in none of the draws."
    if found.loss == 1:
        return "We made a loss in every draw."
    return f"The chance of a loss is {about(found.loss)} ({percent(found.loss)})."


def lines(found: Outlook) -> list[Line]:
    """Answer what trustees ask, in plain words."""
    return [
        Line("What would we gain or lose?", f"{simulated_pounds(found.margin)} over the whole contract."),
        Line("How likely is a loss?", _loss(found)),
        Line("When is our cash lowest?", _worst(found)),
        Line("How much of our reserves would it tie up?", _reserves(found)),
        Line("Could it bring us down?", _failure(found)),
        Line("How good must our outcomes be?", _even(found)),
    ]


def _worst(found: Outlook) -> str:
    if found.trough.high <= 0:
        return "Never below where it starts: money comes in before it goes out."
    return (
        f"Around month {found.worst_month}. At its worst the contract has taken {simulated_pounds(found.trough)} "
        "more than it has brought."
    )


def _reserves(found: Outlook) -> str:
    if found.trough.high <= 0:
        return "Nothing."
    if found.reserves <= 0:
        return f"You put nothing in, and it takes up to {short_pounds(found.trough.high)}."
    share = f"Up to {percent(found.trough.high / found.reserves)} of the {short_pounds(found.reserves)} that you put in"
    if found.months_used is None or found.months_held is None:
        return f"{share}."
    used, held = plain(found.months_used.high, 1), plain(found.months_held, 1)
    return f"{share}: {used} months of the contract's costs, where you put in {held} months."


def _failure(found: Outlook) -> str:
    if found.failure == 0:
        return "Cash ran out in none of the draws."
    return f"In {about(found.failure)} draws ({percent(found.failure)}) cash runs out before the end."


def _even(found: Outlook) -> str:
    planned = f"As planned {about(found.rate)} people ({percent(found.rate)}) reach the final outcome."
    return f"{_even_at(found.break_even)} {planned}"


def _even_at(even: BreakEven) -> str:
    if even.always:
        return "It pays even if next to nobody reaches the final outcome."
    if even.never or even.rate is None:
        return "It does not pay even if next to everybody reaches the final outcome."
    return f"It breaks even when {percent(even.rate)} of people reach the final outcome."


def cash(found: Outlook) -> Chart:
    """Draw the contract's cash by month, as a fan."""
    months = list(range(1, len(found.cash["p50"]) + 1))
    table = Table(
        "Our cash at the end of each month",
        (
            Column("Month", plain),
            Column("1 in 20 worse than", short_pounds),
            Column("Middle", short_pounds),
            Column("1 in 20 better than", short_pounds),
        ),
        tuple(zip(months, found.cash["p5"], found.cash["p50"], found.cash["p95"], strict=True)),
    )
    drawn = {
        "cash": {name: list(path) for name, path in found.cash.items()},
        "overdraft": found.overdraft,
        "reserve_floor": 0.0,
    }
    said = f"{_worst(found)} The dark band holds half of all draws, the light one nine in ten."
    return Chart("cash", f"Our cash is lowest around month {found.worst_month}", said, table, fan(months, drawn))


def _times(factor: float) -> str:
    change = round(100 * (factor - 1))
    return "as planned" if not change else f"{abs(change)}% {'more' if change > 0 else 'fewer'}"


def margins(found: Outlook) -> Table:
    """Lay out the margin expected for fewer and more people and outcomes."""
    return _grid(found, "What we would gain or lose", lambda cell: short_pounds(cell.margin))


def losses(found: Outlook) -> Table:
    """Lay out the chance of a loss for fewer and more people and outcomes."""
    return _grid(found, "How likely a loss would be", lambda cell: percent(cell.loss))


def _grid(found: Outlook, title: str, shown: Callable[[Cell], str]) -> Table:
    columns = (Column("Outcomes"), *(Column(f"People: {_times(volume)}", str) for volume in VOLUMES))
    rows = tuple(
        (_times(success).capitalize(), *(shown(found.cell(volume, success)) for volume in VOLUMES))
        for success in SUCCESSES
    )
    return Table(title, columns, rows)


def shared(found: Read) -> str:
    """Say in a sentence how the draft looks to those who shared."""
    likely = sum(line.providers for line in found.loss[-2:])
    return (
        f"{found.providers} providers shared bands of what the draft would mean for them. For {likely} of them the "
        f"chance of a loss is 1 in 5 or more; {found.margin[0].providers} would expect to lose money."
    )


def shared_tables(found: Read) -> tuple[Table, ...]:
    """Lay out how often each band came out."""
    return tuple(
        Table(title, (Column(title), Column("Providers", plain)), tuple((each.words, each.providers) for each in rows))
        for title, rows in (
            ("Chance of a loss", found.loss),
            ("Gain or loss against income", found.margin),
            ("Reserves used at the worst point", found.reserves),
        )
    )
