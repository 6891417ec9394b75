"""What a prime would have to keep or grant, in words and as a table."""

from collections.abc import Sequence

from commissioning.core.figures import percent, short_pounds, simulated_percent, simulated_pounds
from commissioning.core.tables import Column, Table
from tariffs.core.feasibility import thresholds
from tariffs.core.subcontract_terms import Cost, Held, Lever, Terms


def answer(terms: Sequence[Terms], provider: str) -> str:
    """Say in a sentence what would make the subcontractor stand."""
    keep, grant = (_of(terms, lever) for lever in (Lever.KEEP, Lever.GRANT))
    if keep.is_enough:
        return f"A subcontractor like “{provider}” stands its contract as it is."
    ways = []
    if keep.share is not None:
        ways.append(f"no more than {percent(keep.share)} of the rest is paid by results")
    if grant.share is not None:
        ways.append(f"{percent(grant.share)} is paid as a grant at the start")
    who = f"A subcontractor like “{provider}” does not stand its contract"
    if ways:
        return f"{who} as it is. It would if {', or if '.join(ways)}."
    if any(each.share is not None for each in terms):
        return f"{who}, and neither less risk nor a larger grant is enough by itself. Both together are: see the table."
    return (
        f"{who} whatever is granted or kept: its costs are too high or its reserves too low for a parcel of this size."
    )


def _of(terms: Sequence[Terms], lever: Lever) -> Terms:
    return next(each for each in terms if each.lever is lever)


def failed(tests: Held) -> tuple[str, ...]:
    """Say which tests the contract fails as it is."""
    limits = {key: limit.value for key, limit in thresholds().items()}
    said = (
        (tests.no_riskier, "More of its money depends on results than of the prime's."),
        (tests.lasts, f"It runs out of money in more than {percent(limits['F3_ruin'])} of draws."),
        (
            tests.carries,
            f"In 1 draw of 20 the contract ties up more than {percent(limits['F1_exclude'])} of its reserves.",
        ),
    )
    return tuple(words for passed, words in said if not passed)


def table(terms: Sequence[Terms]) -> Table:
    """Set the ways beside each other, with what each costs the prime."""
    columns = (
        Column("What the prime gives way on"),
        Column("Paid as a grant"),
        Column("Of the rest by results"),
        Column("Its chance of a loss"),
        Column("Costs the prime, for one subcontract"),
        Column("Takes the prime's cash down by"),
    )
    return Table("What would make the subcontractor stand", columns, tuple(_row(each) for each in terms))


def _row(each: Terms) -> tuple[str, ...]:
    names = {
        Lever.KEEP: "Keeps more of the risk",
        Lever.GRANT: "Grants more at the start",
        Lever.FRONTIER: f"Both: a grant of {percent(each.passing.grant_share)}",
    }
    if each.share is None or each.cost is None or each.loss is None:
        return names[each.lever], *("no share is enough",) * 2, "", "", ""
    return (
        names[each.lever],
        percent(each.passing.grant_share),
        percent(each.passing.risk_pass_through),
        simulated_percent(each.loss),
        _cost(each.cost),
        simulated_pounds(each.cost.trough),
    )


def _cost(cost: Cost) -> str:
    spread = f"{short_pounds(cost.spread.low)} to {short_pounds(cost.spread.high)}"
    return f"{short_pounds(cost.expected)} ({spread})"
