"""Payment of a target against the true rate: what a provider earns for what it achieves, and where the cliff is."""

from dataclasses import replace

import numpy as np

from commissioning.core.figures import percent, plain, short_pounds
from commissioning.core.tables import Column, Table
from tariffs.core import luck
from tariffs.core.luck import Bet, LuckTest
from tariffs.core.programmes import Target

from .pictures import INCOME, OTHER, Chart, framed, line_at, pounds_axis

#: How many true rates the curve is drawn through.
_POINTS = 41


def payment(bet: Bet, sliding: Target | None, provider: str) -> Chart:
    """Draw the payment expected against the true rate, under the target and under the scale that takes its place."""
    spread = max(abs(bet.aim - bet.baseline), 0.02)
    rates = np.linspace(max(0.0, bet.baseline - 0.5 * spread), min(1.0, bet.aim + spread), _POINTS)
    curves = [("as the tariff has it", luck.curve(bet, rates), INCOME, "solid")]
    if sliding is not None:
        curves.append(("on the sliding scale", luck.curve(replace(bet, target=sliding), rates), OTHER, "dash"))
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": rates.tolist(),
            "y": values.tolist(),
            "line": {"color": colour, "width": 3, "dash": dash},
        }
        for name, values, colour, dash in curves
    ]
    highest = max(float(values.max()) for _, values, _, _ in curves)
    across = {"title": {"text": "true rate"}, "tickformat": ".0%"}
    figure = framed(*lines, height=400, x=across, y=pounds_axis(0.0, highest))
    line_at(figure, value=bet.aim, words="target", vertical=True)
    columns = (Column("True rate", percent), *(Column(f"Paid {name}", short_pounds) for name, *_ in curves))
    table = Table(
        f"Payment expected for one window: {provider}",
        columns,
        tuple(zip(rates.tolist(), *(values.tolist() for _, values, _, _ in curves), strict=True)),
    )
    sentence = (
        "What one window is expected to pay at each true rate. Luck rounds the step off: a provider just above the "
        "target may go unpaid, and one below it may be paid."
    )
    return Chart("payment", f"What {provider} is paid for what it achieves", sentence, table, figure)


def in_words(bet: Bet, test: LuckTest) -> str:
    """Say in a sentence what luck does."""
    return (
        f"In a window of {plain(bet.people)} people, a provider that helps nobody is paid in "
        f"{percent(test.paid_without_effect)} of windows, and one whose true rate is exactly the target goes unpaid in "
        f"{percent(test.unpaid_at_target)}."
    )


def figures(bet: Bet, test: LuckTest, people_needed: float) -> Table:
    """Lay out the figures of the test."""
    rows = (
        ("People in a window", plain(bet.people)),
        ("Rate without help", percent(bet.baseline)),
        ("Rate that the target asks for", percent(bet.aim)),
        ("Paid although nobody was helped", percent(test.paid_without_effect)),
        ("Unpaid although the true rate is the target", percent(test.unpaid_at_target)),
        ("One outcome below the target pays", short_pounds(test.below)),
        ("At the target it pays", short_pounds(test.at)),
        ("The cliff: what that one outcome is worth", short_pounds(test.cliff)),
        ("Share of the payment that luck moves, one standard error either way", percent(test.moved)),
        ("People needed in each of two groups to tell the target from no help", _people(people_needed)),
    )
    return Table("What luck does to this target", (Column("Figure"), Column("Value")), rows)


def _people(count: float) -> str:
    return plain(count) if count < 1e9 else "no number is enough: the target is what happens without help"
