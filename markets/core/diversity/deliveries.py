"""What a round brings those who hold a contract, and who leaves or arrives at its end."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array
from markets.core.chances import Chance, normals, uniform
from markets.core.incentive_facts import Facts
from markets.core.parameters import PARAMETERS
from markets.core.registers import Bools

from .lettings import Letting
from .states import State


@dataclass(frozen=True, slots=True)
class Ending:
    """How a round ended; axes provider, draw. `people` are those on the books of a provider that closed."""

    closed: Bools
    left: Bools
    people: Array


def deliver(state: State, letting: Letting, facts: tuple[Facts, ...], chance: Chance) -> tuple[Bools, Array]:
    """Move reserves by what contracts brought, and close whoever has less than nothing.

    Returns
    -------
    who closed, and the people on the books of each, axes provider, draw.

    Notes
    -----
    The shared shock is one number a round; a provider's own shock is one number a round for all that it holds. People
    on the books are those referred to what the provider holds during the round.
    """
    who, draws = np.nonzero(letting.exposure)
    form = state.form[who]
    mean, deviation = (np.array([getattr(fact, name) for fact in facts])[form] for name in _MARGIN)
    shared = normals(chance.at("round", letting.number))[0][draws]
    own = normals(chance.some(chance.at("own", letting.number), state.keys[who], draws))[0]
    luck = PARAMETERS.shared_luck * shared + PARAMETERS.own_luck * own
    slope = PARAMETERS.quality_slope * (state.quality[who, draws] - PARAMETERS.quality_middle)
    state.reserves[who, draws] += letting.exposure[who, draws] * (mean + slope + deviation * luck)
    closed = state.is_here & (state.reserves < 0)
    people = np.zeros(closed.shape)
    who, draws = np.nonzero(closed)
    people[who, draws] = np.array([fact.people for fact in facts])[state.form[who]] * letting.served[who, draws]
    state.is_here &= ~closed
    return closed, people


_MARGIN = ("margin_mean", "margin_deviation")


def drift(state: State, letting: Letting, chance: Chance) -> Bools:
    """Count idle rounds, give winners experience, and let those leave who have nothing to stay for.

    Returns
    -------
    who left, axes provider, draw.

    Notes
    -----
    A parcel is a contract here: whoever holds one gains experience, and an entrant stays for it.
    """
    holds = letting.value > 0
    state.idle = np.where(holds, 0, state.idle + state.is_here.view(np.int8)).astype(np.int8)
    state.experience |= holds
    state.has_won |= holds
    left = state.is_here & ~state.has_won & (state.idle >= np.where(state.in_a_hurry, 1, PARAMETERS.patience))
    who, draws = np.nonzero(state.is_here & state.has_won & (state.idle >= PARAMETERS.patience))
    drawn = uniform(chance.some(chance.at("leaving", letting.number), state.keys[who], draws))
    left[who, draws] = drawn < PARAMETERS.leaving_least + PARAMETERS.leaving_slope * state.reliance[who]
    state.is_here &= ~left
    return left


def arrive(state: State, number: int) -> None:
    """Let those in who arrive at the end of a round."""
    places = np.flatnonzero(state.entrants.after == number)
    state.is_here[places + state.registered] = state.entrants.arrives[places]
