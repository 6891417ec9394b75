"""Tariffs beside the proposed one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry
from tariffs import queries
from tariffs.services import incentive_runs, scenarios
from tariffs.services.incentive_runs import IncompleteError
from tariffs.services.scenarios import MOST_TARIFFS, TooManyError
from tariffs.sources import programme_files
from tests.factories.tariffs import imported, member, organisation

pytestmark = pytest.mark.django_db


def document(programme, tariff=None):
    return programme_files.to_document(queries.programmes.to_core(programme, tariff))


def another(programme, name="Another"):
    return scenarios.add(tariff=programme.tariff, name=name, by=programme.created_by)


def test_a_scenario_is_the_same_tariff_with_ids_of_its_own():
    programme = imported()

    copy = another(programme)

    ours, theirs = document(programme), document(programme, copy)
    assert theirs["tariff"] == ours["tariff"] | {"version": "Another"}
    ids = {line.pk for line in programme.tariff.price_lines.all()}
    assert ids.isdisjoint(line.pk for line in copy.price_lines.all())
    assert AuditEntry.objects.latest("sequence").action == "added a tariff"


def test_a_name_is_used_once():
    programme = imported()
    another(programme)

    with pytest.raises(ValidationError, match="has this name"):
        another(programme)


def test_a_programme_has_only_so_many_tariffs():
    programme = imported()
    for number in range(MOST_TARIFFS - 1):
        another(programme, f"Tariff {number}")

    with pytest.raises(TooManyError):
        another(programme, "One too many")


def test_another_tariff_can_be_proposed():
    programme = imported()
    first, copy = programme.tariff, another(programme)

    scenarios.propose(tariff=copy, by=programme.created_by)

    first.refresh_from_db()
    copy.refresh_from_db()
    assert (first.is_main, copy.is_main) == (False, True)
    assert document(type(programme).objects.get(pk=programme.pk))["tariff"]["version"] == "Another"


def test_a_scenario_is_removed_and_the_proposed_tariff_is_not():
    programme = imported()
    copy = another(programme)

    scenarios.remove(tariff=copy, by=programme.created_by)

    assert programme.tariffs.count() == 1
    with pytest.raises(ValidationError, match="proposes"):
        scenarios.remove(tariff=programme.tariff, by=programme.created_by)


def test_nobody_changes_tariffs_who_may_not():
    body = organisation()
    programme = imported(organisation=body, by=member(body))
    copy, vera = another(programme), member(body, "viewer", "vera")

    for refused in (
        lambda: scenarios.add(tariff=copy, name="X", by=vera),
        lambda: scenarios.propose(tariff=copy, by=vera),
        lambda: scenarios.remove(tariff=copy, by=vera),
        lambda: scenarios.compare(tariffs=[copy], draws=16, seed=1, by=vera),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_tariffs_are_compared_on_the_same_luck():
    programme = imported()
    copy = another(programme)

    runs = scenarios.compare(tariffs=[programme.tariff, copy], draws=16, seed=1, by=programme.created_by)

    assert [run.inputs["tariff"]["version"] for run in runs] == ["First draft", "Another"]
    assert {(run.seed, run.draws) for run in runs} == {(1, 16)}
    assert not any(queries.incentive_runs.is_stale(run) for run in runs)


def test_an_incomplete_programme_is_not_compared():
    programme = imported()
    copy = another(programme)
    programme.archetypes.all().delete()

    with pytest.raises(IncompleteError):
        scenarios.compare(tariffs=[programme.tariff, copy], draws=16, seed=1, by=programme.created_by)
    with pytest.raises(IncompleteError):
        incentive_runs.queue(programme=programme, tariff=copy, draws=16, seed=1, by=programme.created_by)


def test_the_rules_hold_for_every_tariff_of_a_programme():
    programme = imported()
    copy = another(programme)
    copy.price_lines.filter(price_band="A").update(price_band="Nobody")

    with pytest.raises(ValidationError, match="Nobody"):
        another(programme, "Third")
