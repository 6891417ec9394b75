"""Changing terms: merged field by field, never at the cost of prices, and every term and line keeps its id."""

import random
import threading
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from commissioning.models import AuditEntry, Programme
from commissioning.services.drafts import Edit, StaleError
from tariffs import queries, services
from tariffs.models import PriceLine, Tariff
from tariffs.services.price_lines import Cell, StaleTariffError
from tests.factories.tariffs import imported, member, organisation

pytestmark = pytest.mark.django_db

FIELDS = ("version", "service_fee_monthly", "upfront_payment", "payment_lag_months", "payment_cap", "volume_guarantee")


@pytest.fixture
def programme() -> Programme:
    return imported()


def shown(row: Tariff) -> Mapping[str, str]:
    return {name: str(getattr(row, name)) for name in (*FIELDS, "target_rule", "target_rate", "target_rate_from")}


def edit_of(tariff: Tariff, **values: Any) -> Edit:
    """Give what somebody did who opened the page with the tariff as it is, and typed these values."""
    was = shown(tariff)
    typed = {**was, **{name: str(value) for name, value in values.items()}}
    return Edit(was=was, typed=typed, values={name: {name: value} for name, value in values.items()}, shown=shown)


def tariff_of(programme: Programme) -> Tariff:
    return Tariff.objects.select_related("target_milestone").get(programme=programme)


def job_of(programme: Programme, band: str = "A") -> Cell:
    return Cell(band, programme.milestones.get(key="job").pk)


def test_a_changed_term_is_one_entry_in_the_audit_log(programme: Programme) -> None:
    tariff = programme.tariff

    services.terms.change(tariff=tariff, edit=edit_of(tariff, upfront_payment=Decimal(5000)), by=programme.created_by)

    entry = AuditEntry.objects.get(action="changed the terms of a tariff")
    assert entry.target_id == str(programme.pk)
    assert entry.detail["changes"] == [{"field": "upfront_payment", "from": "0.00", "to": "5000"}]
    assert tariff_of(programme).upfront_payment == 5000


def test_saving_the_same_terms_changes_and_logs_nothing(programme: Programme) -> None:
    services.terms.change(tariff=programme.tariff, edit=edit_of(programme.tariff), by=programme.created_by)

    assert not AuditEntry.objects.filter(action="changed the terms of a tariff").exists()


