"""Every suggestion that would cure a tariff, worked out part by part and put together at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from commissioning.core.units import Share
from tariffs.core import feasibility, incentives, luck
from tariffs.core.programmes import Programme, Target, TargetRule

from .bands import all_raised, band_price, overpaid, raised, split
from .changes import Change, NewBand, NewPrice, applied
from .earlier import Purse, moved_until_carried
from .effects import compared, tested
from .prices import Parking

Document = dict[str, Any]
#: Names the figures: raised whenever the same question and seed give other ones, as when the simulation's do.
ENGINE = f"pbr-repairs/1+{incentives.ENGINE.removeprefix('pbr-')}"
#: Shares of a target are kept to a hundredth of a point: a rate that nobody could measure more closely.
RATE_PLACES = 4


class Kind(StrEnum):
    """What a part of the search looks for."""

    AS_IT_IS = "as-it-is"  # the tariff itself, for all others to be set against
    PRICE = "price"  # a band's price raised
    SPLIT = "split"  # a shared band split
    TOGETHER = "together"  # all bands' prices raised at once
    EARLIER = "earlier"  # price moved to earlier payments
    SLIDING = "sliding"  # a sliding scale in place of a target


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: whom a tariff may park at most, and what kind of provider is looked at (its place in the file)."""

    programme: Programme
    number: int
    limit: Share

    @property
    def parking(self) -> Parking:
        """Give the provider's parking of the programme's groups."""
        return Parking(self.programme, self.programme.providers[self.number], self.limit)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the search; `band` is the price band that it is about, where it is about one."""

    kind: Kind
    band: str = ""


def parts(programme: Programme) -> tuple[Part, ...]:
    """List the parts of a search, which depend on the programme alone."""
    bands = list(dict.fromkeys(group.price_band for group in programme.groups))
    found = [Part(Kind.AS_IT_IS), *(Part(Kind.PRICE, band) for band in bands)]
    if len(bands) > 1:
        found.append(Part(Kind.TOGETHER))
    found.append(Part(Kind.EARLIER))
    if programme.tariff.target.rule in (TargetRule.BINARY, TargetRule.EXCESS):
        found.append(Part(Kind.SLIDING))
    return tuple(found)


def worked_out(question: Question, part: Part, draws: int, seed: int) -> list[Document]:
    """Work out one part: what it suggests, each suggestion tested on the same random numbers.

    Returns
    -------
    Plain JSON values. A part that finds nothing to change says so with an empty change and no test.
    """
    rows = _FINDERS[part.kind](question, part, draws, seed)
    for row in rows:
        change = change_of(row["change"])
        if change or part.kind is Kind.AS_IT_IS:
            row["test"] = tested(applied(question.programme, change), question.number, draws, seed)
    return rows


def _as_it_is(_question: Question, part: Part, _draws: int, _seed: int) -> list[Document]:
    return [{"kind": part.kind.value, "key": part.kind.value, "change": asdict(Change())}]


def _price(question: Question, part: Part, _draws: int, _seed: int) -> list[Document]:
    """Raise a band's price, and split the band where that costs less."""
    programme = question.programme
    needed = band_price(question.parking, part.band)
    place = [group.price_band for group in programme.groups].index(part.band)
    about = {"band": part.band, "price_now": needed.price_now, "price": needed.price}
    rows = [asdict(row) | {"is_needed": row.is_needed, "exceeds_worth": row.exceeds_worth} for row in needed.groups]
    found = [
        {"kind": Kind.PRICE.value, "key": f"price-{place}", "change": asdict(raised(programme, needed))}
        | about
        | {"groups": rows}
    ]
    if apart := split(programme, needed):
        cost = overpaid(programme, programme.providers[question.number], needed)
        saved = {"pounds": cost.pounds, "people": cost.people, "a_head": cost.a_head}
        found.append(
            {"kind": Kind.SPLIT.value, "key": f"split-{place}", "change": asdict(apart)} | about | {"overpaid": saved}
        )
    return found


