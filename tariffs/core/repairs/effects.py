"""What a repair costs and what it cures: the tariff as it is and as changed, drawn on the same random numbers."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from commissioning.core.units import Array, Share
from tariffs.core.incentives import Outcome, Simulation, comparisons, joined, report
from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.programmes import Programme

Document = dict[str, Any]
#: What is drawn, and what is said of it: of all kinds of provider together, then of the one chosen.
DRAWN = ("parked", "additional", "payments", "margin", "trough", "loss", "failure")
#: Of these the mean is not what matters, but what 19 of 20 draws stay within.
_HIGH = ("payments", "trough")


def tested(programme: Programme, number: int, draws: int, seed: int) -> Document:
    """Draw a programme and plan it exactly.

    Parameters
    ----------
    number : place of the provider whose money is looked at.

    Returns
    -------
    `drawn` : each figure by draw, in whole pounds and people; parked people, additional outcomes and payments are of
        all kinds of provider, margin, trough, loss and failure (0 or 1) of the one chosen.
    `groups` : by group the share parked, support and income a person, £, and the deadweight, of the one chosen.
    `deadweight` : share of all payments planned to all kinds that would have been earned without help.
    """
    simulation = Simulation(programme)
    blocks = [simulation.block(draws, seed, index) for index in range(simulation.block_count(draws))]
    outcomes = joined(blocks)
    reports = [report(simulation.setting, decision) for decision in simulation.decisions]
    parked = [
        np.array([row.parked_share for row in rows]) @ one.referred for rows, one in zip(reports, outcomes, strict=True)
    ]
    drawn = {
        "parked": np.sum(parked, axis=0),
        "additional": np.sum([(one.final - one.final_without_help).sum(0) for one in outcomes], axis=0),
        "payments": np.sum([one.payments for one in outcomes], axis=0),
        **_of_provider(outcomes[number]),
    }
    return {
        "drawn": {name: np.rint(drawn[name]).astype(int).tolist() for name in DRAWN},
        "groups": [
            {"group": row.group, "parked": row.parked_share, "support": row.support, "income": row.income}
            for row in reports[number]
        ],
        "deadweight": _deadweight(simulation, reports),
    }


def _of_provider(outcome: Outcome) -> dict[str, Array]:
    return {
        "margin": outcome.margin,
        "trough": outcome.trough,
        "loss": (outcome.margin < 0).astype(float),
        "failure": (outcome.failed_month < NEVER_MONTH).astype(float),
    }


def _deadweight(simulation: Simulation, reports: list[Any]) -> Share:
    """Payments that the baseline would have earned, over payments: of all kinds, by their shares of the referrals."""
    paid = anyway = 0.0
    for provider, rows in zip(simulation.programme.providers, reports, strict=True):
        people = simulation.setting.referrals * provider.share
        income = np.array([row.income for row in rows])
        paid += float(people @ income)
        anyway += float(people @ (income * np.array([row.deadweight_share for row in rows])))
    return anyway / paid if paid > 0 else 0.0


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    """Set two tests on the same draws against each other.

    Returns
    -------
    For each figure drawn: `first` and `second`, its means; `low` and `high`, between which nine of ten differences
    lie; `standard_error` of the mean difference; `more` and `less`, the shares of draws in which it rises and falls.
    Trough and payments also have `first_high` and `second_high`, which 19 of 20 draws stay within.
    """
    figures = {}
    for name in DRAWN:
        one, two = before["drawn"][name], after["drawn"][name]
        figures[name] = asdict(comparisons.drawn(one, two, paired=True))
        if name in _HIGH:
            figures[name] |= {"first_high": _high(one), "second_high": _high(two)}
    return figures


def _high(values: list[int]) -> float:
    return float(np.quantile(np.array(values, dtype=float), 0.95, method="inverted_cdf"))