def test_a_viewer_and_an_outsider_change_nothing(programme: Programme) -> None:
    for person in (
        member(programme.organisation, "viewer", "vera"),
        member(organisation("Other"), "editor", "olu"),
    ):
        with pytest.raises(PermissionDenied):
            services.terms.change(tariff=programme.tariff, edit=edit_of(programme.tariff), by=person)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"target_rule": "binary", "target_rate": 0.3}, "target_milestone"),
        ({"target_rule": "sliding", "target_rate": 0.3, "target_rate_from": 0.3}, "target_rate_from"),
        ({"target_rule": "sliding", "target_rate": 0.3}, "target_rate_from"),
        ({"target_rule": "excess"}, "target_rate"),
        ({"target_rule": "wild"}, "target_rule"),
    ],
)
def test_what_no_programme_file_takes_is_refused_beside_its_term(
    programme: Programme, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        services.terms.change(tariff=programme.tariff, edit=edit_of(programme.tariff, **given), by=programme.created_by)

    assert field in refused.value.message_dict
    assert tariff_of(programme).target_rule == "none"


@pytest.mark.promise("D1")
def test_of_two_who_change_one_term_the_second_is_told(programme: Programme) -> None:
    edit = edit_of(programme.tariff, service_fee_monthly=Decimal(7))
    services.terms.change(tariff=programme.tariff, edit=edit, by=programme.created_by)

    with pytest.raises(StaleError):
        other = edit_of(programme.tariff, service_fee_monthly=Decimal(8))
        services.terms.change(tariff=programme.tariff, edit=other, by=programme.created_by)

    assert tariff_of(programme).service_fee_monthly == 7


@pytest.mark.promise("D1")
@pytest.mark.parametrize("first", ["prices", "terms"])
def test_prices_and_terms_saved_from_pages_opened_together_are_both_kept(programme: Programme, first: str) -> None:
    by, tariff = programme.created_by, programme.tariff
    edit = edit_of(tariff, service_fee_monthly=Decimal(7), version="Renamed")
    steps: dict[str, Callable[[], object]] = {
        "prices": lambda: services.price_lines.save_grid(
            tariff=tariff, prices={job_of(programme): Decimal(11)}, revision=tariff.revision, by=by
        ),
        "terms": lambda: services.terms.change(tariff=tariff, edit=edit, by=by),
    }

    for name in sorted(steps, key=lambda name: name != first):
        steps[name]()

    saved = tariff_of(programme)
    assert (saved.service_fee_monthly, saved.version, saved.revision) == (7, "Renamed", 2)
    assert saved.price_lines.get(price_band="A").price == 11


@pytest.mark.promise("D1")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_prices_and_terms_saved_at_the_same_moment_are_all_kept(programme: Programme) -> None:
    by, line = programme.created_by, programme.tariff.price_lines.get(price_band="B")
    tariff, gate, failed = tariff_of(programme), threading.Barrier(4), []
    source = Edit(
        was={"source": ""},
        typed={"source": "Said meanwhile"},
        values={"source": {"source": "Said meanwhile"}},
        shown=lambda row: {"source": row.source},
    )
    steps: list[Callable[[], object]] = [
        lambda: services.price_lines.save_grid(
            tariff=tariff,
            prices={job_of(programme): Decimal(11), job_of(programme, "B"): Decimal(22)},
            revision=1,
            by=by,
        ),
        lambda: services.terms.change(tariff=tariff, edit=edit_of(tariff, service_fee_monthly=Decimal(7)), by=by),
        lambda: services.terms.change(tariff=tariff, edit=edit_of(tariff, payment_lag_months=4), by=by),
        lambda: services.price_lines.change_source(line=line, edit=source, by=by),
    ]

    def run(step: Callable[[], object]) -> None:
        gate.wait()
        try:
            step()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    saved, after = tariff_of(programme), PriceLine.objects.get(pk=line.pk)
    assert failed == []
    assert (saved.service_fee_monthly, saved.payment_lag_months, saved.revision) == (7, 4, 2)
    assert (after.price, after.source) == (22, "Said meanwhile")


@pytest.mark.promise("D1")
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.slow
def test_in_any_order_of_saves_from_any_age_of_page_no_change_is_lost(programme: Programme, seed: int) -> None:
    """Two people edit terms and prices from pages of any age; what was saved is what the last who saved it typed."""
    luck, by = random.Random(seed), programme.created_by
    pages, expected = [tariff_of(programme)], dict(shown(tariff_of(programme)))
    expected_price = Decimal(1000)
    for turn in range(20):
        page = luck.choice(pages)
        if luck.random() < 0.5:
            name, value = luck.choice([("service_fee_monthly", Decimal(turn)), ("payment_lag_months", turn)])
            try:
                services.terms.change(tariff=page, edit=edit_of(page, **{name: value}), by=by)
                expected |= {name: shown(tariff_of(programme))[name]}
                assert float(expected[name]) == float(value)
            except StaleError:
                assert shown(page)[name] != expected[name]
        else:
            try:
                services.price_lines.save_grid(
                    tariff=page, prices={job_of(programme): Decimal(turn)}, revision=page.revision, by=by
                )
                expected_price = Decimal(turn)
            except StaleTariffError:
                assert page.revision != tariff_of(programme).revision
        pages.append(tariff_of(programme))
        assert shown(pages[-1]) == expected
        assert pages[-1].price_lines.get(price_band="A").price == expected_price


@pytest.mark.slow
def test_price_lines_and_terms_keep_their_ids_through_a_hundred_edits(programme: Programme) -> None:
    luck, by = random.Random(3), programme.created_by
    group = programme.groups.get(key="a")
    lines = set(PriceLine.objects.filter(tariff__programme=programme).values_list("pk", flat=True))
    terms = [term.id for term in queries.terms.of_tariff(programme.tariff)]

    for turn in range(100):
        tariff = tariff_of(programme)
        what = luck.randrange(4)
        if what == 0:
            prices = {job_of(programme, luck.choice("AB")): Decimal(luck.randrange(5000))}
            services.price_lines.save_grid(tariff=tariff, prices=prices, revision=tariff.revision, by=by)
        elif what == 1:
            edit = edit_of(tariff, service_fee_monthly=Decimal(luck.randrange(900)), version=f"Name {turn}")
            services.terms.change(tariff=tariff, edit=edit, by=by)
        elif what == 2:
            name = {"name": f"Group {turn}"}
            edit = Edit(
                was={"name": group.name}, typed=name, values={"name": name}, shown=lambda row: {"name": row.name}
            )
            services.groups.change(group=group, edit=edit, by=by)
            group.refresh_from_db()
        else:
            line = PriceLine.objects.filter(tariff=tariff).order_by("?").first()
            text = {"source": f"Source {turn}"}
            edit = Edit(
                was={"source": line.source},
                typed=text,
                values={"source": text},
                shown=lambda row: {"source": row.source},
            )
            services.price_lines.change_source(line=line, edit=edit, by=by)

    assert set(PriceLine.objects.filter(tariff__programme=programme).values_list("pk", flat=True)) == lines
    assert [term.id for term in queries.terms.of_tariff(tariff_of(programme))] == terms


def test_a_copy_of_a_programme_has_lines_and_terms_of_its_own(programme: Programme) -> None:
    twin = services.copies.copy(
        source=programme, organisation=programme.organisation, name="Twin", by=programme.created_by
    )

    for ids in (
        lambda of: {term.id for term in queries.terms.of_tariff(tariff_of(of))},
        lambda of: set(PriceLine.objects.filter(tariff__programme=of).values_list("pk", flat=True)),
    ):
        assert ids(twin).isdisjoint(ids(programme))
        assert len(ids(twin)) == len(ids(programme))
