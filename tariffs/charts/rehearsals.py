"""What a rehearsal of bad times found: in words, as tables, and as the provider's cash."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commissioning.core.figures import (
    Simulated,
    percent,
    plain,
    pounds_range,
    short_pounds,
    simulated_number,
    simulated_percent,
    simulated_pounds,
)
from commissioning.core.tables import Column, Table
from tariffs.core.programmes import Programme
from tariffs.core.rehearsals import Clause, Relief, Shock, ShockKind, Trigger

from .pictures import CASH, INCOME, OTHER, Chart, Document, framed, line_at, pounds_axis

#: What each variant is called, with its colour and line.
NAMES = {
    "usual": ("usual times", CASH, "solid"),
    "usual_clause": ("usual times, with the clause", CASH, "dot"),
    "shock": ("bad times", OTHER, "solid"),
    "shock_clause": ("bad times, with the clause", INCOME, "dash"),
}
#: Standard errors around a chance that hold it nine times in ten.
_NINE_IN_TEN = 1.645
#: A chance that rises by less is no failure of the clause's making.
_NOTICED = 0.01


def shock_words(shock: Shock, programme: Programme) -> str:
    """Say what goes wrong, and how badly."""
    size = percent(shock.size)
    if shock.kind is ShockKind.NO_PLACES:
        name = next((each.name or each.id for each in programme.milestones if each.id == shock.milestone), "")
        return f"“{name}” takes {plain(shock.size)} months longer than planned, for want of places"
    return {
        ShockKind.REFERRALS: f"{size} fewer people are referred than planned, throughout",
        ShockKind.LABOUR_MARKET: f"the labour market is poor: {size} fewer final outcomes, throughout",
        ShockKind.POOR_REFERRALS: f"as many people come, but their chance without help is {size} lower on average",
        ShockKind.LATE_REFERRALS: f"{size} of the first year's people are referred a year later",
        ShockKind.LATE_RESULTS: f"the first year is poor: outcomes as rare in it as where {size} of all are lost",
    }[shock.kind]


def clause_words(clause: Clause) -> str:
    """Say when a clause bites and what it brings."""
    over = "the last month" if clause.months == 1 else f"the last {clause.months} months"
    watched = {
        Trigger.REFERRALS: f"referrals over {over} are below {percent(clause.below)} of the plan",
        Trigger.OUTCOMES: f"final outcomes over {over} are below {percent(clause.below)} of the plan",
        Trigger.INCOME: f"income over {over} is below {percent(clause.below)} of the plan",
        Trigger.CASH: f"cash is below {plain(clause.below, 1)} months of planned costs",
    }[clause.trigger]
    share = percent(clause.share)
    brings = {
        Relief.FORGIVE: f"{share} of what income fell short of the plan over {over} is paid after all, once",
        Relief.MINIMUM: f"each month's income is made up to {share} of the plan from then on",
        Relief.UPLIFT: f"{share} more is paid on all that prices earn from then on",
        Relief.TARGET: f"the target is lowered by {share} of itself from then on",
    }[clause.relief]
    return f"When {watched}, {brings}."


def _chance(variant: Document, name: str) -> Simulated:
    """Give a simulated chance with its range."""
    share, error = variant[name], variant["standard_error"][name] or 0.0
    reach = _NINE_IN_TEN * error
    return Simulated(share, max(0.0, share - reach), min(1.0, share + reach))


def _spread(found: Document) -> Simulated:
    return Simulated(found["mean"], found["p5"], found["p95"])


def sentences(result: Document, shock: Shock, clause: Clause | None, programme: Programme) -> tuple[str, ...]:
    """Say who fails, when the clause bites and what relief costs, the most important first."""
    said = [_who_fails(row, several=len(result["providers"]) > 1) for row in result["providers"]]
    if clause:
        said += [_bites(row, several=len(result["providers"]) > 1) for row in result["providers"]]
        said.append(_costs(result["commissioner"]["shock_clause"], result["commissioner"]["shock"]))
    return tuple(said)


def _costs(under: Document, without: Document) -> str:
    more = under["payments"]["mean"] - without["payments"]["mean"]
    gained = under["final"]["mean"] - without["final"]["mean"]
    outcomes = f"{plain(abs(gained))} {'more' if gained > 0 else 'fewer'}" if abs(gained) >= 1 else "about as many"
    relief = simulated_pounds(_spread(under["relief"]))
    return (
        f"Relief costs the commissioner {relief}. In all it would pay {short_pounds(abs(more))} "
        f"{'more' if more >= 0 else 'less'} than without the clause, for {outcomes} final outcomes."
    )


def _who_fails(row: Document, *, several: bool) -> str:
    variants, who = row["variants"], _name(row) if several else "the provider"
    usual, shock = variants["usual"]["failure"], variants["shock"]["failure"]
    said = f"The chance that {who} runs out of money is {_at(_chance(variants['shock'], 'failure'))} in bad times"
    said += f", against {percent(usual)} in usual ones" if abs(shock - usual) >= _NOTICED else ", as in usual ones"
    under = variants.get("shock_clause")
    if under is None:
        return f"{said}."
    if shock - under["failure"] >= _NOTICED:
        return f"{said}. With the review clause it is {_at(_chance(under, 'failure'))}."
    return f"{said}. The review clause does not change that."


def _at(chance: Simulated) -> str:
    return simulated_percent(chance)


def _bites(row: Document, *, several: bool) -> str:
    under, usual = row["variants"]["shock_clause"], row["variants"]["usual_clause"]
    who = f" for {_name(row)}" if several else ""
    if not under["bites"]:
        return f"The clause never bites{who}: no review finds what it watches below its level."
    months = under["bite_month"]
    when = f"in month {plain(months['p50'] + 1)}"
    if months["p95"] > months["p5"]:
        when += f" (month {plain(months['p5'] + 1)} to {plain(months['p95'] + 1)})"
    each = under["relief_where_it_bites"]
    cost = f"{short_pounds(each['mean'])} ({pounds_range(each['p5'], each['p95'])})"
    often = f"The clause bites{who} in {percent(under['bites'])} of draws, {when}, and then brings {cost}."
    return f"{often} In usual times it would bite in {percent(usual['bites'])}."


def _name(row: Document) -> str:
    return str(row["name"] or row["provider"])


def providers(result: Document) -> tuple[Table, ...]:
    """Set usual and bad times beside each other, a table for every provider."""
    return tuple(_provider(row) for row in result["providers"])


def _provider(row: Document) -> Table:
    names = [name for name in NAMES if name in row["variants"]]
    lived = [row["variants"][name] for name in names]
    rows = [
        ("Runs out of money", *(simulated_percent(_chance(each, "failure")) for each in lived)),
        ("Loses money", *(simulated_percent(_chance(each, "loss")) for each in lived)),
        ("Left over at the end", *(simulated_pounds(_spread(each["margin"])) for each in lived)),
        (
            f"Ties up of its own, of {short_pounds(row['reserves'])} reserves",
            *(simulated_pounds(_spread(each["trough"])) for each in lived),
        ),
    ]
    if "shock_clause" in names:
        rows.append(("The clause bites", *_under(row, names, lambda each: simulated_percent(_chance(each, "bites")))))
        rows.append(("Relief", *_under(row, names, lambda each: simulated_pounds(_spread(each["relief"])))))
    return Table(f"What happens to {_name(row)}", _columns(names), tuple(rows))


def _under(row: Document, names: Sequence[str], show: Callable[[Document], str]) -> Iterator[str]:
    """Show what only a clause can bring."""
    return (show(row["variants"][name]) if name.endswith("_clause") else "no clause" for name in names)


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    return (Column("Figure"), *(Column(NAMES[name][0].capitalize()) for name in names))


def commissioner(result: Document) -> Table:
    """Set out what the commissioner pays and what people get."""
    found = result["commissioner"]
    names = [name for name in NAMES if name in found]
    figures = (
        ("The commissioner pays", "payments", simulated_pounds),
        ("Of that relief", "relief", simulated_pounds),
        ("Final outcomes", "final", simulated_number),
        ("People left without a service", "left_without_service", simulated_number),
    )
    rows = tuple((words, *(show(_spread(found[name][key])) for name in names)) for words, key, show in figures)
    return Table("What the commissioner pays, and what people get", _columns(names), rows)


def terms(result: Document, programme: Programme) -> tuple[str, ...]:
    """Say which of the tariff's own terms bite in bad times."""
    tariff, said = programme.tariff, []
    for row in result["providers"]:
        shock, who = row["variants"]["shock"], _name(row)
        if tariff.volume_guarantee:
            paid = simulated_pounds(_spread(shock["guaranteed"]))
            said.append(
                f"{who}: the volume guarantee pays something in {percent(shock['guarantee'])} of draws, {paid} in all."
            )
        if tariff.payment_cap is not None:
            said.append(f"{who}: the most that the contract pays is reached in {percent(shock['capped'])} of draws.")
    if tariff.minimum_service:
        said.append(
            f"The minimum service of {short_pounds(tariff.minimum_service)} a person is given until a provider fails."
        )
    if tariff.annual_price_change:
        said.append(f"Prices change by {percent(tariff.annual_price_change)} a year, whatever happens.")
    return tuple(said) or ("The tariff has no volume guarantee, no cap and no minimum service that could bite.",)


