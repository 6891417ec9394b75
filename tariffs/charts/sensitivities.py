"""Which input matters most, in words, as a tornado and as tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from commissioning.core.figures import percent, plain, pounds, short_pounds
from commissioning.core.tables import Column, Table
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Programme
from tariffs.core.sensitivity import Bar, Figure, Kind, Margin, Swing, ToDo, Tornado, Verdict, to_do

from .pictures import INCOME, OTHER, STRIPES, Chart, Document, framed, pounds_axis

#: How many inputs are drawn; the table has all.
MOST_BARS = 12
#: How many the list of what to do names.
MOST_TO_DO = 8
#: Height of a row, and the part of it that is its bar.
_ROW, _BAR = 78, 0.36
#: Characters of a label's line, and of a name in it.
_LINE, _NAME = 46, 30


@dataclass(frozen=True)
class Words:
    """How a figure is spoken of: in the chooser, in a sentence, and written."""

    name: str
    subject: str
    show: Callable[[Any], str]


FIGURES = {
    Figure.PARKED: Words("People parked", "the share of people parked", percent),
    Figure.MARGIN: Words("What providers keep", "what providers keep", short_pounds),
    Figure.SPEND: Words("What the commissioner pays", "what the commissioner pays", short_pounds),
    Figure.ADDITIONAL: Words("Additional outcomes", "the number of additional outcomes", plain),
    Figure.LOSS: Words("Chance of a loss", "the chance that the largest provider loses money", percent),
}
#: Each input in a sentence, and what to do to know it better.
_INPUTS = {
    Kind.BASELINE: "the chance of “{milestone}” without help, for {group}",
    Kind.RATE: "the chance of “{milestone}” that was observed with help, for {group}",
    Kind.RESPONSIVENESS: "what help does to the chance of “{milestone}”, for {group}",
    Kind.NEED_SPREAD: "how much people differ within {group}",
    Kind.REFERRALS: "how many are referred of {group}",
    Kind.SOCIAL_VALUE: "what one final outcome is worth to society, for {group}",
    Kind.UNIT_COST: "what a pound's worth of help costs the provider “{provider}”",
    Kind.OVERHEAD: "the overhead of the provider “{provider}”",
    Kind.VOLUME: "how many are referred in all, as luck has it",
    Kind.OUTCOMES: "how outcomes go for everyone, as luck has it",
}
#: The same beside a bar, where there is little room.
_SHORT = {
    Kind.BASELINE: "{group}: chance of {milestone} without help",
    Kind.RATE: "{group}: observed chance of {milestone}",
    Kind.RESPONSIVENESS: "{group}: effect of help on {milestone}",
    Kind.NEED_SPREAD: "{group}: spread of need",
    Kind.REFERRALS: "{group}: referrals",
    Kind.SOCIAL_VALUE: "{group}: value of an outcome",
    Kind.UNIT_COST: "{provider}: cost of help",
    Kind.OVERHEAD: "{provider}: overhead",
    Kind.VOLUME: "All referrals",
    Kind.OUTCOMES: "All outcomes",
}
_ACTIONS = {
    Kind.BASELINE: "Look in records of people like them who had no such service, and note the rate and its range.",
    Kind.RATE: "Ask whoever measured it how many people it is from, and how far it may be wrong.",
    Kind.RESPONSIVENESS: "Find an evaluation that says what a known spending reached, or try it in a pilot first.",
    Kind.NEED_SPREAD: "Ask a service that knows these people how the nearest and the farthest of them differ.",
    Kind.REFERRALS: "Count referrals of the last years, and write down the lowest and highest month.",
    Kind.SOCIAL_VALUE: "Take it from a cost-benefit study, with its range.",
    Kind.UNIT_COST: "Ask providers what it costs them; a consultation is the place.",
    Kind.OVERHEAD: "Ask providers what it costs them; a consultation is the place.",
}
_QUALITIES = {
    None: "not named",
    "assumption": "an assumption",
    "weak": "weak",
    "moderate": "moderate",
    "strong": "strong",
}


@dataclass(frozen=True)
class Names:
    """What groups, milestones and providers are called."""

    of: Mapping[str, str]

    @classmethod
    def from_programme(cls, programme: Programme) -> "Names":
        """Take the names from a programme; what has none is called by its id."""
        groups = {f"Group {each.id}": each.name or each.id for each in programme.groups}
        milestones = {f"Milestone {each.id}": each.name or each.id for each in programme.milestones}
        return cls(groups | milestones | {f"Provider {each.id}": each.name or each.id for each in programme.providers})

    def words(self, swing: Swing) -> str:
        """Name an input as it stands in a sentence."""
        return _INPUTS[swing.kind].format(**self._named(swing))

    def label(self, swing: Swing) -> str:
        """Name an input above its bar, with what is known of it, on two lines that fit a narrow screen."""
        named = {key: shorten(name.split(" (")[0], _NAME, placeholder="…") for key, name in self._named(swing).items()}
        title = shorten(_SHORT[swing.kind].format(**named), _LINE, placeholder="…")
        return f"{title}<br>{source_of(swing)}"

    def _named(self, swing: Swing) -> dict[str, str]:
        return {
            "group": self.of.get(f"Group {swing.group}", swing.group),
            "milestone": self.of.get(f"Milestone {swing.milestone}", swing.milestone),
            "provider": self.of.get(f"Provider {swing.provider}", swing.provider),
        }

    def title(self, swing: Swing) -> str:
        """Name an input at the start of a line."""
        words = self.words(swing)
        return words[0].upper() + words[1:]


@dataclass(frozen=True)
class Task:
    """One line of the to-do list."""

    swing: Swing
    title: str
    why: str
    action: str


def tasks(tornado: Tornado, names: Names) -> tuple[Task, ...]:
    """Say what to find out, most needed first."""
    return tuple(
        Task(item.swing, names.title(item.swing), _why(item, tornado), _ACTIONS[item.swing.kind])
        for item in to_do(tornado)[:MOST_TO_DO]
    )


def _why(item: ToDo, tornado: Tornado) -> str:
    figure = FIGURES[item.figure]
    moved = figure.show(item.bar.moves(item.figure, tornado.base))
    by = f"{plain(100 * item.effect)} points" if item.figure is Figure.PARKED else f"{moved}, {percent(item.effect)}"
    of_spend = " of what the commissioner pays" if item.figure is Figure.MARGIN else ""
    if item.swing.has_range:
        known = f"Its source is {_quality(item.swing)}. Over its range of {_range(item.swing)}"
    else:
        known = f"Nobody has said how far it may be wrong. Were it a {_trial()} out"
    return f"{known}, {figure.subject} would move by up to {by}{of_spend}."


def _trial() -> str:
    return "quarter" if PARAMETERS.trial_swing == 0.25 else percent(PARAMETERS.trial_swing)


def in_words(tornado: Tornado, names: Names) -> str:
    """Answer the page's question in a sentence."""
    found = to_do(tornado)
    if not found:
        return "No figure hangs on weak evidence: nothing of unknown range or weak source moves any by 1 in 100."
    first = max(found, key=lambda item: item.weight)
    doubt = f"its source is {_quality(first.swing)}" if first.swing.has_range else "its range is not known"
    unknown = sum(not bar.swing.has_range for bar in tornado.bars)
    told = f"{unknown} of {len(tornado.bars)} inputs have no range." if unknown else "Every input has a range."
    return f"Most hangs on {names.words(first.swing)}, and {doubt}. {told}"


