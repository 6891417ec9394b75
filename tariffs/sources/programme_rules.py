"""The rules of a programme that a JSON Schema cannot say: what must exist, be unique, add up, or be possible.

Every rule reads a document that may still be wrong elsewhere, so that all faults come out together.
"""

from collections.abc import Callable, Iterator
from typing import Any

from tariffs.core.incentive_evidence import implied_responsiveness

from .programme_errors import FileError, pointer_to, quote

Document = dict[str, Any]
Row = dict[str, Any]
Faults = Iterator[FileError]

MOST_STEPS = 5_000
MOST_MILESTONES = 100
MOST_REFERRALS = 1e9
SHARE_TOLERANCE = 1e-9


def faults(document: Any) -> list[FileError]:
    """List everything the rules have against the document."""
    if not isinstance(document, dict):
        return []
    return [fault for rule in RULES for fault in rule(document)]


def part(document: Document, *path: str) -> Row:
    """Read the object at the path; an empty one where there is none."""
    for key in path:
        found = document.get(key)
        document = found if isinstance(found, dict) else {}
    return document


def rows(container: Row, key: str) -> list[tuple[int, Row]]:
    """Read the objects of the list under a key, each with its place."""
    found = container.get(key)
    return [(place, row) for place, row in enumerate(found) if isinstance(row, dict)] if isinstance(found, list) else []


def number(row: Row, key: str, default: float = 0.0) -> float:
    """Read a number; the default where there is none that counts."""
    found = row.get(key)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else default


def text(row: Row, key: str) -> str | None:
    """Read a text that is there and not empty."""
    found = row.get(key)
    return found if isinstance(found, str) and found else None


def names(container: Row, key: str, field: str = "id") -> dict[str, None]:
    """Read the ids of a list's objects, in order."""
    return {name: None for _, row in rows(container, key) if (name := text(row, field))}


def ids_are_unique(document: Document) -> Faults:
    """Ask that each group, milestone, provider, lot and design has an id of its own."""
    for path in (("groups",), ("milestones",), ("providers",), ("market", "lots"), ("market", "designs")):
        seen: dict[str, int] = {}
        for place, row in rows(part(document, *path[:-1]), path[-1]):
            name = text(row, "id")
            if name and name in seen:
                allowed = f"Each id may be used once; this one is also at {pointer_to((*path, seen[name]))}."
                yield FileError(pointer_to((*path, place, "id")), f"the id {quote(name)} again", allowed)
            elif name:
                seen[name] = place


def references_exist(document: Document) -> Faults:
    """Ask that what a row names is there."""
    groups, milestones = names(document, "groups"), names(document, "milestones")
    bands = names(document, "groups", "price_band")
    tariff = part(document, "tariff")
    yield from _unknown(document, ("milestones",), "after", milestones, "milestone")
    yield from _unknown(document, ("evidence",), "group", groups, "group")
    yield from _unknown(document, ("evidence",), "milestone", milestones, "milestone")
    yield from _unknown(document, ("tariff", "prices"), "price_band", bands, "group's price band")
    yield from _unknown(document, ("tariff", "prices"), "milestone", milestones, "milestone")
    target = text(part(tariff, "target"), "milestone")
    if target and target not in milestones:
        yield FileError("/tariff/target/milestone", quote(target), _one_of(milestones, "milestone"))


def _unknown(document: Document, path: tuple[str, ...], key: str, known: dict[str, None], noun: str) -> Faults:
    for place, row in rows(part(document, *path[:-1]), path[-1]):
        name = text(row, key)
        if name and name not in known:
            yield FileError(pointer_to((*path, place, key)), quote(name), _one_of(known, noun))


def _one_of(known: dict[str, None], noun: str) -> str:
    listed = ", ".join(list(known)[:10]) + (", …" if len(known) > 10 else "")
    return f"Name a {noun} of this file: {listed}." if known else f"This file has no {noun} to name."


