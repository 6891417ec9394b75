"""What became of a line: told by its permanent id, never by its text."""

from dataclasses import replace
from uuid import uuid4

from tariffs.core.consultation_targets import Kind, Target
from tariffs.core.line_fates import Fate, Fates, entries
from tariffs.core.snapshots import LineIds, Snapshot
from tests.factories.snapshots import WHOLE, found, snapshot


def fates(old: Snapshot, new: Snapshot) -> Fates:
    return Fates(old, new, WHOLE)


def priced(draft: Snapshot, *amounts: float) -> Snapshot:
    lines = draft.programme.tariff.prices
    prices = tuple(replace(line, price=amount) for line, amount in zip(lines, amounts, strict=True))
    return replace(draft, programme=replace(draft.programme, tariff=replace(draft.programme.tariff, prices=prices)))


def test_a_line_that_stayed_is_the_same_and_its_neighbour_changed():
    old = snapshot()
    first, second = found(old, Kind.PRICE)

    told = fates(old, priced(old, 1500, 2000.5))

    assert told.of(first).fate is Fate.CHANGED
    assert told.of(first).old == "Price of Job for A: £1,000"
    assert "from £1,000 to £1,500" in told.of(first).sentences[0]
    assert told.of(second).fate is Fate.SAME


def test_a_renamed_group_is_still_the_same_line_and_told_as_changed():
    old = snapshot()
    group = found(old, Kind.GROUP)[0]
    renamed = tuple(replace(row, name=f"{row.name} by") for row in old.programme.groups)

    became = fates(old, replace(old, programme=replace(old.programme, groups=renamed))).of(group)

    assert became.fate is Fate.CHANGED
    assert "Near by" in became.sentences[0]


def test_a_term_that_changed_is_told_by_its_kind():
    old = snapshot()
    by_term = {target.term: target for target in found(old, Kind.TERM)}
    new = replace(old, programme=replace(old.programme, tariff=replace(old.programme.tariff, payment_lag_months=4)))

    told = fates(old, new)

    assert told.of(by_term["payment_lag_months"]).fate is Fate.CHANGED
    assert told.of(by_term["target"]).fate is Fate.SAME


def test_a_line_that_went_is_told_with_its_old_wording():
    old = snapshot()
    line = found(old, Kind.PRICE)[1]
    tariff, ids = old.programme.tariff, old.identities
    new = replace(
        old,
        programme=replace(old.programme, tariff=replace(tariff, prices=tariff.prices[:1])),
        identities=replace(ids, tariffs=(replace(ids.tariffs[0], lines=ids.tariffs[0].lines[:1]),)),
    )

    became = fates(old, new).of(line)

    assert became.fate is Fate.REMOVED
    assert became.old == "Price of Job for B: £2,000.50"
    assert became.sentences


def test_a_line_that_nothing_can_say_more_of_is_removed_all_the_same():
    old = snapshot()

    became = fates(old, old).of(Target(uuid4(), Kind.GROUP, "Somebody who was in neither draft"))

    assert became.fate is Fate.REMOVED
    assert became.sentences == ("It is no longer in the draft.",)


def with_second_group(draft: Snapshot) -> Snapshot:
    """Give band A a second group."""
    twin = replace(draft.programme.groups[0], id="c", name="Near too")
    identities = replace(draft.identities, groups=(*draft.identities.groups, uuid4()))
    groups = (*draft.programme.groups, twin)
    return replace(draft, programme=replace(draft.programme, groups=groups), identities=identities)


def split(draft: Snapshot, *, moved: tuple[str, ...], keep_first: bool) -> Snapshot:
    """Pay groups of band A at the prices of a new band C, with or without the line of band A."""
    tariff, ids = draft.programme.tariff, draft.identities.tariffs[0]
    line = replace(tariff.prices[0], price_band="C", price=3000)
    first = 0 if keep_first else 1
    groups = tuple(replace(row, price_band="C") if row.id in moved else row for row in draft.programme.groups)
    prices, lines = (*tariff.prices[first:], line), (*ids.lines[first:], LineIds(uuid4()))
    return replace(
        draft,
        programme=replace(draft.programme, groups=groups, tariff=replace(tariff, prices=prices)),
        identities=replace(draft.identities, tariffs=(replace(ids, lines=lines),)),
    )


def test_a_line_whose_groups_went_into_two_bands_is_split_and_both_new_lines_are_named():
    old = with_second_group(snapshot())

    became = fates(old, split(old, moved=("c",), keep_first=True)).of(found(old, Kind.PRICE)[0])

    assert became.fate is Fate.SPLIT
    assert became.sentences == ("Now: Price of Job for A, £1,000.", "Now: Price of Job for C, £3,000.")


def test_a_line_that_went_while_its_groups_are_paid_by_another_names_that_one():
    old = with_second_group(snapshot())

    became = fates(old, split(old, moved=("a", "c"), keep_first=False)).of(found(old, Kind.PRICE)[0])

    assert became.fate is Fate.SPLIT
    assert became.sentences == ("Now: Price of Job for C, £3,000.",)


def test_a_question_of_the_consultation_is_no_line_of_the_draft_and_stays():
    old = snapshot()

    became = fates(old, priced(old, 1500, 2000.5)).of(Target(uuid4(), Kind.QUESTION, "Could you start in May?"))

    assert became.fate is Fate.SAME


def test_the_draft_as_a_whole_changed_where_anything_did():
    old = snapshot()
    (whole,) = found(old, Kind.WHOLE)

    assert fates(old, priced(old, 1500, 2000.5)).of(whole).fate is Fate.CHANGED
    assert fates(old, old).of(whole).fate is Fate.SAME


def test_each_difference_has_a_key_of_its_own_by_which_it_is_found_again():
    old = snapshot()
    new = priced(old, 1500, 3000)

    first, again = entries(fates(old, new).differences), entries(fates(old, new).differences)

    assert first == again
    assert len(first) == 2