def _quality(swing: Swing) -> str:
    return _QUALITIES[swing.quality]


def _value(kind: Kind, value: float) -> str:
    if kind in (Kind.BASELINE, Kind.RATE):
        return percent(value)
    if kind in (Kind.SOCIAL_VALUE, Kind.OVERHEAD):
        return pounds(round(value))
    if kind is Kind.VOLUME:
        return f"{percent(value)} of plan"
    if kind is Kind.UNIT_COST:
        return f"£{plain(value, 2)}"
    return plain(value, 1 if kind is Kind.REFERRALS else 2)


def _range(swing: Swing) -> str:
    return f"{_value(swing.kind, swing.low)} to {_value(swing.kind, swing.high)}"


def source_of(swing: Swing) -> str:
    """Say how good the source of an input is, in words and with a sign."""
    if swing.is_luck:
        return "luck"
    return f"source: {_quality(swing)}" if swing.has_range else f"no range; source: {_quality(swing)}"


def tornado_of(tornado: Tornado, names: Names, figure: Figure) -> Chart:
    """Draw how far each input moves one figure, the farthest on top."""
    words, base = FIGURES[figure], tornado.base.of(figure)
    ordered = tornado.ordered(figure)
    drawn = [bar for bar in ordered if bar.moves(figure, tornado.base) > 0][:MOST_BARS]
    traces = [_end(drawn, figure, base, side) for side in (("the input low", 0, OTHER), ("the input high", 1, INCOME))]
    ends = [value for bar in drawn for value in bar.ends(figure)] + [base]
    axis = {"tickformat": ".1%"} if words.show is percent else {}
    if words.show is short_pounds:
        axis = pounds_axis(min(ends), max(ends))
    rows = {"range": [len(drawn) - 0.5, -0.8], "showticklabels": False, "showgrid": False, "zeroline": False}
    margin = {"l": 16, "r": 16, "t": 40, "b": 50}
    figure_ = framed(*traces, height=140 + _ROW * len(drawn), x=axis, y=rows, barmode="overlay", margin=margin)
    figure_["layout"]["annotations"] += [_label(names.label(bar.swing), place) for place, bar in enumerate(drawn)]
    sentence = (
        f"As planned it is {words.show(base)}. Each bar says where it would be with one input at either end of its "
        f"range and all others as they are; striped bars have no range and are tried a {_trial()} either way."
    )
    return Chart(
        f"tornado-{figure.value}", f"What moves {words.subject}", sentence, _table(ordered, names, figure), figure_
    )


