"""How the contract is let: who may bid, who wins, who can borrow, who arrives, and how providers decide."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

from django import forms

from commissioning.core.typed_numbers import write, write_share
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Field, Fieldset, Fixed, Helper, Size, helper
from commissioning.models import Programme
from markets.core.markets import Market
from markets.queries import designs as reading
from tariffs.forms.entries import NumberField, ShareField, WholeField


def number(key: str, what: str, label: str, hint: str = "", *, example: str = "2") -> NumberField:
    """Ask for a number of the market section."""
    return NumberField(("market", key), what=what, example=example, label=label, help_text=hint)


def share(key: str, what: str, label: str, hint: str = "") -> ShareField:
    """Ask for so many in a hundred."""
    return ShareField(("market", key), what=what, example="50", label=label, help_text=hint)


class LettingForm(DraftForm):
    """The terms of letting, with the model's defaults where nothing was written yet."""

    selection__turnover_multiple = number(
        "selection.turnover_multiple",
        "turnover test",
        "How many times a contract's yearly value must a bidder's income be?",
        "0 for no test. 2 is common, and shuts out small providers.",
    )
    selection__min_years = number(
        "selection.min_years", "number of years", "For how many years must a bidder have been registered?", example="3"
    )
    selection__quality_weight = share(
        "selection.quality_weight", "weight of quality", "How much does quality count, in 100?"
    )
    selection__price_weight = share(
        "selection.price_weight", "weight of the price", "How much does the price count, in 100?"
    )
    selection__quality_noise = number(
        "selection.quality_noise",
        "spread",
        "How far may a bid's mark lie from the provider's true quality?",
        "Standard deviation on a scale from 0 to 1. 0 where the best always wins.",
        example="0.15",
    )
    social_finance__weeks_to_bid = number(
        "social_finance.weeks_to_bid", "number of weeks", "How many weeks are there to bid?", example="12"
    )
    social_finance__weeks_needed = number(
        "social_finance.weeks_needed",
        "number of weeks",
        "How many weeks does it take to find social finance?",
        example="26",
    )
    social_finance__gap_share = share(
        "social_finance.gap_share",
        "share that can be borrowed",
        "How much of the capital that a bidder lacks can it borrow, in 100?",
        "Where there is time enough to find it.",
    )
    entry__per_round = number(
        "entry.per_round", "number of newcomers", "How many newcomers arrive in each round, on average?", example="5"
    )
    entry__innovation_grant = forms.BooleanField(
        label="There is an innovation grant that keeps newcomers going", required=False
    )
    rounds = WholeField(
        ("market", "rounds"), what="number of rounds", example="6", label="How many times is the contract let?"
    )
    years_per_round = number(
        "years_per_round",
        "number of years",
        "How many years lie between?",
        "6 rounds of 1.67 years are ten years.",
        example="1.67",
    )
    response__base = number(
        "response.base",
        "readiness",
        "How ready are able providers to bid, when nothing speaks against it?",
        "In log-odds: 1 means that about 73 in 100 bid.",
        example="1",
    )
    response__experience = number(
        "response.experience",
        "effect of experience",
        "How much readier does experience of outcomes contracts make them?",
        example="0.7",
    )
    response__loss = number(
        "response.loss",
        "effect of a loss",
        "How much does a chance of a loss put them off?",
        "Log-odds for a sure loss.",
        example="4",
    )
    response__parked = number(
        "response.parked",
        "effect of parking",
        "How much does parking people put off those with a mission?",
        "Log-odds where everybody is parked.",
        example="2",
    )
    response__resignation = share(
        "response.resignation",
        "share that bids anyway",
        "How many bid anyway because all their income is here, in 100?",
        "“Taking a punt”, as people told NCVO.",
    )

    @staticmethod
    def shown(row: Programme) -> Mapping[str, str]:
        market = reading.market(row)
        return {name: _shown(field, _value(market, name)) for name, field in LettingForm.base_fields.items()}

    def lay_out(self) -> Helper:
        return helper(
            self._part("selection__", "Who may bid, and who wins?"),
            self._part("social_finance__", "Who can borrow?"),
            self._part("entry__", "Who arrives?"),
            Fieldset(*map(_entry, ("rounds", "years_per_round")), legend="How often?", legend_size=Size.MEDIUM),
            self._part("response__", "How do providers decide? (assumptions)"),
            submit="Save how it is let",
        )

    def _part(self, start: str, legend: str) -> Fieldset:
        entries = [_entry(name) for name in self.names if name.startswith(start)]
        return Fieldset(*entries, legend=legend, legend_size=Size.MEDIUM)

    def clean(self) -> dict[str, Any]:
        weights = [self.cleaned_data.get(f"selection__{name}_weight") for name in ("quality", "price")]
        if None not in weights and not any(weights):
            self.add_error("selection__quality_weight", "Quality or price must count for something")
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        return {name: {name.replace("__", "."): self.cleaned_data[name]} for name in self.names}


def _entry(name: str) -> Field:
    if name == "entry__innovation_grant":
        return Field.checkbox(name)
    return Field.text(name, field_width=Fixed.FIVE)


def _value(market: Market, name: str) -> Any:
    return reduce(getattr, name.split("__"), market)


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    return write_share(value) if isinstance(field, ShareField) else write(value)
