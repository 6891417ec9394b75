"""Applies what would repair a tariff to a copy of it and tests both; nothing changes until somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import uuid4, uuid5

from django.db import transaction

from commissioning.models import Group, Milestone, Programme, Run, User
from tariffs import queries
from tariffs.core import programmes as core
from tariffs.core import repairs
from tariffs.core.programmes import Target
from tariffs.core.repairs import Change, Kind
from tariffs.models import PriceLine, Tariff

from . import copies, incentive_runs, parts, price_lines, scenarios
from .price_lines import Cell

#: What a copy is called after the repair in it.
CALLED = {
    Kind.PRICE: "with the price of {band} raised",
    Kind.TOGETHER: "with prices that end parking",
    Kind.EARLIER: "with money moved earlier",
    Kind.SLIDING: "on a sliding scale",
    Kind.SPLIT: "with {band} split",
}
#: How thoroughly, and on which luck, a copy is tested where its tariff never was.
USUAL_DRAWS, USUAL_SEED = 8_192, 1


class ChangedError(Exception):
    """The draft was changed since the suggestion was worked out. Nothing was done."""


class NoSuggestionError(Exception):
    """The search suggests no such thing."""


@dataclass(frozen=True)
class Repaired:
    """A repair in a copy: the tariff it stands in, and the runs to read: of the tariff as it was, and of the copy.

    In a copy of the whole programme there is only the copy's.
    """

    tariff: Tariff
    runs: tuple[Run, ...]


@transaction.atomic
def apply(*, run: Run, tariff: Tariff, key: str, by: User) -> Repaired:
    """Put one suggestion of a finished search into a copy of its tariff, and have both tested on the same luck.

    Price bands belong to the programme and not to a tariff, so that splitting one copies the whole programme. Whoever
    asks twice gets the same copy. Raises ChangedError where the draft has moved on since, NoSuggestionError where there
    is no such suggestion, and TooManyError where the programme has as many tariffs as it may have.
    """
    search = queries.repairs.search(run)
    change = search.change(key)
    if change is None:
        raise NoSuggestionError
    if change.bands:
        return _in_a_copied_programme(run, tariff, key, change, by)
    with parts.editing(tariff.programme, by):
        if queries.repairs.is_stale(run, queries.repairs.as_saved(tariff)):
            raise ChangedError
        tariff = Tariff.objects.select_related("programme").get(pk=tariff.pk)
        name = CALLED[search.kind(key)].format(band=_band_of(change))
        changed = repairs.applied(search.question.programme, change)
        copy = _same(tariff.programme, changed.tariff) or _copied(tariff, change, name, by)
    return Repaired(copy, _tested([tariff, copy], queries.repairs.last_test(tariff), by))


def _band_of(change: Change) -> str:
    return change.prices[0].price_band if change.prices else ""


def _same(programme: Programme, wanted: core.Tariff) -> Tariff | None:
    """Find a tariff of the programme that already pays this on these terms, whatever it is called."""
    rows = list(programme.tariffs.all())
    known = zip(rows, queries.programmes.with_each_tariff(programme), strict=True)
    return next((tariff for tariff, whole in known if _paid(whole.tariff) == _paid(wanted)), None)


def _paid(tariff: core.Tariff) -> tuple[core.Tariff, dict[tuple[str, str], tuple[float, int]]]:
    lines = {(line.price_band, line.milestone): (line.price, line.payments) for line in tariff.prices}
    return replace(tariff, version="", prices=()), lines


def _copied(tariff: Tariff, change: Change, name: str, by: User) -> Tariff:
    copy = scenarios.add(tariff=tariff, name=free_name(tariff, name), by=by)
    return put(tariff=copy, change=change, by=by)


def put(*, tariff: Tariff, change: Change, by: User) -> Tariff:
    """Make a change of prices and terms in a tariff itself."""
    with parts.editing(tariff.programme, by) as programme:
        milestones = dict(Milestone.objects.filter(programme=programme).values_list("key", "pk"))
        prices = {Cell(new.price_band, milestones[new.milestone]): Decimal(f"{new.price:.2f}") for new in change.prices}
        tariff = price_lines.save_grid(tariff=tariff, prices=prices, revision=tariff.revision, by=by)
        if change.upfront_payment is not None:
            tariff.upfront_payment = Decimal(f"{change.upfront_payment:.2f}")
        if change.target is not None:
            tariff.target_rule = Tariff.TargetRule(change.target.rule)
            tariff.target_rate, tariff.target_rate_from = change.target.rate, change.target.rate_from
        tariff.full_clean()
        tariff.save()
        if change.upfront_payment is not None or change.target is not None:
            parts.record(tariff, programme, by, "repaired", **_terms(change))
    return tariff


def _terms(change: Change) -> dict[str, object]:
    scale = change.target
    rates: dict[str, object] = {"rate": scale.rate, "rate_from": scale.rate_from} if scale else {}
    return rates | ({"upfront_payment": change.upfront_payment} if change.upfront_payment is not None else {})


def _in_a_copied_programme(run: Run, tariff: Tariff, key: str, change: Change, by: User) -> Repaired:
    """Split a band in a copy of the whole programme, which then proposes the tariff with the split."""
    before, moved = tariff.programme, {new.group: new.price_band for new in change.bands}
    band = before.groups.get(key=change.bands[0].group).price_band
    name = f"{before.name}, {CALLED[Kind.SPLIT].format(band=band)}"[:280]
    own = uuid5(run.pk, f"{key} {by.pk}")
    programme = copies.copy(source=before, organisation=before.organisation, name=name, by=by, key=own)
    if queries.repairs.is_stale(
        run, queries.repairs.as_saved(tariff)
    ):  # the copying holds the lock under which this is true
        raise ChangedError
    copy = programme.tariff
    if not programme.groups.filter(price_band__in=moved.values()).exists():
        place = [each.pk for each in before.tariffs.all()].index(tariff.pk)
        copy = list(programme.tariffs.all())[place]
        _split(programme, change, by)
        copy = put(tariff=copy, change=Change(prices=change.prices), by=by)
        if not copy.is_main:
            copy = scenarios.propose(tariff=copy, by=by)
    return Repaired(copy, _tested([copy], queries.repairs.last_test(tariff), by))


def _split(programme: Programme, change: Change, by: User) -> None:
    """Give groups new bands, and every tariff of the programme a copy of their prices in them."""
    with parts.editing(programme, by) as locked:
        for new in change.bands:
            group = Group.objects.select_for_update().get(programme=locked, key=new.group)
            old = PriceLine.objects.filter(tariff__programme=locked, price_band=group.price_band)
            for line in list(old.select_related("tariff")):
                place = parts.next_place(line.tariff.price_lines.all())
                line.pk, line.price_band, line.place = uuid4(), new.price_band, place
                line._state.adding = True
                line.save(force_insert=True)
            parts.record(group, locked, by, "split off", **{"from": group.price_band, "to": new.price_band})
            group.price_band = new.price_band
            group.full_clean()
            group.save()


def _tested(tariffs: Sequence[Tariff], last: Run | None, by: User) -> tuple[Run, ...]:
    """Have tariffs tested on the luck of the last simulation, or on the usual."""
    draws, seed = (last.draws, last.seed) if last else (USUAL_DRAWS, USUAL_SEED)
    return tuple(
        incentive_runs.queue(programme=tariff.programme, tariff=tariff, draws=draws, seed=seed, by=by)
        for tariff in tariffs
    )


@transaction.atomic
def slide(*, tariff: Tariff, scale: Target, by: User) -> Repaired:
    """Copy the tariff with a sliding scale in place of its target, and have both tested on the same luck."""
    change = Change(target=repairs.rounded(scale))
    copy = _copied(tariff, change, CALLED[Kind.SLIDING], by)
    return Repaired(copy, _tested([tariff, copy], queries.repairs.last_test(tariff), by))


def free_name(tariff: Tariff, what: str) -> str:
    """Name a copy after what is done in it, with a number where the name is taken."""
    stem = f"{tariff}, {what}"[:280]
    taken = set(tariff.programme.tariffs.filter(version__startswith=stem).values_list("version", flat=True))
    numbered = (f"{stem} ({number})" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)
