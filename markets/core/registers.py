"""The provider register: who could deliver, with what money, and what is not known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from commissioning.core.units import Array, Pounds, Share

from .chances import Words, fixed_normals, keys_of
from .parameters import PARAMETERS

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
SmallInts = NDArray[np.int8]


class LegalForm(StrEnum):
    """What a provider is in law."""

    CHARITY = "charity"
    CIC = "cic"
    COMPANY = "company"
    PUBLIC_BODY = "public_body"
    MUTUAL = "mutual"


FORMS = tuple(LegalForm)
#: Providers with a mission beside the money; also who counts as voluntary sector.
MISSION = (LegalForm.CHARITY, LegalForm.CIC, LegalForm.MUTUAL)


class SizeBand(StrEnum):
    """Annual income by the bands of the NCVO Almanac."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    MAJOR = "major"
    SUPER_MAJOR = "super_major"


BANDS = tuple(SizeBand)
#: Income at which each band but the lowest begins, £.
BAND_FROM = (1e4, 1e5, 1e6, 1e7, 1e8)


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of a register; what is None is not known."""

    id: str
    legal_form: LegalForm
    income: Pounds
    name: str = ""
    expenditure: Pounds | None = None
    free_reserves: Pounds | None = None
    year_registered: int | None = None
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    quality: Share | None = None
    appetite: Share | None = None
    outcomes_experience: bool = False
    market_income_share: Share = 0.0


#: What the model takes a default for where it is not known.
WITH_DEFAULTS = ("free_reserves", "expenditure", "appetite", "quality", "year_registered")


@dataclass(frozen=True, slots=True)
class Register:
    """Providers in the order of their ids, as arrays; axis provider.

    Notes
    -----
    Where expenditure is not known, or is nothing, income stands in for it. NaN is what is not known, in `reserves`
    (£) and `year`. A provider that names no group or no area serves none that a lot asks for.
    """

    providers: tuple[Provider, ...]
    keys: Words
    form: Ints
    income: Array
    expenditure: Array
    reserves: Array
    year: Array
    appetite: Array
    quality: Array
    experience: Bools
    market_income_share: Array

    @classmethod
    def of(cls, providers: Sequence[Provider], seed: int) -> "Register":
        """Put providers into arrays; unknown quality is drawn once, the same for a provider in every draw."""
        rows = tuple(sorted(providers, key=lambda provider: provider.id))
        keys = keys_of(row.id for row in rows)
        income = np.array([row.income for row in rows], dtype=float)
        return cls(
            providers=rows,
            keys=keys,
            form=np.array([FORMS.index(row.legal_form) for row in rows], dtype=np.intp),
            income=income,
            expenditure=np.array([row.expenditure or row.income for row in rows], dtype=float),
            reserves=_known([row.free_reserves for row in rows]),
            year=_known([row.year_registered for row in rows]),
            appetite=np.array([default_appetite(row) for row in rows], dtype=float),
            quality=_qualities(rows, keys, seed),
            experience=np.array([row.outcomes_experience for row in rows], dtype=bool),
            market_income_share=np.array([row.market_income_share for row in rows], dtype=float),
        )

    def __len__(self) -> int:
        """Count the providers."""
        return len(self.providers)


def band_of(income: Array) -> Ints:
    """Place of the size band of each income; same shape."""
    return np.searchsorted(BAND_FROM, income, side="right")


def default_appetite(provider: Provider) -> Share:
    """Give the share of free reserves that a provider puts at risk: its own answer, else its legal form's default."""
    if provider.appetite is not None:
        return provider.appetite
    return float(getattr(PARAMETERS, f"appetite_{provider.legal_form.value}"))


def quality_from(normal: Array) -> Array:
    """Turn standard Normals into qualities, held between 0 and 1; same shape."""
    return np.clip(PARAMETERS.quality_middle + PARAMETERS.quality_spread * normal, 0.0, 1.0)


def _qualities(rows: Sequence[Provider], keys: Words, seed: int) -> Array:
    own = _known([row.quality for row in rows])
    return np.where(np.isnan(own), quality_from(fixed_normals(seed, "quality", keys)), own)


def _known(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
