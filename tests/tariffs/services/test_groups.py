"""Adding, changing and removing groups of service users."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from commissioning.models import AuditEntry, Group, Programme
from commissioning.services.drafts import Edit
from tariffs.models import PriceLine
from tariffs.services import groups
from tariffs.services.parts import DraftError
from tests.factories.tariffs import imported, member, organisation

pytestmark = pytest.mark.django_db

VALUES = {"name": "Care leavers", "price_band": "C", "referrals_per_month": 5.0, "need_spread": 1.5}


def edit(group: Group, **typed: str) -> Edit:
    def shown(row: Group) -> dict[str, str]:
        return {name: str(getattr(row, name)) for name in typed}

    return Edit(was=shown(group), typed=typed, values={name: {name: typed[name]} for name in typed}, shown=shown)


def bands_paid(programme: Programme) -> list[str]:
    return list(PriceLine.objects.filter(tariff__programme=programme).values_list("price_band", flat=True))


def test_a_group_joins_the_end_of_the_list_with_a_short_name_of_its_own():
    programme = imported()

    first = groups.add(programme=programme, values=VALUES, by=programme.created_by)
    second = groups.add(programme=programme, values=VALUES, by=programme.created_by)

    assert [(group.place, group.key) for group in (first, second)] == [(2, "care-leavers"), (3, "care-leavers-2")]


def test_the_audit_log_says_what_was_added():
    programme = imported()

    group = groups.add(programme=programme, values=VALUES, by=programme.created_by)

    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.target_id) == ("added a group", str(programme.pk))
    assert entry.detail == {"row": str(group.pk), "name": "Care leavers"}


def test_what_the_programme_file_refuses_is_not_kept():
    programme = imported()

    with pytest.raises(DraftError) as refused:
        groups.add(programme=programme, values={**VALUES, "source": "x" * 2001}, by=programme.created_by)

    assert "source" in refused.value.message_dict
    assert programme.groups.count() == 2


@pytest.mark.parametrize("role", ["viewer", "nobody"])
def test_nobody_changes_groups_who_may_not(role):
    body = organisation()
    programme = imported(organisation=body, by=member(body))
    person = member(body if role == "viewer" else organisation("Elsewhere"), "viewer", "vera")
    group = programme.groups.first()

    for refused in (
        lambda: groups.add(programme=programme, values=VALUES, by=person),
        lambda: groups.change(group=group, edit=edit(group, name="X"), by=person),
        lambda: groups.remove(group=group, by=person),
    ):
        with pytest.raises(PermissionDenied):
            refused()

    assert programme.groups.count() == 2


def test_prices_follow_their_last_group_into_a_new_band_and_keep_their_ids():
    programme = imported()
    group = programme.groups.get(key="a")
    line = PriceLine.objects.get(tariff__programme=programme, price_band="A")

    removed = groups.change(group=group, edit=edit(group, price_band="Standard"), by=programme.created_by)

    assert removed == 0
    assert PriceLine.objects.get(pk=line.pk).price_band == "Standard"


def test_prices_of_a_band_that_nobody_has_any_more_go_when_its_group_joins_another_band():
    programme = imported()
    group = programme.groups.get(key="a")

    removed = groups.change(group=group, edit=edit(group, price_band="B"), by=programme.created_by)

    assert removed == 1
    assert bands_paid(programme) == ["B"]


def test_a_group_goes_with_its_evidence_and_the_prices_that_only_it_had():
    programme = imported()

    groups.remove(group=programme.groups.get(key="a"), by=programme.created_by)

    assert [group.key for group in programme.groups.all()] == ["b"]
    assert bands_paid(programme) == ["B"]


def test_prices_stay_where_another_group_has_the_band():
    programme = imported()
    values = {**VALUES, "price_band": "A", "social_value": Decimal(0)}
    groups.add(programme=programme, values=values, by=programme.created_by)

    groups.remove(group=programme.groups.get(key="a"), by=programme.created_by)

    assert sorted(bands_paid(programme)) == ["A", "B"]


def test_the_last_group_may_go_for_a_draft_may_lack_what_a_simulation_needs():
    programme = imported()

    for group in programme.groups.all():
        groups.remove(group=group, by=programme.created_by)

    assert not programme.groups.exists()
