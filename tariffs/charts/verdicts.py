"""What a run says, in a sentence or two, before any picture."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from commissioning.core.figures import about, percent, plain, pounds_range, short_pounds
from commissioning.core.tables import Column, Table
from tariffs.core.incentives import comparisons

from .pictures import Document

Write: TypeAlias = Callable[[float | None], str]


def parked_people(decisions: Sequence[Document], inputs: Document) -> float:
    """Share of everyone referred who would be parked, over groups and providers."""
    referrals = {group["id"]: group["referrals_per_month"] for group in inputs["groups"]}
    shares = {provider["id"]: provider["share"] for provider in inputs["providers"]}
    weights = [referrals[row["group"]] * shares[row["provider"]] for row in decisions]
    total = sum(weights)
    parked = sum(weight * row["parked_share"] for weight, row in zip(weights, decisions, strict=True))
    return parked / total if total else 0.0


def verdict(result: Document, inputs: Document, names: Document) -> tuple[str, ...]:
    """Say who is parked, who can afford the contract, and what it costs."""
    return (parking(result["decisions"], inputs, names), _losses(result), _cost(result))


def parking(decisions: Sequence[Document], inputs: Document, names: Document) -> str:
    """Say how many of everyone referred would be parked, and where most."""
    if not any(row["support"] > 0 for row in decisions):
        return "Under this tariff it pays no provider to support anyone."
    share, worst = parked_people(decisions, inputs), max(decisions, key=lambda row: row["parked_share"])
    if share == 0:
        return "Under this tariff nobody would be parked."
    return (
        f"{about(share).capitalize()} people would be parked ({percent(share)}). Worst off are "
        f"{names[worst['group']]}, where it is {about(worst['parked_share'])}."
    )


def _losses(result: Document) -> str:
    parts = [
        f"{row['name'] or row['provider']} loses money in {percent(row['loss_probability'])} of draws"
        for row in result["providers"]
    ]
    return "; ".join(parts) + "."


def _cost(result: Document) -> str:
    spend, each = result["commissioner"]["spend"], result["commissioner"]["cost_per_additional_outcome"]
    words = f"The commissioner spends {short_pounds(spend['p50'])} ({pounds_range(spend['p5'], spend['p95'])})"
    # Draws without any help differ by luck alone, so whether help adds anything is read from the exact plans.
    if each["p50"] is None or not any(row["additional"] > 0 for row in result["decisions"]):
        return f"{words} and buys no more outcomes than would have happened anyway."
    worst = f" to {short_pounds(each['p95'])}" if each["p95"] is not None else " upwards"
    return (
        f"{words}: {short_pounds(each['p50'])} for each outcome that would not have happened anyway "
        f"({short_pounds(each['p5'])}{worst})."
    )


def compared_groups(first: Document, second: Document, provider: str, names: Document) -> tuple[Table, ...]:
    """Lay the exact figures of two runs side by side, group by group."""
    tables = []
    for figure, words, show in (
        ("parked_share", "Parked share", percent),
        ("support", "Support a person", short_pounds),
        ("near_share", "Share of support for the nearer half", percent),
        ("deadweight_share", "Deadweight share of payments", percent),
    ):
        rows = comparisons.of_groups(first, second, provider, figure)
        columns = (Column("Group"), Column("First", show), Column("Second", show), Column("Difference", _signed(show)))
        lines = ((names.get(group, group), row.first, row.second, row.difference) for group, row in rows.items())
        tables.append(Table(words, columns, tuple(lines)))
    return tuple(tables)


def compared_money(first: Document, second: Document, provider: str) -> tuple[Table, tuple[str, ...]]:
    """Lay the drawn figures of two runs side by side, with sentences on how sure the differences are."""
    loss = comparisons.of_losses(first, second, provider)
    drawn: list[tuple[str, comparisons.Difference | None, Write]] = [
        ("Chance of a loss", loss, percent),
        *((words, comparisons.of_provider(first, second, provider, figure), short_pounds) for figure, words in _DRAWN),
        ("Commissioner's spend", comparisons.of_spend(first, second), short_pounds),
    ]
    rows = tuple((words, *_written(row, show), _interval(row, show)) for words, row, show in drawn if row is not None)
    columns = ("Figure", "First", "Second", "Difference", "Nine differences in ten lie from")
    return Table("Money and luck", tuple(map(Column, columns)), rows), _sentences(drawn)


_DRAWN = (("margin", "Provider's margin, on average"), ("trough", "Deepest fall of cash, on average"))


def _written(row: comparisons.Difference, show: Write) -> tuple[str, str, str]:
    return show(row.first), show(row.second), _signed(show)(row.difference)


def _interval(row: comparisons.Difference, show: Write) -> str:
    write = _signed(show)
    if row.low is not None:
        return f"{write(row.low)} to {write(row.high)}"
    if row.standard_error is not None and row.difference is not None:
        reach = 1.645 * row.standard_error
        return f"{write(row.difference - reach)} to {write(row.difference + reach)} (luck of the draws)"
    return "not the same luck"


def _signed(show: Write) -> Write:
    """Write a difference with its sign."""

    def write(value: float | None) -> str:
        return f"+{show(value)}" if value is not None and value > 0 else show(value)

    return write


def _sentences(drawn: Sequence[tuple[str, comparisons.Difference | None, Write]]) -> tuple[str, ...]:
    """Say in how many of 100 draws the second run comes out higher or lower."""
    said = []
    for words, row, _ in drawn:
        if row is not None and row.more is not None and row.less is not None:
            figure = words.removesuffix(", on average")
            way, share = ("higher", row.more) if row.more >= row.less else ("lower", row.less)
            if share == 0:
                said.append(f"{figure} is the same in every draw.")
            else:
                said.append(f"{figure} is {way} in the second run in {plain(100 * share)} of 100 draws.")
    return tuple(said)