def _label(text: str, place: int) -> Document:
    """Put a name above its bar: beside it there is no room on a narrow screen."""
    at = {"x": 0, "xref": "x domain", "xanchor": "left", "y": place - _BAR / 2, "yref": "y", "yanchor": "bottom"}
    return {"text": text, "showarrow": False, "align": "left", **at}


def _end(bars: Sequence[Bar], figure: Figure, base: float, side: tuple[str, int, str]) -> Document:
    name, end, colour = side
    stripes = ["" if bar.swing.has_range else "/" for bar in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": list(range(len(bars))),
        "width": _BAR,
        "base": [base] * len(bars),
        "x": [bar.ends(figure)[end] - base for bar in bars],
        "marker": {"color": colour, "pattern": {"shape": stripes, **STRIPES}},
        "customdata": [FIGURES[figure].show(bar.ends(figure)[end]) for bar in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _table(bars: tuple[Bar, ...], names: Names, figure: Figure) -> Table:
    show = FIGURES[figure].show
    columns = (
        Column("Input"),
        Column("How good its source is"),
        Column("Tried from and to"),
        Column("With it low", show),
        Column("With it high", show),
    )
    rows = [(names.title(bar.swing), source_of(bar.swing), _range(bar.swing), *bar.ends(figure)) for bar in bars]
    return Table(f"{FIGURES[figure].name}, with one input at either end", columns, tuple(rows))


def margins(tornado: Tornado, programme: Programme, names: Names) -> Table:
    """Lay out how far evidence may be wrong before a group is parked."""
    columns = [Column("Evidence"), Column("As it stands", str), Column("Parked now", percent), Column("What it may be")]
    several = len(programme.providers) > 1
    rows = []
    for margin in tornado.margins:
        swing = Swing(margin.kind, margin.now, 0, 1, margin.group, margin.milestone)
        row = (names.title(swing), _value(margin.kind, margin.now), margin.parked, holds(margin))
        who = names.of.get(f"Provider {margin.provider}", margin.provider)
        rows.append((f"{who}: {row[0]}", *row[1:]) if several else row)
    return Table(
        "How far evidence may be wrong before more than 1 in 10 of a group are parked", tuple(columns), tuple(rows)
    )


def holds(margin: Margin) -> str:
    """Say how far an input may be wrong."""
    ends = []
    if margin.falls_to is not None:
        ends.append(f"below {_value(margin.kind, margin.falls_to)}")
    if margin.rises_to is not None:
        ends.append(f"above {_value(margin.kind, margin.rises_to)}")
    where = " or ".join(ends)
    if margin.verdict is Verdict.NEVER:
        return "Anything: they are never parked"
    if margin.verdict is Verdict.ALREADY:
        return f"Already parked; no longer {where}" if where else "Already parked, and parked wherever it lies"
    return f"Parked {where}"
