"""The diversity simulation written a second time, one provider after another, from the specification alone.

Only the random numbers are the engine's own, asked for one by one; the reckoning shares nothing with it.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from markets.core.chances import Chance, keys_of, normals, uniform
from markets.core.incentive_facts import Facts
from markets.core.markets import Lot, Market
from markets.core.registers import Provider

from .market_firms import APPETITE, BANDS, FORMS, MISSION, Firm, band, one_of, published, serves


@dataclass
class Future:
    """One draw of a design: `told` holds one dictionary of figures for each round."""

    market: Market
    facts: tuple[Facts, ...]
    chance: Chance
    draw: int
    firms: list[Firm] = field(default_factory=list)
    told: list[dict[str, float]] = field(default_factory=list)

    def word(self, source: str, moment: int, lot: int, key: Any) -> Any:
        return self.chance.some(self.chance.at(source, moment, lot), np.array([key]), np.array([self.draw]))

    def chance_of(self, source: str, moment: int, lot: int, key: Any) -> float:
        return float(uniform(self.word(source, moment, lot, key))[0])

    def normal(self, source: str, moment: int, lot: int, key: Any) -> tuple[float, float]:
        first, second = normals(self.word(source, moment, lot, key))
        return float(first[0]), float(second[0])

    def fact(self, firm: Firm) -> Facts:
        return self.facts[FORMS.index(firm.form)]

    def open(self, providers: list[Provider], qualities: dict[str, float]) -> None:
        """Put the register into the market, unknown reserves after somebody of the same size."""
        for row in providers:
            key, spends = keys_of([row.id])[0], row.expenditure or row.income
            reserves = row.free_reserves
            if reserves is None:
                alike = [
                    one.free_reserves / (one.expenditure or one.income) * 12
                    for one in providers
                    if one.free_reserves is not None and band(one.income) == band(row.income) and one.income > 0
                ]
                luck = self.chance_of("reserves", 0, 0, key)
                months = sorted(alike)[int(luck * len(alike))] if alike else published(luck)
                reserves = months * spends / 12
            self.firms.append(
                Firm(
                    key=key,
                    form=row.legal_form.value,
                    income=row.income,
                    reserves=reserves,
                    quality=qualities[row.id] if row.quality is None else row.quality,
                    appetite=APPETITE[row.legal_form.value] if row.appetite is None else row.appetite,
                    groups=row.groups,
                    areas=row.areas,
                    year=row.year_registered,
                    experienced=row.outcomes_experience,
                    reliance=row.market_income_share,
                    won=True,
                )
            )

    def round(self, number: int) -> None:
        """Let, deliver, drift and take in whoever arrives."""
        for firm in self.firms:
            firm.free, firm.committed, firm.value, firm.margin_on, firm.on_books = firm.income, 0.0, 0.0, 0.0, 0.0
            firm.furthest, firm.has_bid = 0, False
        told: dict[str, float] = {"providers": len(self.firms), "unlet_lots": 0}
        contracts = [(1000 * at + copy, lot) for at, lot in enumerate(self.market.lots) for copy in range(lot.count)]
        bidders = []
        winners = [self.award(number, place, lot, bidders) for place, lot in contracts]
        for lot in self.market.lots:
            mine = [number for number, (_, other) in enumerate(contracts) if other is lot]
            told[f"able_by_lot.{lot.id}"] = sum(bidders[number][0] for number in mine) / lot.count
            told[f"bidders_by_lot.{lot.id}"] = sum(bidders[number][1] for number in mine) / lot.count
            told[f"unlet_by_lot.{lot.id}"] = sum(winners[number] is None for number in mine)
        told["unlet_lots"], told["bidders_per_lot"] = winners.count(None), sum(bid for _, bid in bidders) / len(bidders)
        for (place, lot), prime in zip(contracts, winners, strict=True):
            if prime is not None:
                self.pass_on(number, place, lot, prime)
        for place, reason in enumerate(("groups", "area", "years", "turnover", "capital", "loss")):
            told[f"excluded.{reason}"] = sum(firm.furthest == place for firm in self.firms)
        self.count(told, "able", [firm for firm in self.firms if firm.furthest == 6])
        self.count(told, "bidding", [firm for firm in self.firms if firm.has_bid])
        self.holdings(told)
        told["arrivals"] = self.end(number, told)
        self.told.append(told)

    def passed(self, firm: Firm, lot: Lot, value: float, risk: float, number: int) -> int:
        """How many tests a provider passes before it fails one."""
        market, fact = self.market, self.fact(firm)
        some = market.supply_chain.share > 0
        need, means = fact.capital * value * risk, firm.appetite * firm.reserves
        own = means - firm.committed
        gap = max(0.0, need - own)
        finance = market.social_finance
        borrowed = finance.gap_share * gap if finance.weeks_to_bid >= finance.weeks_needed else 0.0
        tests = [
            serves(firm.groups, lot.groups, some),
            serves(firm.areas, lot.areas, some),
            self.old_enough(firm, number),
            firm.free >= market.selection.turnover_multiple * value,
            gap - borrowed <= 0,
            fact.loss * value * risk <= means,
        ]
        return tests.index(False) if False in tests else 6

    def old_enough(self, firm: Firm, number: int) -> bool:
        market = self.market
        if market.selection.min_years == 0 or (firm.year is None and firm.entered is None):
            return True
        if firm.entered is not None:
            return (number - 1 - firm.entered) * market.years_per_round >= market.selection.min_years
        return market.first_year + number * market.years_per_round - firm.year >= market.selection.min_years

    def award(self, number: int, place: int, lot: Lot, bidders: list[tuple[int, int]]) -> Firm | None:
        selection, best, winner, able, count = self.market.selection, -math.inf, None, 0, 0
        for firm in self.firms:
            passed = self.passed(firm, lot, lot.annual_value, 1.0, number)
            firm.furthest = max(firm.furthest, passed)
            able += passed == 6
            if passed < 6 or self.chance_of("bid", number, place, firm.key) >= self.willing(firm):
                continue
            firm.has_bid, count = True, count + 1
            luck, offer = self.normal("score", number, place, firm.key)
            quality = firm.quality + selection.quality_noise * luck
            score = selection.quality_weight * quality + selection.price_weight * (0.5 + 0.15 * offer)
            if score > best:
                best, winner = score, firm
        bidders.append((able, count))
        if winner is not None:
            self.commit(winner, lot.annual_value, 1.0)
        return winner

    def willing(self, firm: Firm) -> float:
        response, fact = self.market.response, self.fact(firm)
        odds = response.base + response.experience * firm.experienced - response.loss * fact.loss_probability
        if firm.form in MISSION:
            odds -= response.parked * fact.parked_share
        chance = 1 / (1 + math.exp(-odds))
        return max(chance, response.resignation) if firm.reliance > 0.5 else chance

    def commit(self, firm: Firm, value: float, risk: float) -> None:
        firm.free -= self.market.selection.turnover_multiple * value
        firm.committed += self.fact(firm).capital * value * risk

    def pass_on(self, number: int, place: int, lot: Lot, prime: Firm) -> None:
        """Draw subcontractors one after another, each by the least waiting time over quality of those left."""
        chain = self.market.supply_chain
        parcel, kept = chain.parcel_share * lot.annual_value, lot.annual_value
        risk, waiting = chain.risk_pass_through * (1 - chain.grant_share), []
        for firm in self.firms:
            if firm is not prime and firm.quality > 0 and self.passed(firm, lot, parcel, risk, number) == 6:
                luck = self.chance_of("parcel", number, place, firm.key)
                waiting.append((-math.log(luck) / firm.quality, firm))
        for _, firm in sorted(waiting, key=lambda pair: pair[0])[: round(chain.share / chain.parcel_share)]:
            self.commit(firm, parcel, risk)
            self.hold(firm, lot, parcel, chain.risk_pass_through)
            kept -= parcel
        self.hold(prime, lot, kept, 1.0)

    def hold(self, firm: Firm, lot: Lot, value: float, risk: float) -> None:
        years = min(self.market.years_per_round, lot.months / 12)
        firm.value += value
        firm.margin_on += value * years * risk
        firm.on_books += value * years

    def holdings(self, told: dict[str, float]) -> None:
        held = [firm for firm in self.firms if firm.value > 0]
        total = sum(firm.value for firm in held)
        shares = [firm.value / total for firm in held]
        known = bool(held)
        squares = sum(share * share for share in shares)
        entropy = -sum(share * math.log(share) for share in shares)

        def part(chosen: Any) -> float:
            return sum(firm.value for firm in held if chosen(firm)) / total if known else math.nan

        told["hhi"] = 10_000 * squares if known else math.nan
        told["effective_providers.order_0"] = len(held) if known else math.nan
        told["effective_providers.order_1"] = math.exp(entropy) if known else math.nan
        told["effective_providers.order_2"] = 1 / squares if known else math.nan
        told["voluntary_sector_share"] = part(lambda firm: firm.form in MISSION)
        told["small_and_medium_share"] = part(lambda firm: band(firm.income) in ("small", "medium"))
        told["new_entrant_share"] = part(lambda firm: firm.entered is not None)

    def end(self, number: int, told: dict[str, float]) -> int:
        """Deliver and drift; give how many arrive."""
        shared = float(normals(self.chance.at("round", number))[0][self.draw])
        closed, left, stay, people = 0, 0, [], 0.0
        for firm in self.firms:
            if firm.value > 0:
                fact = self.fact(firm)
                own = self.normal("own", number, 0, firm.key)[0]
                rate = fact.margin_mean + 0.2 * (firm.quality - 0.5)
                rate += fact.margin_deviation * (0.7 * shared + 0.714 * own)
                firm.reserves += firm.margin_on * rate
                firm.experienced, firm.won = True, True
            firm.idle = 0 if firm.value > 0 else firm.idle + 1
            if firm.reserves < 0:
                closed, people = closed + 1, people + fact.people * firm.on_books
            elif self.leaves(firm, number):
                left += 1
            else:
                stay.append(firm)
        self.firms = stay
        told |= {"closures": closed, "exits": left, "people_whose_provider_closed": people}
        self.count(told, "providers_left", stay)
        told["small_providers_left"] = sum(firm.income < 1e6 for firm in stay)
        told["reserves_left"] = sum(firm.reserves for firm in stay)
        for kind, names in (("group", self.market.groups), ("area", self.market.areas)):
            serving = {name: sum(name in getattr(firm, f"{kind}s") for firm in stay) for name in names}
            told |= {f"providers_left_by_{kind}.{name}": count for name, count in serving.items()}
            told[f"{kind}s_covered"] = sum(count > 0 for count in serving.values())
        return self.arrive(number)

    def leaves(self, firm: Firm, number: int) -> bool:
        if not firm.won:
            return firm.idle >= (1 if firm.weak and not self.market.entry.innovation_grant else 2)
        return firm.idle >= 2 and self.chance_of("leaving", number, 0, firm.key) < 0.1 + 0.5 * firm.reliance

    def arrive(self, number: int) -> int:
        """Take in the Poisson number that the round's chance gives, by adding up its probabilities."""
        luck, count, expected = (
            float(uniform(self.chance.at("arrivals", number))[self.draw]),
            0,
            self.market.entry.per_round,
        )
        term = total = math.exp(-expected)
        while total < luck:
            count += 1
            term *= expected / count
            total += term
        for place in range(count):
            key = keys_of([f"\0entrant {number} {place}"])[0]
            income = 150_000 * math.exp(self.normal("entrant income", 0, 0, key)[0])
            months = published(self.chance_of("entrant reserves", 0, 0, key))
            quality = min(1.0, max(0.0, 0.5 + 0.15 * self.normal("entrant quality", 0, 0, key)[0]))
            self.firms.append(
                Firm(
                    key=key,
                    form="charity",
                    income=income,
                    reserves=months * income / 12,
                    quality=quality,
                    appetite=0.25,
                    groups=one_of(self.market.groups, self.chance_of("entrant group", 0, 0, key)),
                    areas=one_of(self.market.areas, self.chance_of("entrant area", 0, 0, key)),
                    year=None,
                    entered=number,
                    weak=months < 3,
                )
            )
        return count

    def count(self, told: dict[str, float], name: str, firms: list[Firm]) -> None:
        told[name] = len(firms)
        told |= {f"{name}_by_size_band.{one}": sum(band(firm.income) == one for firm in firms) for one, _ in BANDS}
        told |= {f"{name}_by_legal_form.{form}": sum(firm.form == form for firm in firms) for form in FORMS}
