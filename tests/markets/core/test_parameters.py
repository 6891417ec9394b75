"""Every parameter is sourced, in its range, and used."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from markets.core.parameters import PARAMETERS, entries
from markets.core.registers import BANDS, FORMS


@pytest.mark.parametrize(("name", "entry"), entries().items())
def test_every_parameter_says_what_it_is_and_where_from(name: str, entry: dict[str, Any]) -> None:
    values = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]

    assert all(entry[key] for key in ("unit", "meaning", "source"))
    assert isinstance(entry["checked"], date)
    assert all(entry["range"][0] <= value <= entry["range"][1] for value in values)
    assert getattr(PARAMETERS, name) == entry["value"]


def test_distributions_are_whole_and_fit_their_kinds() -> None:
    assert (len(PARAMETERS.band_shares), len(PARAMETERS.form_shares)) == (len(BANDS), len(FORMS))
    assert sum(PARAMETERS.band_shares) == pytest.approx(1)
    assert sum(PARAMETERS.form_shares) == pytest.approx(1)
    assert (np.diff(PARAMETERS.reserves_shares) > 0).all()
    assert (np.diff(PARAMETERS.reserves_months) > 0).all()


def test_luck_has_the_spread_of_one_normal() -> None:
    assert PARAMETERS.shared_luck**2 + PARAMETERS.own_luck**2 == pytest.approx(1, abs=1e-3)
