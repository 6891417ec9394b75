"""Who could carry a contract under its terms: the funnel with every reason, and money against the need for it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from commissioning.core.units import Array, Share

from .chances import Chance
from .concentration import concentration
from .diversity.abilities import ABLE, REASONS, Reason
from .diversity.entrants import entrants_of
from .diversity.lettings import Letting, Terms
from .diversity.reports import spread
from .diversity.states import State
from .incentive_facts import Facts
from .markets import Market
from .registers import BANDS, FORMS, Bools, Register, band_of

#: Names the figures: raised whenever the same inputs and seed give other figures.
ENGINE = "pbr-capacity-engine/1"
BLOCK_DRAWS = 64
_MONTHS = 12.0
_HALF = 0.5
#: Tests passed by who serves the groups and the area, whatever the terms.
_SERVES = REASONS.index(Reason.AREA) + 1
#: Counts by draw: `furthest` by tests passed and size band, `bidding` by size band, `carry` by lot and size band,
#: `kinds` of who serves and of who is able, by size band and legal form; and `able`, whether each provider is.
Counts = dict[str, Array]
Document = dict[str, Any]


class Capacity:
    """A market before its first letting, ready to be looked at under its terms."""

    def __init__(self, market: Market, facts: tuple[Facts, ...], register: Register) -> None:
        if not market.lots:
            raise ValueError("A market without lots lets nothing")
        self.market = replace(market, rounds=1, entry=replace(market.entry, per_round=0.0))
        self.facts, self.register = facts, register
        self.terms, self.band = Terms(self.market, facts, register), band_of(register.income)
        self.kind = self.band * len(FORMS) + register.form

    def block(self, draws: int, seed: int, index: int) -> Counts:
        """Count one block of draws, in which unknown reserves and decisions to bid differ."""
        chance = Chance(seed, index, min(BLOCK_DRAWS, draws - BLOCK_DRAWS * index))
        state = State(self.market, self.register, chance, entrants_of(self.market, chance))
        letting = Letting(self.terms, state, chance, 0)
        letting.run()
        means = state.appetite[:, None] * state.reserves
        return {
            "furthest": np.array([self._by_band(letting.furthest == stage) for stage in range(ABLE + 1)]),
            "bidding": self._by_band(letting.bid),
            "able": (letting.furthest == ABLE)[: len(self.register)],
            "kinds": np.array([self._by_kind(letting.furthest >= stage) for stage in (_SERVES, ABLE)]),
            "carry": np.array(
                [self._by_band(means >= demand.capital[state.form][:, None]) for _, demand, _ in self.terms.demands]
            ),
        }

    def _by_band(self, chosen: Bools) -> Array:
        """Count by size band; axes provider, draw in, band, draw out."""
        return np.array([chosen[self.band == number].sum(0) for number in range(len(BANDS))], dtype=float)

    def _by_kind(self, chosen: Bools) -> Array:
        """Count by size band and legal form together; axes provider, draw in, kind, draw out."""
        return np.array([chosen[self.kind == kind].sum(0) for kind in range(len(BANDS) * len(FORMS))], dtype=float)

    def document(self, counts: Counts, government: Mapping[str, Share], held: Sequence[float]) -> Document:
        """Report everything.

        Parameters
        ----------
        counts : all blocks, joined.
        government : share of income that comes from government, by provider id, where it is known.
        held : value of contracts by holder, £, as far as published.
        """
        found = concentration(held)
        return {
            "engine": ENGINE,
            "providers": len(self.register),
            "funnel": self._funnel(counts),
            "by_size": [self._of_band(number, counts, government) for number in range(len(BANDS))],
            "lots": [self._of_lot(number, counts) for number in range(len(self.market.lots))],
            "concentration": None
            if found is None
            else {"hhi": found.hhi, "order_0": found.order_0, "order_1": found.order_1, "order_2": found.order_2}
            | {"reading": found.reading},
            "variety": self._variety(counts),
            "contracts": len(self.market.contracts),
            "able_income": self._able_income(counts),
        }

    def _funnel(self, counts: Counts) -> list[Document]:
        """Tell at each step how many are left, and how many fell at it."""
        fallen = counts["furthest"].sum(1)
        left = len(self.register) - np.cumsum(fallen, axis=0)
        steps = [
            {"reason": reason.value, "fallen": spread(fallen[stage]), "left": spread(left[stage])}
            for stage, reason in enumerate(REASONS)
        ]
        return [*steps, {"reason": "unwilling", **self._unwilling(counts)}]

    def _unwilling(self, counts: Counts) -> Document:
        able, bidding = counts["furthest"][ABLE].sum(0), counts["bidding"].sum(0)
        return {"fallen": spread(able - bidding), "left": spread(bidding)}

    def _of_band(self, number: int, counts: Counts, government: Mapping[str, Share]) -> Document:
        chosen = self.band == number
        shares = [
            government[row.id]
            for row, is_chosen in zip(self.register.providers, chosen, strict=True)
            if is_chosen and row.id in government
        ]
        return {
            "band": BANDS[number].value,
            "providers": int(chosen.sum()),
            "able": spread(counts["furthest"][ABLE, number]),
            "bidding": spread(counts["bidding"][number]),
            "reasons": {
                reason.value: float(counts["furthest"][stage, number].mean()) for stage, reason in enumerate(REASONS)
            },
            "reserves": self._reserves(chosen),
            "government": _government(shares),
        }

    def _reserves(self, chosen: Bools) -> Document:
        """Tell the free reserves of a band in months of spending, of those that are known."""
        known = chosen & ~np.isnan(self.register.reserves) & (self.register.expenditure > 0)
        months = self.register.reserves[known] / self.register.expenditure[known] * _MONTHS
        unknown = int((chosen & np.isnan(self.register.reserves)).sum())
        if not len(months):
            return {"known": 0, "unknown": unknown, "p10": None, "p50": None, "p90": None}
        low, middle, high = np.quantile(months, [0.1, 0.5, 0.9], method="inverted_cdf")
        return {"known": len(months), "unknown": unknown, "p10": float(low), "p50": float(middle), "p90": float(high)}

    def _of_lot(self, number: int, counts: Counts) -> Document:
        """Tell what a lot asks of each legal form, and what share of each band can carry it."""
        lot, demand, _ = self.terms.demands[number]
        sizes = np.bincount(self.band, minlength=len(BANDS))
        return {
            "lot": lot.id,
            "name": lot.name or lot.id,
            "turnover": demand.turnover,
            "capital": {form.value: _finite(demand.capital[place]) for place, form in enumerate(FORMS)},
            "carry": {
                band.value: float(counts["carry"][number, place].mean() / sizes[place]) if sizes[place] else None
                for place, band in enumerate(BANDS)
            },
        }

    def _able_income(self, counts: Counts) -> Document:
        """Give the middle income, £ a year, of the providers of each legal form that are able in most draws."""
        able = counts["able"].mean(-1) > _HALF
        incomes = {form: self.register.income[able & (self.register.form == place)] for place, form in enumerate(FORMS)}
        return {
            form.value: float(np.quantile(each, 0.5, method="inverted_cdf")) if len(each) else None
            for form, each in incomes.items()
        }

    def _variety(self, counts: Counts) -> Document:
        """Give the effective number of kinds of provider before and after the terms (rule F9).

        Notes
        -----
        A kind is a size band and a legal form. Before: all that serve the groups and the area of a lot. After: all
        that pass the tests of its terms too. The effective number is the Hill number of order 1 of their counts.
        """
        before, after = (concentration(stage.mean(-1).tolist()) for stage in counts["kinds"])
        return {"before": before.order_1 if before else 0.0, "after": after.order_1 if after else 0.0}


def _government(shares: Sequence[Share]) -> Document:
    if not shares:
        return {"known": 0, "p50": None, "over_half": None}
    values = np.array(shares)
    middle = float(np.quantile(values, 0.5, method="inverted_cdf"))
    return {"known": len(shares), "p50": middle, "over_half": float((values > _HALF).mean())}


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def joined(blocks: Sequence[Counts]) -> Counts:
    """Put blocks, in the order of their numbers, behind one another."""
    return {name: np.concatenate([block[name] for block in blocks], axis=-1) for name in blocks[0]}


def pack(block: Counts) -> bytes:
    """Pack one block; the same counts give the same bytes."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **block)
    return file.getvalue()


def unpack(payload: bytes) -> Counts:
    """Undo `pack`."""
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
