"""A made-up register, where nobody gives a real one: drawn from published distributions, and always labelled."""

from collections.abc import Sequence

import numpy as np

from commissioning.core.units import Array

from .parameters import PARAMETERS
from .registers import BAND_FROM, FORMS, Ints, Provider
from .reserves import published_months

_TOP = 1e9


def made_up(groups: Sequence[str], areas: Sequence[str], year: int, rng: np.random.Generator) -> tuple[Provider, ...]:
    """Make up a register for a market of so many groups and areas, as it would stand in a year.

    Notes
    -----
    Within a size band incomes are spread evenly by logarithms, and expenditure equals income (assumptions). Small
    providers' free reserves are not known, as in the public registers.
    """
    count = PARAMETERS.made_up_providers
    income = _incomes(rng.choice(len(PARAMETERS.band_shares), count, p=PARAMETERS.band_shares), rng)
    form = rng.choice(len(FORMS), count, p=PARAMETERS.form_shares)
    reserves = published_months(rng.random(count)) * income / 12
    age = rng.integers(0, PARAMETERS.made_up_oldest, count)
    experienced = rng.random(count) < PARAMETERS.made_up_experienced
    return tuple(
        Provider(
            id=f"made-up-{number + 1:04}",
            name=f"Made-up provider {number + 1}",
            legal_form=FORMS[form[number]],
            income=float(income[number]),
            expenditure=float(income[number]),
            free_reserves=float(reserves[number]) if income[number] >= PARAMETERS.published_from else None,
            year_registered=year - int(age[number]),
            groups=_some(groups, rng),
            areas=_some(areas, rng),
            outcomes_experience=bool(experienced[number]),
        )
        for number in range(count)
    )


def _incomes(band: Ints, rng: np.random.Generator) -> Array:
    edges = np.log([PARAMETERS.made_up_least_income, *BAND_FROM, _TOP])
    return np.round(np.exp(edges[band] + rng.random(len(band)) * (edges[band + 1] - edges[band])))


def _some(names: Sequence[str], rng: np.random.Generator) -> tuple[str, ...]:
    """Choose some of the names, and one at least."""
    if not names:
        return ()
    chosen = rng.random(len(names)) < PARAMETERS.made_up_serves
    chosen[rng.integers(len(names))] = True
    return tuple(name for name, is_chosen in zip(names, chosen, strict=True) if is_chosen)
