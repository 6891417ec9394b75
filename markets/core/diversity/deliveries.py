"""What a round brings those who hold a contract, and who leaves or arrives at its end."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array
from markets.core.chances import Chance, normals, uniform
from markets.core.incentive_facts import Facts
from markets.core.parameters import PARAMETERS

from .lettings import Letting, places_in
from .states import State


@dataclass(frozen=True, slots=True)
class Ending:
    """How a round ended, counted by draw; `people` are those on the books of providers that closed."""

    closed: Array
    left: Array
    people: Array


def deliver(state: State, letting: Letting, facts: tuple[Facts, ...], chance: Chance) -> tuple[Array, Array]:
    """Move reserves by what contracts brought, and close whoever has less than nothing.

    Returns
    -------
    how many closed, and the people on their books; axis draw.

    Notes
    -----
    The shared shock is one number a round; a provider's own shock is one number a round for all that it holds. People
    on the books are those referred to what the provider holds during the round.
    """
    who, draws = letting.holders
    form = state.form[who]
    mean, deviation = (np.array([getattr(fact, name) for fact in facts])[form] for name in _MARGIN)
    shared = normals(chance.at("round", letting.number))[0][draws]
    own = normals(chance.some(chance.at("own", letting.number), state.keys[who], draws))[0]
    luck = PARAMETERS.shared_luck * shared + PARAMETERS.own_luck * own
    slope = PARAMETERS.quality_slope * (state.quality[who, draws] - PARAMETERS.quality_middle)
    state.reserves[who, draws] += letting.exposure[who, draws] * (mean + slope + deviation * luck)
    closed = state.reserves[who, draws] < 0
    who, draws = who[closed], draws[closed]
    state.is_here[who, draws] = False
    people = np.array([fact.people for fact in facts])[state.form[who]] * letting.served[who, draws]
    count = len(chance.draws)
    return np.bincount(draws, minlength=count).astype(float), np.bincount(draws, people, count).astype(float)


_MARGIN = ("margin_mean", "margin_deviation")


def drift(state: State, letting: Letting, chance: Chance) -> Array:
    """Count idle rounds, give winners experience, and let those leave who have nothing to stay for.

    Returns
    -------
    how many left; axis draw.

    Notes
    -----
    A parcel is a contract here: whoever holds one gains experience, and an entrant stays for it.
    """
    state.idle += state.is_here.view(np.int8)
    for known, now in ((state.idle, 0), (state.experience, True), (state.has_won, True)):
        known[letting.holders] = now
    who, draws = places_in(state.is_here & (state.idle >= PARAMETERS.patience))
    settled = state.has_won[who, draws]
    who, draws = who[settled], draws[settled]
    drawn = uniform(chance.some(chance.at("leaving", letting.number), state.keys[who], draws))
    leaving = drawn < PARAMETERS.leaving_least + PARAMETERS.leaving_slope * state.reliance[who]
    state.is_here[who[leaving], draws[leaving]] = False
    return np.bincount(draws[leaving], minlength=len(chance.draws)) + _entrants_leave(state)


def _entrants_leave(state: State) -> Array:
    """Let those entrants leave that waited long enough for a first contract; give how many, axis draw."""
    new = slice(state.registered, None)
    tired = state.idle[new] >= np.where(state.in_a_hurry, 1, PARAMETERS.patience)
    left = state.is_here[new] & ~state.has_won[new] & tired
    state.is_here[new] &= ~left
    return left.sum(0)


def arrive(state: State, number: int) -> None:
    """Let those in who arrive at the end of a round."""
    places = np.flatnonzero(state.entrants.after == number)
    state.is_here[places + state.registered] = state.entrants.arrives[places]
