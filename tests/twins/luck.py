"""What no provider controls in one draw: shocks on log-odds, and how many people are referred."""

import math
from dataclasses import dataclass
from random import Random

from tariffs.core.programmes import Programme

from .targets import PERSISTENCE


@dataclass
class Luck:
    """One draw's shocks, by month, and its level of referrals."""

    shock: list[float]
    volume: float


def draw_luck(programme: Programme, random: Random) -> Luck:
    given = programme.uncertainty
    common = random.gauss(0, given.outcome_shock)
    monthly = random.gauss(0, given.outcome_shock_monthly)
    first = int(programme.start[-2:]) - 1 if programme.start else 0  # the season's first figure is for January
    shock = []
    for month in range(programme.contract_months):
        if month:
            fresh = random.gauss(0, given.outcome_shock_monthly * math.sqrt(1 - PERSISTENCE**2))
            monthly = PERSISTENCE * monthly + fresh
        shock.append(common + monthly + given.season[(first + month) % 12])
    volume = math.exp(given.volume_spread * random.gauss(0, 1) - given.volume_spread**2 / 2)
    return Luck(shock, volume)


def poisson(mean: float, random: Random) -> int:
    """Count arrivals one by one until their waiting times fill the month."""
    count, waited = 0, random.expovariate(1.0)
    while waited < mean:
        count += 1
        waited += random.expovariate(1.0)
    return count
