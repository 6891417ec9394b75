"""Freezing drafts as versions, and going back to them."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from commissioning.core.canonical import sha256
from commissioning.models import AuditEntry, Evidence, Group, Milestone, Programme
from tariffs import queries
from tariffs.models import Archetype, PriceLine, Tariff, Uncertainty, Version
from tariffs.services import groups, parts, snapshot_columns, versions
from tariffs.services.versions import UnchangedError
from tests.factories.tariffs import imported, member, organisation
from tests.factories.versions import draft_of, frozen, reprice

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return imported()


def test_versions_are_numbered_from_1_and_keep_who_and_why(programme: Programme) -> None:
    first = frozen(programme, "To begin with")
    reprice(programme, Decimal(5))
    second = frozen(programme, "Cheaper")

    assert [(each.number, each.note) for each in (first, second)] == [(1, "To begin with"), (2, "Cheaper")]
    assert second.frozen_by == programme.created_by


def test_numbers_count_for_each_programme_alone(programme: Programme) -> None:
    other = imported(organisation=programme.organisation, by=programme.created_by)
    frozen(programme)

    assert frozen(other).number == 1


def test_a_version_says_in_a_sentence_what_changed_since_the_one_before(programme: Programme) -> None:
    first = frozen(programme)
    reprice(programme, Decimal(5))

    assert (first.summary, frozen(programme).summary) == ("The first version.", "1 price differs.")


def test_a_version_is_named_by_the_hash_of_its_programme_file(programme: Programme) -> None:
    version = frozen(programme)

    run_inputs = queries.programmes.fingerprint(queries.programmes.to_core(programme))
    assert version.inputs_sha256 == run_inputs


def test_an_unchanged_draft_is_not_frozen_again(programme: Programme) -> None:
    version = frozen(programme)

    with pytest.raises(UnchangedError) as refused:
        frozen(programme)

    assert refused.value.version == version
    assert Version.objects.count() == 1


def test_a_change_that_is_taken_back_is_no_change(programme: Programme) -> None:
    frozen(programme)
    reprice(programme, Decimal(5))
    reprice(programme, Decimal(1000))

    with pytest.raises(UnchangedError):
        frozen(programme)


def test_a_change_of_a_scenario_alone_can_be_frozen(programme: Programme) -> None:
    frozen(programme)
    Tariff.objects.create(programme=programme, version="Plan B")

    assert frozen(programme).summary == "1 scenario was added."


@pytest.mark.parametrize("note", ["", "x" * 2001])
def test_a_note_is_needed_and_not_endless(programme: Programme, note: str) -> None:
    with pytest.raises(ValidationError):
        frozen(programme, note)


def test_an_incomplete_draft_can_be_frozen_and_come_back(programme: Programme) -> None:
    for group in programme.groups.all():
        groups.remove(group=group, by=programme.created_by)
    programme.archetypes.all().delete()
    empty = frozen(programme)
    Group.objects.create(programme=programme, place=0, key="new", name="New", price_band="N")

    versions.go_back(version=empty, by=programme.created_by)

    assert not programme.groups.exists()
    assert draft_of(programme) == queries.snapshots.of_version(empty)


def test_freezing_and_going_back_stand_in_the_audit_log(programme: Programme) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))
    versions.go_back(version=version, by=programme.created_by)

    newest, _, freezing = AuditEntry.objects.order_by("-sequence")[:3]
    assert (freezing.action, freezing.detail["version"]) == ("froze a version", 1)
    assert freezing.detail["inputs_sha256"] == version.inputs_sha256
    assert (newest.action, newest.target_id) == ("went back to a version", str(programme.pk))
    assert (newest.detail["version"], newest.detail["frozen_before"]) == (1, 2)


@pytest.mark.parametrize("role", ["viewer", "nobody"])
def test_whoever_may_not_edit_neither_freezes_nor_goes_back(programme: Programme, role: str) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))
    body = programme.organisation if role == "viewer" else organisation("Elsewhere")
    person = member(body, "viewer" if role == "viewer" else "editor", "vera")

    for refused in (lambda: frozen(programme, by=person), lambda: versions.go_back(version=version, by=person)):
        with pytest.raises(PermissionDenied):
            refused()

    assert Version.objects.count() == 1
    assert PriceLine.objects.get(price_band="A").price == 5


def test_going_back_keeps_what_the_draft_said_as_a_version_of_its_own(programme: Programme) -> None:
    first = frozen(programme)
    reprice(programme, Decimal(5))
    before = draft_of(programme)

    kept = versions.go_back(version=first, by=programme.created_by)

    assert (kept.number, kept.note) == (2, "Before going back to version 1")
    assert queries.snapshots.of_version(kept) == before


def test_going_back_freezes_nothing_that_is_frozen_already(programme: Programme) -> None:
    first = frozen(programme)
    reprice(programme, Decimal(5))
    frozen(programme)

    assert versions.go_back(version=first, by=programme.created_by) is None
    assert Version.objects.count() == 2


def test_going_back_to_where_one_is_changes_nothing(programme: Programme) -> None:
    version = frozen(programme)
    entries = AuditEntry.objects.count()

    with pytest.raises(UnchangedError):
        versions.go_back(version=version, by=programme.created_by)

    assert AuditEntry.objects.count() == entries


def test_parts_come_back_with_the_ids_they_had_and_new_ones_go(programme: Programme) -> None:
    group, milestone = programme.groups.get(key="a"), programme.milestones.get(key="stay")
    line, evidence = PriceLine.objects.get(price_band="A"), Evidence.objects.get(group=group)
    archetype = programme.archetypes.get()
    version = frozen(programme)
    for row in (line, milestone, group, archetype):
        type(row).objects.filter(pk=row.pk).delete()
    new = Group.objects.create(programme=programme, place=7, key="a", name="Another", price_band="N")

    versions.go_back(version=version, by=programme.created_by)

    for row in (group, milestone, line, evidence, archetype):
        row.refresh_from_db()
    assert line.price_at_import == 1000
    assert not Group.objects.filter(pk=new.pk).exists()


def test_lists_come_back_in_their_order(programme: Programme) -> None:
    version = frozen(programme)
    near, far = programme.groups.all()
    Group.objects.filter(pk=near.pk).update(place=9)
    Group.objects.filter(pk=far.pk).update(place=0)

    versions.go_back(version=version, by=programme.created_by)

    assert list(programme.groups.all()) == [near, far]


def test_prices_that_changed_bands_crosswise_find_their_way_back(programme: Programme) -> None:
    version = frozen(programme)
    near, far = PriceLine.objects.order_by("place")
    for line, band in ((near, "C"), (far, "A"), (near, "B")):
        PriceLine.objects.filter(pk=line.pk).update(price_band=band)

    versions.go_back(version=version, by=programme.created_by)

    assert [line.price_band for line in PriceLine.objects.order_by("place")] == ["A", "B"]


def test_evidence_that_was_moved_to_another_step_is_back_at_its_own(programme: Programme) -> None:
    version = frozen(programme)
    row = Evidence.objects.get(group__key="a")
    Evidence.objects.filter(pk=row.pk).update(milestone=programme.milestones.get(key="stay"))

    versions.go_back(version=version, by=programme.created_by)

    assert Evidence.objects.get(pk=row.pk).milestone.key == "job"


def test_scenarios_and_which_tariff_is_proposed_come_back(programme: Programme) -> None:
    main, other = programme.tariff, Tariff.objects.create(programme=programme, version="Plan B", upfront_payment=5)
    version = frozen(programme)
    Tariff.objects.filter(pk=main.pk).delete()
    Tariff.objects.filter(pk=other.pk).update(main_of=programme)

    versions.go_back(version=version, by=programme.created_by)

    assert list(programme.tariffs.values_list("pk", "main_of")) == [(main.pk, programme.pk), (other.pk, None)]


def test_a_page_of_prices_opened_before_going_back_is_told_of_it(programme: Programme) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))
    opened = Tariff.objects.get(main_of=programme).revision

    versions.go_back(version=version, by=programme.created_by)

    assert Tariff.objects.get(main_of=programme).revision > opened


def test_a_tariff_that_comes_back_was_never_shown_as_it_is_counted_now(programme: Programme) -> None:
    version = frozen(programme)
    for amount in (5, 6, 7):
        reprice(programme, Decimal(amount))
    shown = programme.tariff.revision
    Tariff.objects.create(programme=programme, version="Plan B")
    Tariff.objects.filter(main_of=programme).delete()
    programme.tariffs.update(main_of=programme)

    versions.go_back(version=version, by=programme.created_by)

    assert Tariff.objects.get(main_of=programme).revision > shown


def test_a_version_that_stricter_rules_refuse_changes_nothing(programme: Programme) -> None:
    """A version of before the rule: a price is for a band that no group has."""
    good = frozen(programme)
    old = Version(pk=None, number=2, note="Of old", programme=programme, frozen_by=programme.created_by)
    old.document_json = good.document_json.replace('"price_band":"B","r', '"price_band":"C","r')
    old.scenarios_json, old.ids_json = good.scenarios_json, good.ids_json
    old.inputs_sha256 = sha256(old.document_json)
    assert old.document_json != good.document_json
    old.save(force_insert=True)
    before = draft_of(programme)

    with pytest.raises(parts.DraftError):
        versions.go_back(version=old, by=programme.created_by)

    assert draft_of(programme) == before


def test_every_column_of_a_draft_is_in_a_version() -> None:
    """Whoever adds a column to a draft finds out here that a version has to keep it."""
    kept_otherwise = {
        Programme: {"id", "organisation", "is_example", "copied_from", "copied_version", "created_at", "created_by"},
        Group: {"id", "programme", "place"},
        Milestone: {"id", "programme", "place", "after"},
        Evidence: {"id", "group", "milestone", "place"},
        Archetype: {"id", "programme", "place"},
        Tariff: {"id", "programme", "main_of", "made_at", "revision", "target_milestone"},
        PriceLine: {"id", "tariff", "milestone", "place", "price_at_import"},
        Uncertainty: {"id", "programme"},
    }
    core = queries.programmes.to_core(imported())
    written: dict[type[models.Model], dict[str, object]] = {
        Programme: snapshot_columns.of_programme(core),
        Group: snapshot_columns.of_group(core.groups[0]),
        Milestone: snapshot_columns.of_milestone(core.milestones[0]),
        Evidence: snapshot_columns.of_evidence(core.evidence[0]),
        Archetype: snapshot_columns.of_provider(core.providers[0]),
        Tariff: snapshot_columns.of_tariff(core.tariff),
        PriceLine: snapshot_columns.of_price_line(core.tariff.prices[0]),
        Uncertainty: snapshot_columns.of_uncertainty(core.uncertainty),
    }

    for model, columns in written.items():
        assert {field.name for field in model._meta.concrete_fields} == {*columns, *kept_otherwise[model]}, model
