"""What comments can be about: every line by its permanent id, with what the draft says of it."""

from dataclasses import replace
from uuid import UUID

import pytest

from tariffs.core.consultation_targets import Entry, Kind, by_id, sections, write_proposed
from tariffs.sources import programme_documents
from tests.factories.snapshots import WHOLE, found, snapshot
from tests.factories.tariffs import small_document


def test_every_line_stands_with_its_permanent_id_and_what_the_draft_says():
    draft = snapshot()

    said = {kind: [(target.what, target.value) for target in found(draft, kind)] for kind in Kind}

    assert said[Kind.PRICE] == [("Price of Job for A", "£1,000"), ("Price of Job for B", "£2,000.50")]
    assert said[Kind.MILESTONE] == [("Start", "at once"), ("Job", "after 6 months"), ("Stay", "after 1 month")]
    assert said[Kind.GROUP] == [("Near", "20 referrals a month"), ("Far", "10 referrals a month")]
    assert said[Kind.EVIDENCE][0] == ("Near reaching Job", "20 in 100 without help")
    assert said[Kind.WHOLE] == [("The draft as a whole", "")]
    assert ("Service fee", "none") in said[Kind.TERM]
    assert [target.id for target in found(draft, Kind.PRICE)] == [row.id for row in draft.identities.tariffs[0].lines]
    assert [target.id for target in found(draft, Kind.GROUP)] == list(draft.identities.groups)


def test_targets_are_found_by_their_ids_and_no_two_share_one():
    parts = sections(snapshot(), WHOLE)

    known = by_id(parts)

    assert len(known) == sum(len(section.targets) for section in parts)
    assert known[WHOLE].kind is Kind.WHOLE


def test_a_part_without_lines_has_no_section():
    draft = snapshot()
    bare = replace(
        draft,
        programme=replace(draft.programme, evidence=()),
        identities=replace(draft.identities, evidence=()),
    )

    assert not found(bare, Kind.EVIDENCE)


def test_what_else_a_reader_should_know_stands_beside_a_line():
    draft = snapshot()
    prices = draft.programme.tariff.prices
    often = replace(draft.programme.tariff, prices=(replace(prices[0], payments=3), prices[1]))
    draft = replace(draft, programme=replace(draft.programme, tariff=often))

    assert [target.also for target in found(draft, Kind.PRICE)] == ["Paid 3 times", ""]
    assert [target.also for target in found(draft, Kind.MILESTONE)] == [
        "comes after referral",
        "The final outcome, comes after Start",
        "comes after Job",
    ]
    assert {target.also for target in found(draft, Kind.EVIDENCE)} == {"No source is given"}


def test_the_source_of_evidence_is_told():
    document = small_document()
    document["evidence"][0]["source"] = "A study"
    draft = replace(snapshot(), programme=programme_documents.read(document))

    assert found(draft, Kind.EVIDENCE)[0].also == "Source: A study"


@pytest.mark.parametrize("entry", [each for each in Entry if each])
def test_every_entry_has_words_for_a_proposed_value(entry: Entry):
    assert "1,234.5" in write_proposed(entry, "1234.5")


def test_a_value_is_written_as_the_line_writes_its_own():
    assert write_proposed("price", "5200") == "£5,200"
    assert write_proposed("baseline", "11.5") == "11.5 in 100"
    assert write_proposed("price", "") == ""
    assert write_proposed("", "5200") == ""


def test_a_terms_id_is_worked_out_from_the_tariffs():
    draft = snapshot()

    ids = [target.id for target in found(draft, Kind.TERM)]

    assert ids == [target.id for target in found(replace(draft), Kind.TERM)]
    assert all(isinstance(each, UUID) for each in ids)