def _together(question: Question, part: Part, _draws: int, _seed: int) -> list[Document]:
    settled = all_raised(question.parking)
    row = {"kind": part.kind.value, "key": part.kind.value, "change": asdict(settled.change)}
    return [row | {"rounds": settled.rounds, "is_settled": settled.is_settled}]


def _earlier(question: Question, part: Part, draws: int, seed: int) -> list[Document]:
    """Move money earlier, where the plans of a target with many groups do not take too long to make again and again."""
    if question.programme.tariff.target.rule is not TargetRule.NONE and question.parking.is_entangled:
        return [{"kind": part.kind.value, "key": part.kind.value, "change": asdict(Change()), "is_looked_for": False}]
    found = moved_until_carried(Purse(question.programme, question.number, draws, seed))
    row = {"kind": part.kind.value, "key": part.kind.value, "change": asdict(found.change)}
    about = {
        "is_looked_for": True,
        "milestone": found.milestone,
        "share": found.share,
        "fits": found.fits,
        "reserves": found.reserves,
    }
    return [row | about | {"trough_now": found.trough_now, "trough": found.trough}]


def _sliding(question: Question, part: Part, _draws: int, _seed: int) -> list[Document]:
    """Put a sliding scale in place of the target: that which the provider chosen would need."""
    subject = feasibility.Subject(question.programme, feasibility.Inputs())
    bet = feasibility.bets(subject).get(question.programme.providers[question.number].id)
    scale = luck.sliding_scale(bet) if bet else None
    return [
        {"kind": part.kind.value, "key": part.kind.value, "change": asdict(Change(target=rounded(scale)))}
        | {"cliff": luck.luck_test(bet).cliff if bet else 0.0}
    ]


def rounded(scale: Target | None) -> Target | None:
    """Give a scale whose rates are as exact as anybody could measure."""
    if scale is None:
        return None
    rates = {name: round(getattr(scale, name) or 0.0, RATE_PLACES) for name in ("rate", "rate_from")}
    return Target(scale.milestone, scale.rule, window_months=scale.window_months, **rates)


_FINDERS = {
    Kind.AS_IT_IS: _as_it_is,
    Kind.PRICE: _price,
    Kind.TOGETHER: _together,
    Kind.EARLIER: _earlier,
    Kind.SLIDING: _sliding,
}


def change_of(document: Mapping[str, Any]) -> Change:
    """Read a change back."""
    target = document["target"]
    return Change(
        tuple(NewBand(**row) for row in document["bands"]),
        tuple(NewPrice(**row) for row in document["prices"]),
        document["upfront_payment"],
        Target(**(target | {"rule": TargetRule(target["rule"])})) if target else None,
    )


def put_together(question: Question, found: Sequence[Sequence[Mapping[str, Any]]], draws: int, seed: int) -> Document:
    """Make one answer of all parts, in their order; the first is the tariff as it is."""
    as_it_is = found[0][0]["test"]
    rows = [row for part in found[1:] for row in part]
    return {
        "format": "pbr-repairs/1",
        "engine": ENGINE,
        "seed": seed,
        "draws": draws,
        "provider": question.programme.providers[question.number].id,
        "limit": question.limit,
        "as_it_is": {name: as_it_is[name] for name in ("groups", "deadweight")},
        "groups": [group for row in rows for group in row.get("groups", ())],
        "suggestions": [_suggestion(as_it_is, row) for row in rows],
    }


def _suggestion(as_it_is: Mapping[str, Any], row: Mapping[str, Any]) -> Document:
    kept = {name: value for name, value in row.items() if name not in ("test", "groups")}
    if "test" not in row:
        return kept | {"figures": None}
    test = row["test"]
    after = {"groups": test["groups"], "deadweight": test["deadweight"]}
    return kept | {"figures": compared(as_it_is, test), "after": after}
