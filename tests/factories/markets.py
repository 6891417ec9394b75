"""Small markets that can be reckoned by hand: two providers, one lot, no luck."""

from typing import Any

from markets.core.diversity import Simulation
from markets.core.diversity.figures import Figures
from markets.core.incentive_facts import Facts
from markets.core.markets import Entry, Lot, Market, Response, Selection
from markets.core.registers import FORMS, LegalForm, Provider, Register
from tests.factories.tariffs import small_document


def provider(name: str = "one", **given: Any) -> Provider:
    """Write a charity with an income of a million, half of it in reserve, that serves group a in area X."""
    usual = {"legal_form": LegalForm.CHARITY, "income": 1e6, "expenditure": 1e6, "free_reserves": 5e5, "quality": 0.5}
    usual |= {"groups": ("a",), "areas": ("X",), "year_registered": 2000}
    return Provider(id=name, **{**usual, **given})


def lot(**given: Any) -> Lot:
    """Write a lot of £100,000 a year for three years, for group a in area X."""
    return Lot(**{"id": "n", "annual_value": 1e5, "months": 36, "groups": ("a",), "areas": ("X",), **given})


def market(*lots: Lot, **given: Any) -> Market:
    """Write a market in which every able provider bids, the better wins, and nobody arrives, for one round."""
    usual = {"selection": Selection(quality_weight=1.0, price_weight=0.0, quality_noise=0.0), "entry": Entry(0.0)}
    usual |= {"response": Response(base=100.0), "rounds": 1, "years_per_round": 2.0, "first_year": 2020.0}
    return Market(lots or (lot(),), **{**usual, **given})


def facts(**given: Any) -> tuple[Facts, ...]:
    """Write facts by which a contract needs half its value, may lose a fifth, and brings nothing either way."""
    usual = {"archetype": "one", "annual_payments": 1e6, "capital": 0.5, "loss": 0.2, "margin_mean": 0.0}
    usual |= {"margin_deviation": 0.0, "loss_probability": 0.0, "parked_share": 0.0, "people": 0.001}
    return (Facts(**{**usual, **given}),) * len(FORMS)


def drawn(market: Market, *providers: Provider, facts: tuple[Facts, ...] = facts(), draws: int = 1) -> Figures:
    """Draw a few futures."""
    return Simulation(market, facts, Register.of(providers, 1)).block(draws, 1, 0)


def market_document(**market: Any) -> dict[str, Any]:
    """Write a small programme with a market of two lots and two designs."""
    section = {
        "lots": [
            {"id": "n", "annual_value": 60_000, "months": 36, "groups": ["a"], "areas": ["X"], "count": 2},
            {"id": "s", "annual_value": 40_000, "groups": ["a", "b"], "areas": ["Y"]},
        ],
        "rounds": 2,
        "designs": [
            {"id": "drafted", "name": "As drafted", "changes": {}},
            {"id": "small", "name": "Smaller lots", "changes": {"market.lots.0.annual_value": 10_000}},
        ],
    }
    return small_document() | {"market": {**section, **market}}
