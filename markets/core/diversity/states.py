"""Everybody in one block of draws, the register first and then those who may arrive, and how they stand."""

import numpy as np

from markets.core.chances import Chance
from markets.core.markets import Market
from markets.core.parameters import PARAMETERS
from markets.core.registers import FORMS, Bools, LegalForm, Register
from markets.core.reserves import opening_reserves

from .entrants import Entrants


class State:
    """How everybody stands; axes provider, draw for what luck changes, provider for the rest.

    `reserves`, `income` are £; `idle` counts rounds without a contract running; `has_won` is whether a provider
    needs no first contract to stay: those of the register, and entrants that had one.
    """

    def __init__(self, market: Market, register: Register, chance: Chance, entrants: Entrants) -> None:
        draws, places = len(chance.draws), len(entrants.keys)
        self.registered, self.entrants = len(register), entrants
        self.keys = np.concatenate([register.keys, entrants.keys])
        charity = np.full(places, FORMS.index(LegalForm.CHARITY))
        self.form = np.concatenate([register.form, charity])
        self.appetite = np.concatenate([register.appetite, np.full(places, PARAMETERS.appetite_charity)])
        self.reliance = np.concatenate([register.market_income_share, np.zeros(places)])
        self.income = np.concatenate([np.repeat(register.income[:, None], draws, axis=1), entrants.income])
        self.quality = np.concatenate([np.repeat(register.quality[:, None], draws, axis=1), entrants.quality])
        self.reserves = np.concatenate([opening_reserves(register, chance), entrants.reserves])
        everyone, nobody = np.ones((len(register), draws), dtype=bool), np.zeros((places, draws), dtype=bool)
        self.is_here = np.concatenate([everyone, nobody])
        self.has_won = self.is_here.copy()
        self.experience = np.concatenate([np.repeat(register.experience[:, None], draws, axis=1), nobody])
        self.idle = np.zeros(self.is_here.shape, dtype=np.int8)
        self.in_a_hurry = self._in_a_hurry(market)

    def _in_a_hurry(self, market: Market) -> Bools:
        """Tell which entrants cannot wait a second round for a first contract, with no grant and little in reserve."""
        return (self.entrants.months < PARAMETERS.entrant_months) & (not market.entry.innovation_grant)