def pathway_is_a_tree(document: Document) -> Faults:
    """Ask that one milestone is the final outcome, and that going back from any of them ends at referral."""
    milestones = rows(document, "milestones")[:MOST_MILESTONES]
    finals = [place for place, row in milestones if row.get("final") is True]
    if milestones and not finals:
        yield FileError("/milestones", "no final outcome", 'Mark exactly one milestone with "final": true.')
    for place in finals[1:]:
        allowed = f"Exactly one milestone is the final outcome; {pointer_to(('milestones', finals[0]))} is marked too."
        yield FileError(pointer_to(("milestones", place, "final")), "another final outcome", allowed)
    parents = {name: text(row, "after") for _, row in milestones if (name := text(row, "id"))}
    for place, row in milestones:
        if _comes_back(text(row, "id"), parents):
            allowed = "A milestone follows referral (null) or one before it, never itself by any way round."
            yield FileError(
                pointer_to(("milestones", place, "after")),
                f"a circle through {quote(text(row, 'after') or '')}",
                allowed,
            )


def _comes_back(start: str | None, parents: dict[str, str | None]) -> bool:
    at = parents.get(start) if start else None
    for _ in parents:
        if at is None or at == start:
            break
        at = parents.get(at)
    return at is not None and at == start


def pairs_are_unique(document: Document) -> Faults:
    """Ask for one row of evidence a group and milestone, and one price a band and milestone."""
    yield from _repeated(document, ("evidence",), "group")
    yield from _repeated(document, ("tariff", "prices"), "price_band")


def _repeated(document: Document, path: tuple[str, ...], first: str) -> Faults:
    seen: dict[tuple[str, str], int] = {}
    for place, row in rows(part(document, *path[:-1]), path[-1]):
        one, two = text(row, first), text(row, "milestone")
        if not one or not two:
            continue
        if (one, two) in seen:
            allowed = f"One row each; {pointer_to((*path, seen[one, two]))} has the same {first} and milestone."
            yield FileError(pointer_to((*path, place)), f"a second row for {quote(one)} and {quote(two)}", allowed)
        seen.setdefault((one, two), place)


def evidence_is_possible(document: Document) -> Faults:
    """Ask that an observed point gives a responsiveness between 0 and 1."""
    for place, row in rows(document, "evidence"):
        observed = row.get("observed")
        if not isinstance(observed, dict):
            continue
        here = ("evidence", place, "observed")
        if "responsiveness" in row:
            found = "both responsiveness and observed"
            yield FileError(pointer_to(here), found, "Give one of the two: observed is worked out into responsiveness.")
            continue
        yield from _observed(row, observed, here)


def _observed(row: Row, observed: Row, here: tuple[str | int, ...]) -> Faults:
    baseline, rate = number(row, "baseline", -1), number(observed, "rate", -1)
    spending, scale = number(observed, "spending", -1), number(row, "response_scale", 200.0)
    if not (0 <= baseline <= 1 and 0 <= rate <= 1 and spending > 0 and scale > 0):
        return  # the schema has already said so
    if baseline in (0, 1) or rate in (0, 1):
        allowed = "With an observed point both baseline and rate lie between 0 and 1, and are neither."
        yield FileError(pointer_to(here), f"baseline {baseline:g} and rate {rate:g}", allowed)
        return
    implied = implied_responsiveness(baseline, rate, spending, scale)
    if not 0 <= implied <= 1:
        found = f"a point that means a responsiveness of {implied:.3g}"
        allowed = (
            "Allowed is 0 to 1: a rate not below the baseline, and no more above it than the spending can explain."
        )
        yield FileError(pointer_to(here), found, allowed)


def intervals_run_upwards(document: Document) -> Faults:
    """Ask that a low end is not above its high end."""
    places = [(key, part(document), key) for key in ("groups", "milestones", "evidence", "providers")]
    places.append(("tariff/prices", part(document, "tariff"), "prices"))
    for path, container, key in places:
        for place, row in rows(container, key):
            yield from _interval(row, (*path.split("/"), place))
    yield from _interval(part(document, "uncertainty"), ("uncertainty",))