def charts(result: Document) -> tuple[Chart, ...]:
    """Draw each provider's cash."""
    return tuple(_cash(row, number) for number, row in enumerate(result["providers"]))


def _cash(row: Document, number: int) -> Chart:
    lived = row["variants"]
    drawn = {name: lived[name]["cash"]["p5"] for name in NAMES if name in lived and name != "usual_clause"}
    months = list(range(1, len(drawn["shock"]) + 1))
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": NAMES[name][0],
            "x": months,
            "y": path,
            "line": {"color": NAMES[name][1], "width": 3, "dash": NAMES[name][2]},
        }
        for name, path in drawn.items()
    ]
    values = [value for path in drawn.values() for value in path]
    figure = framed(
        *lines, x={"title": {"text": "month"}}, y=pounds_axis(min(*values, -row["overdraft"]), max(values)), height=400
    )
    line_at(figure, value=-row["overdraft"], words="fails below", under=True)
    columns = (Column("Month", plain), *(Column(NAMES[name][0].capitalize(), short_pounds) for name in drawn))
    table = Table(
        f"Cash of {_name(row)} that 1 draw in 20 falls below", columns, tuple(zip(months, *drawn.values(), strict=True))
    )
    sentence = (
        "The cash at the end of each month that one draw in twenty falls below: how bad it is when luck is poor too."
    )
    return Chart(f"cash-{number}", f"How low the cash of {_name(row)} may fall", sentence, table, figure)


@dataclass(frozen=True)
class Shown:
    """Everything that the page of a rehearsal says."""

    shock: str
    clause: str
    sentences: tuple[str, ...]
    providers: tuple[Table, ...]
    commissioner: Table
    terms: tuple[str, ...]
    charts: tuple[Chart, ...]


def shown(result: Mapping[str, Any], shock: Shock, clause: Clause | None, programme: Programme) -> Shown:
    """Say everything."""
    return Shown(
        shock=shock_words(shock, programme),
        clause=clause_words(clause) if clause else "The contract has no review clause.",
        sentences=sentences(result, shock, clause, programme),
        providers=providers(result),
        commissioner=commissioner(result),
        terms=terms(result, programme),
        charts=charts(result),
    )
