"""Saving the price grid: what changes, what is logged, and that nobody's prices are lost."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from commissioning.models import AuditEntry, Programme
from tariffs.models import PriceLine, Tariff
from tariffs.services import price_lines
from tariffs.services.price_lines import Cell, StaleTariffError
from tests.factories.tariffs import imported, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return imported()


def cell(programme: Programme, band: str, milestone: str) -> Cell:
    return Cell(band, programme.milestones.get(key=milestone).pk)


def price(programme: Programme, band: str, milestone: str) -> Decimal:
    return PriceLine.objects.get(tariff__programme=programme, price_band=band, milestone__key=milestone).price


def test_a_changed_price_keeps_the_id_of_its_line_and_what_it_was_at_import(programme: Programme) -> None:
    line = programme.tariff.price_lines.get(price_band="A")

    tariff = price_lines.change(line=line, price=Decimal("1250.50"), revision=1, by=programme.created_by)

    after = tariff.price_lines.get(price_band="A")
    assert (after.pk, after.price, after.price_at_import) == (line.pk, Decimal("1250.50"), Decimal("1000.00"))
    assert tariff.revision == 2


def test_a_save_is_one_entry_in_the_audit_log_with_every_change(programme: Programme) -> None:
    prices = {cell(programme, "A", "job"): Decimal(7), cell(programme, "B", "stay"): Decimal(8)}

    price_lines.save_grid(tariff=programme.tariff, prices=prices, revision=1, by=programme.created_by)

    entry = AuditEntry.objects.get(action="changed prices")
    assert entry.target_id == str(programme.pk)
    assert [(change["from"], change["to"]) for change in entry.detail["changes"]] == [("1000.00", "7"), (None, "8")]


def test_a_price_in_an_empty_cell_becomes_a_line_that_pays_every_repeat(programme: Programme) -> None:
    prices = {cell(programme, "A", "stay"): Decimal(30)}

    tariff = price_lines.save_grid(tariff=programme.tariff, prices=prices, revision=1, by=programme.created_by)

    line = tariff.price_lines.get(price_band="A", milestone__key="stay")
    assert (line.price, line.payments, line.price_at_import, line.place) == (Decimal(30), 3, None, 2)


def test_saving_the_same_prices_changes_nothing(programme: Programme) -> None:
    prices = {cell(programme, "A", "job"): Decimal(1000)}

    tariff = price_lines.save_grid(tariff=programme.tariff, prices=prices, revision=1, by=programme.created_by)

    assert tariff.revision == 1
    assert not AuditEntry.objects.filter(action="changed prices").exists()


@pytest.mark.promise("D1")
def test_a_save_from_an_older_reading_is_refused_and_changes_nothing(programme: Programme) -> None:
    first, second = {cell(programme, "A", "job"): Decimal(1)}, {cell(programme, "B", "job"): Decimal(2)}
    price_lines.save_grid(tariff=programme.tariff, prices=first, revision=1, by=programme.created_by)

    with pytest.raises(StaleTariffError):
        price_lines.save_grid(tariff=programme.tariff, prices=second, revision=1, by=programme.created_by)

    assert price(programme, "A", "job") == 1
    assert price(programme, "B", "job") == Decimal("2000.50")


@pytest.mark.promise("B7")
def test_the_same_save_twice_is_one_save_and_no_conflict(programme: Programme) -> None:
    prices = {cell(programme, "A", "job"): Decimal(7), cell(programme, "B", "stay"): Decimal(8)}

    for _press in range(2):
        tariff = price_lines.save_grid(tariff=programme.tariff, prices=prices, revision=1, by=programme.created_by)

    assert tariff.revision == 2
    assert AuditEntry.objects.filter(action="changed prices").count() == 1


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "1000000000001", "0.001"])
def test_a_price_that_no_tariff_can_hold_is_refused_and_nothing_is_saved(programme: Programme, amount: str) -> None:
    prices = {cell(programme, "B", "job"): Decimal(5), cell(programme, "A", "job"): Decimal(amount)}

    with pytest.raises(ValidationError):
        price_lines.save_grid(tariff=programme.tariff, prices=prices, revision=1, by=programme.created_by)

    assert price(programme, "B", "job") == Decimal("2000.50")


def test_a_cell_of_no_band_or_of_another_programme_is_refused(programme: Programme) -> None:
    other = imported(organisation=organisation("Other"), by=None)

    for wrong in (Cell("C", cell(programme, "A", "job").milestone), cell(other, "A", "job")):
        with pytest.raises((ValidationError, programme.milestones.model.DoesNotExist)):
            price_lines.save_grid(
                tariff=programme.tariff, prices={wrong: Decimal(1)}, revision=1, by=programme.created_by
            )


def test_a_viewer_and_an_outsider_change_nothing(programme: Programme) -> None:
    viewer = member(programme.organisation, "viewer", "vera")
    outsider = member(organisation("Other"), "editor", "olu")

    for person in (viewer, outsider):
        with pytest.raises(PermissionDenied):
            price_lines.save_grid(
                tariff=programme.tariff, prices={cell(programme, "A", "job"): Decimal(1)}, revision=1, by=person
            )


@pytest.mark.promise("D1")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told(programme: Programme) -> None:
    barrier, results = threading.Barrier(2), []

    def save(amount: int) -> Callable[[], None]:
        prices, by = {cell(programme, "A", "job"): Decimal(amount)}, programme.created_by

        def run() -> None:
            tariff = Tariff.objects.get(programme=programme)
            barrier.wait()
            try:
                price_lines.save_grid(tariff=tariff, prices=prices, revision=1, by=by)
                results.append(amount)
            except StaleTariffError:
                results.append(None)
            finally:
                connection.close()

        return run

    threads = [threading.Thread(target=save(amount)) for amount in (11, 22)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(result is None for result in results) == [False, True]
    assert price(programme, "A", "job") == next(result for result in results if result)