def _interval(row: Row, here: tuple[str | int, ...]) -> Faults:
    match row.get("interval"):
        case [int() | float() as low, int() | float() as high] if low > high:
            found = f"an interval from {low:g} to {high:g}"
            yield FileError(pointer_to((*here, "interval")), found, "Give the low end first, then the high end.")


def shares_add_up(document: Document) -> Faults:
    """Ask that the providers hold at most the whole contract."""
    total = sum(number(row, "share") for _, row in rows(document, "providers"))
    if total > 1 + SHARE_TOLERANCE:
        yield FileError(
            "/providers", f"shares that add up to {total:g}", "The shares of all providers add up to at most 1."
        )


def times_fit(document: Document) -> Faults:
    """Ask that referrals end before the contract does."""
    referral, contract = number(document, "referral_months"), number(document, "contract_months")
    if 0 < contract < referral:
        found = f"{referral:g} referral months in a contract of {contract:g} months"
        yield FileError("/referral_months", found, f"Allowed is 1 to contract_months, {contract:g}.")


def target_is_complete(document: Document) -> Faults:
    """Ask that a target that pays says of what and from which rate."""
    target = part(document, "tariff", "target")
    rule = target.get("rule", "none")
    if rule not in ("binary", "excess", "sliding"):
        return
    if not text(target, "milestone"):
        yield FileError("/tariff/target/milestone", "nothing", f'A target with the rule "{rule}" names its milestone.')
    if target.get("rate") is None:
        yield FileError("/tariff/target/rate", "nothing", f'A target with the rule "{rule}" needs a rate from 0 to 1.')
    if rule != "sliding":
        return
    if target.get("rate_from") is None:
        yield FileError("/tariff/target/rate_from", "nothing", "A sliding target needs the rate from which it pays.")
    elif number(target, "rate_from") >= number(target, "rate", 2.0):
        found = f"a sliding target from {number(target, 'rate_from'):g} to {number(target, 'rate'):g}"
        yield FileError("/tariff/target/rate_from", found, "The rate from which it pays lies below the rate.")


def size_can_be_worked_out(document: Document) -> Faults:
    """Ask that groups, steps and people stay within what a simulation can hold."""
    groups = rows(document, "groups")
    steps = sum(number(row, "repeats", 1.0) for _, row in rows(document, "milestones"))
    if len(groups) * steps > MOST_STEPS:
        found = f"{len(groups)} groups with {steps:g} milestones, repeats counted"
        yield FileError("/milestones", found, f"Groups times milestones with repeats is at most {MOST_STEPS:,}.")
    monthly = sum(number(row, "referrals_per_month") for _, row in groups)
    growth = max(1.0, 1 + number(part(document, "uncertainty"), "volume_trend"))
    months = min(number(document, "referral_months"), 600.0)
    if monthly * months * min(growth, 2.0) ** (months / 12) > MOST_REFERRALS:
        yield FileError("/groups", "too many people", f"At most {MOST_REFERRALS:,.0f} referrals over the contract.")


def market_names_exist(document: Document) -> Faults:
    """Ask that a lot is for groups of this file."""
    groups = names(document, "groups")
    for place, row in rows(part(document, "market"), "lots"):
        listed = row.get("groups")
        for at, name in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(name, str) and name and name not in groups:
                where = ("market", "lots", place, "groups", at)
                yield FileError(pointer_to(where), quote(name), _one_of(groups, "group"))


RULES: tuple[Callable[[Document], Faults], ...] = (
    ids_are_unique,
    references_exist,
    pathway_is_a_tree,
    pairs_are_unique,
    evidence_is_possible,
    intervals_run_upwards,
    shares_add_up,
    times_fit,
    target_is_complete,
    size_can_be_worked_out,
    market_names_exist,
)
