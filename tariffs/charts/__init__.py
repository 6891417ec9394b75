"""Pictures of runs, each with its words and its table."""

from collections.abc import Sequence
from itertools import starmap
from typing import Any

from . import groups, money, papers, scenarios
from .pictures import Chart, Document
from .verdicts import parking, verdict

__all__ = ["Chart", "of_groups", "of_provider", "of_spend", "papers", "parking", "scenarios", "verdict"]


def of_groups(decisions: Sequence[Document], names: Document) -> tuple[Chart, ...]:
    """Draw what one provider plans for each group, which needs no draws."""
    return tuple(picture(decisions, names) for picture in groups.ALL)


def of_provider(result: Document, provider: str, names: Document) -> tuple[Chart, ...]:
    """Draw everything about one provider of a run; `names` gives each group's name."""
    rows = [row for row in result["decisions"] if row["provider"] == provider]
    money_of = next(row for row in result["providers"] if row["provider"] == provider)
    return (*of_groups(rows, names), money.cash(money_of), money.margin(money_of), money.trough(money_of))


def of_spend(result: Document) -> Chart:
    """Draw what the commissioner spends on all providers."""
    return money.spend(result["commissioner"], _summed([row["by_draw"]["payments"] for row in result["providers"]]))


def _summed(by_provider: Sequence[Sequence[float]]) -> list[Any]:
    return list(starmap(lambda *parts: sum(parts), zip(*by_provider, strict=True)))
