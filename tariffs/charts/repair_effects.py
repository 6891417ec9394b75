"""What a suggestion costs and cures, what speaks against it, and how sure each figure is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from commissioning.core.figures import MINUS, percent, plain, pounds, short_pounds, two_figures
from commissioning.core.tables import Column, Table
from tariffs.core.repairs import Kind, Question, final_of

Document = Mapping[str, Any]
Write: TypeAlias = Callable[[float], str]
#: Outcomes that fall by more than this share are said aloud.
_FEWER = 0.05
#: Where the provider fails more often than this as it is, what a change brings is hard to see.
_OFTEN = 0.5


def cures(question: Question, result: Document, row: Document) -> Iterator[str]:
    names = {group.id: group.name or group.id for group in question.programme.groups}
    pairs = zip(result["as_it_is"]["groups"], row["after"]["groups"], strict=True)
    for before, after in pairs:
        if abs(after["parked"] - before["parked"]) > 1e-9:
            yield f"{names[before['group']]}: {percent(before['parked'])} parked becomes {percent(after['parked'])}."
    parked = row["figures"]["parked"]
    gone = parked["first"] - parked["second"]
    if gone >= 1:
        yield f"{_people(gone)} fewer people parked over the contract, of {_people(parked['first'])}."
    trough = row["figures"]["trough"]
    if row["kind"] in (Kind.EARLIER, Kind.SLIDING):
        first, second = short_pounds(trough["first_high"]), short_pounds(trough["second_high"])
        yield f"The most that the contract ties up in 19 of 20 draws: {first} becomes {second}."
    if row.get("cliff"):
        yield f"The cliff of {short_pounds(row['cliff'])} between one outcome below the target and at it."


def _people(count: float) -> str:
    """Write a count to two figures."""
    return plain(two_figures(count) if count >= 10 else count)


def costs(result: Document, row: Document) -> Iterator[str]:
    yield _spend(row["figures"]["payments"])
    before, after = result["as_it_is"]["deadweight"], row["after"]["deadweight"]
    yield f"Deadweight, paid for what would have happened anyway: {percent(before)} of it becomes {percent(after)}."
    if saved := row.get("overpaid"):
        yield (
            f"Left together, the band would overpay its easier groups by {short_pounds(saved['pounds'])} over the "
            f"contract, {short_pounds(saved['a_head'])} for each of {_people(saved['people'])} people."
        )


def _spend(figure: Document) -> str:
    """Say how much more or less is spent, and how sure that is."""
    change = figure["second"] - figure["first"]
    if not change:
        return "Nothing more is spent on average."
    said = f"{short_pounds(abs(change))} {'more' if change > 0 else 'less'} spent over the contract on average"
    low, high = short_pounds(figure["low"]), short_pounds(figure["high"])
    return f"{said}; nine of ten differences lie from {low} to {high}."


def doubts(question: Question, result: Document, row: Document) -> Iterator[str]:
    names = {group.id: group.name or group.id for group in question.programme.groups}
    prices = {new["price_band"]: new["price"] for new in row["change"]["prices"] if row["kind"] != Kind.EARLIER}
    for group in question.programme.groups:
        price = prices.get(group.price_band, 0.0)
        worth = group.social_value / final_of(question.programme).repeats
        if worth and price > worth:
            yield (
                f"{pounds(price)} is more than an outcome of {names[group.id]} is worth to society ({pounds(worth)}). "
                "Pay for this help by a grant or a fee instead."
            )
    yield from _still_parked(question, row, names)
    if row["kind"] == Kind.TOGETHER and not row["is_settled"]:
        yield "These prices push one another up without coming to rest: parking is measured against the average."
    yield from _money_doubts(question, row)


def _still_parked(question: Question, row: Document, names: Mapping[str, str]) -> Iterator[str]:
    """Name the groups that the suggestion is about and does not cure."""
    bands = {group.id: group.price_band for group in question.programme.groups}
    about = {row["band"]} if row["kind"] in (Kind.PRICE, Kind.SPLIT) else set(bands.values())
    if row["kind"] in (Kind.PRICE, Kind.SPLIT, Kind.TOGETHER):
        for after in row["after"]["groups"]:
            if after["parked"] > question.limit + 1e-9 and bands[after["group"]] in about:
                yield f"{percent(after['parked'])} of {names[after['group']]} are still parked."


def _money_doubts(question: Question, row: Document) -> Iterator[str]:
    figures, reserves = row["figures"], question.programme.providers[question.number].reserves
    outcomes = figures["additional"]
    if outcomes["first"] > 0 and outcomes["second"] < outcomes["first"] * (1.0 - _FEWER):
        yield (
            f"It brings fewer outcomes that would not have happened anyway: {_people(max(outcomes['second'], 0))} "
            f"instead of {_people(outcomes['first'])}."
        )
    trough = figures["trough"]
    if row["kind"] == Kind.EARLIER and not row["fits"]:
        yield f"It is not enough: free reserves are {short_pounds(reserves)}."
    elif trough["second_high"] > max(trough["first_high"], reserves):
        yield f"It ties up {short_pounds(trough['second_high'])} in 19 of 20 draws, more than the reserves."
    failure = figures["failure"]
    if failure["first"] > _OFTEN:
        yield f"As it is, the provider fails in {percent(failure['first'])} of draws, so that these figures say little."
    if failure["second"] > failure["first"] + 2 * (failure["standard_error"] or 0.0):
        first, second = percent(failure["first"]), percent(failure["second"])
        yield f"The provider fails more often: {first} of draws becomes {second}."
    if row["kind"] == Kind.EARLIER and row["milestone"] is None:
        yield "No milestone comes before the final outcome. What is paid upfront hangs on nothing, and buys no support."


def figures(row: Document) -> Table:
    """Lay out what was drawn, before and after, with how sure each difference is."""
    figures = row["figures"]
    lines: list[tuple[str, str, Write]] = [
        ("People parked", "parked", _people),
        ("Outcomes that would not have happened anyway", "additional", lambda value: _signed(value, _people)),
        ("Spend of the commissioner", "payments", short_pounds),
        ("Margin of the provider", "margin", short_pounds),
        ("Most cash that it ties up", "trough", short_pounds),
        ("Chance that it loses money", "loss", percent),
        ("Chance that it fails", "failure", percent),
    ]
    rows = tuple(
        (name, write(figures[key]["first"]), write(figures[key]["second"]), _difference(figures[key], write))
        for name, key, write in lines
    )
    columns = (Column("On average over all draws"), Column("As it is"), Column("With the change"), Column("Difference"))
    return Table("Tested on the same luck", columns, rows)


def _signed(value: float, write: Write) -> str:
    return f"{MINUS}{write(-value)}" if value < 0 else str(write(value))


def _difference(figure: Document, write: Write) -> str:
    difference = figure["second"] - figure["first"]
    error = figure["standard_error"]
    said = _signed(difference, write) if difference else "none"
    return said if error is None or not difference else f"{said}, give or take {write(error)}"
