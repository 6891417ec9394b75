"""Trying a proposed value: the draft with it in place, and what that changes for provider, people and payer."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from commissioning.core.figures import percent, short_pounds
from commissioning.core.units import Pounds, Share
from tariffs.core.consultation_targets import Entry, Target
from tariffs.core.price_effects import effects
from tariffs.core.price_totals import totals
from tariffs.core.programmes import Programme, Tariff
from tariffs.core.snapshots import Snapshot

from .outlooks import loss_of
from .plans import Bench

#: Terms that are typed as so many in a hundred.
_IN_100 = (Entry.ANNUAL_PRICE_CHANGE, Entry.VOLUME_GUARANTEE, Entry.TARGET_RATE)
_WHOLE = (Entry.PAYMENT_LAG_MONTHS,)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a draft means: the provider's chance of a loss, of all people the share parked, and expected spend, £.

    The first is the provider's own and comes from its bench; nothing where it has none. The others come from the
    draft's own kinds of provider; nothing while it lacks parts.
    """

    loss: Share | None
    parked: Share | None
    spend: Pounds | None


@dataclass(frozen=True, slots=True)
class Trial:
    """A proposed value tried: what the draft means as it is, and with the value in place."""

    now: Standing
    then: Standing

    def as_document(self) -> dict[str, Any]:
        """Write it for keeping beside a comment."""
        return {"now": asdict(self.now), "then": asdict(self.then)}

    @classmethod
    def of_document(cls, document: dict[str, Any]) -> "Trial":
        """Read it back."""
        return cls(Standing(**document["now"]), Standing(**document["then"]))


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a proposed value changes, in words: as it is now, and as it would be."""

    what: str
    now: str
    then: str


def in_words(found: Trial) -> tuple[Effect, ...]:
    """Say what a proposed value changes; what is not known is left out."""
    now, then = found.now, found.then
    said = (
        ("Chance of a loss for the provider", percent, now.loss, then.loss),
        ("People parked", percent, now.parked, then.parked),
        ("What the commissioner pays in all", short_pounds, now.spend, then.spend),
    )
    return tuple(
        Effect(what, write(before), write(after))
        for what, write, before, after in said
        if before is not None and after is not None
    )


def trial(snapshot: Snapshot, target: Target, proposed: Decimal, bench: Bench | None) -> Trial | None:
    """Try a proposed value; nothing where the line has no value that a simulation knows."""
    changed = applied(snapshot, target, proposed)
    if changed is None:
        return None
    return Trial(_standing(snapshot.programme, bench), _standing(changed, bench))


def _standing(programme: Programme, bench: Bench | None) -> Standing:
    people = {group.id: group.referrals_per_month for group in programme.groups}
    rows, found = effects(programme), totals(programme)
    parked = sum(row.parked_share * people[row.group] for row in rows)
    return Standing(
        loss=loss_of(programme, bench) if bench is not None and found is not None else None,
        parked=parked / sum(people.values()) if rows and sum(people.values()) > 0 else None,
        spend=found.total if found else None,
    )


def applied(snapshot: Snapshot, target: Target, proposed: Decimal) -> Programme | None:
    """Give the draft with a proposed value in place of its own; nothing where no value can be proposed."""
    programme, value = snapshot.programme, float(proposed)
    if target.entry in _PLACES:
        return _PLACES[target.entry](snapshot, target, value)
    if not target.term:
        return None
    return replace(programme, tariff=_with_term(programme.tariff, target.entry, value))


def _with_term(tariff: Tariff, entry: Entry, value: float) -> Tariff:
    number: float = value / 100 if entry in _IN_100 else int(value) if entry in _WHOLE else value
    if entry is Entry.TARGET_RATE:
        begin = None if tariff.target.rate_from is None else min(tariff.target.rate_from, number)
        return replace(tariff, target=replace(tariff.target, rate=number, rate_from=begin))
    terms: dict[str, Any] = {entry.value: number}
    return replace(tariff, **terms)


def _price(snapshot: Snapshot, target: Target, value: float) -> Programme:
    tariff = snapshot.programme.tariff
    lines = zip(tariff.prices, snapshot.identities.tariffs[0].lines, strict=True)
    prices = tuple(replace(line, price=value) if ids.id == target.id else line for line, ids in lines)
    return replace(snapshot.programme, tariff=replace(tariff, prices=prices))


def _delay(snapshot: Snapshot, target: Target, value: float) -> Programme:
    rows = zip(snapshot.programme.milestones, snapshot.identities.milestones, strict=True)
    changed = tuple(replace(row, delay_months=int(value)) if own == target.id else row for row, own in rows)
    return replace(snapshot.programme, milestones=changed)


def _referrals(snapshot: Snapshot, target: Target, value: float) -> Programme:
    rows = zip(snapshot.programme.groups, snapshot.identities.groups, strict=True)
    changed = tuple(replace(row, referrals_per_month=value) if own == target.id else row for row, own in rows)
    return replace(snapshot.programme, groups=changed)


def _baseline(snapshot: Snapshot, target: Target, value: float) -> Programme | None:
    """Put a chance without help in place; nothing where that leaves no room for what was observed with help."""
    rows = list(zip(snapshot.programme.evidence, snapshot.identities.evidence, strict=True))
    (mine,) = (row for row, own in rows if own == target.id)
    if not 0 < value < (100 * mine.observed.rate if mine.observed else 100):
        return None
    changed = tuple(replace(row, baseline=value / 100) if own == target.id else row for row, own in rows)
    return replace(snapshot.programme, evidence=changed)


_PLACES: dict[Entry, Callable[[Snapshot, Target, float], Programme | None]] = {
    Entry.PRICE: _price,
    Entry.DELAY_MONTHS: _delay,
    Entry.REFERRALS_PER_MONTH: _referrals,
    Entry.BASELINE: _baseline,
}
