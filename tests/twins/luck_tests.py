"""What luck does to a target, by adding up every number of outcomes with whole fractions."""

from fractions import Fraction
from math import comb

from tariffs.core.programmes import Target, TargetRule


def binomial(people: int, rate: Fraction) -> list[Fraction]:
    """Chance of each number of outcomes."""
    return [comb(people, count) * rate**count * (1 - rate) ** (people - count) for count in range(people + 1)]


def beta_binomial(people: int, rate: Fraction, spread: Fraction) -> list[Fraction]:
    """The same where one draw makes the next alike: an urn into which each ball goes back with one of its colour."""
    chances = [Fraction(1)]
    for drawn in range(people):
        following = [Fraction(0)] * (drawn + 2)
        for count, chance in enumerate(chances):
            hit = ((1 - spread) * rate + spread * count) / ((1 - spread) + spread * drawn)
            following[count + 1] += chance * hit
            following[count] += chance * (1 - hit)
        chances = following
    return chances


def payment(target: Target, people: int, count: int, price: Fraction) -> Fraction:
    """What a window pays for so many outcomes."""
    aim = Fraction(str(target.rate))
    if target.rule is TargetRule.BINARY:
        return price * count if Fraction(count, people) >= aim else Fraction(0)
    if target.rule is TargetRule.EXCESS:
        return price * max(Fraction(0), count - aim * people)
    start = Fraction(str(target.rate_from))
    share = (Fraction(count, people) - start) / (aim - start)
    return price * count * min(Fraction(1), max(Fraction(0), share))
