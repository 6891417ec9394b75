"""What an authority brings in: its own, by its own editors, and in the log."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry
from markets import services
from markets.models import Grant, Import, ListedProvider
from tests.factories import registers
from tests.factories.commissioning import Cast, cast
from tests.factories.registers import as_json
from tests.markets.services.test_imports import LIST
from tests.markets.sources.test_grants import GRANT

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def test_an_own_list_waits_until_its_columns_are_checked_then_goes_in(people: Cast) -> None:
    held = registers.handed_over(people.authority, LIST, by=people.amina)
    assert (held.state, services.import_workers.work()) == (Import.State.DRAFT, False)

    services.imports.start(held=held, columns=held.columns, by=people.amina)
    assert services.import_workers.work()

    held.refresh_from_db()
    assert held.state == Import.State.SUCCEEDED, held.message
    assert list(ListedProvider.objects.values_list("name", "org_id", "income")) == [
        ("Help at Hand", "GB-CHC-1100001", 50000),
        ("Other", "", None),
    ]
    assert not held.files.exists()


def test_a_new_list_takes_the_place_of_the_old_one_of_the_same_authority_alone(people: Cast) -> None:
    for who, organisation in ((people.charlie, people.elsewhere), (people.amina, people.authority)):
        held = registers.handed_over(organisation, LIST, by=who)
        services.imports.start(held=held, columns=held.columns, by=who)
        services.import_workers.work()

    held = registers.handed_over(people.authority, LIST.replace(b"Other,,\n", b"Third,,\n"), by=people.amina)
    services.imports.start(held=held, columns=held.columns, by=people.amina)
    services.import_workers.work()

    assert [row.name for row in ListedProvider.objects.filter(organisation=people.authority)] == [
        "Help at Hand",
        "Third",
    ]
    assert [row.name for row in ListedProvider.objects.filter(organisation=people.elsewhere)] == [
        "Help at Hand",
        "Other",
    ]


def test_what_an_authority_brings_in_is_its_own(people: Cast) -> None:
    registers.handed_over(people.authority, as_json([GRANT]), by=people.amina, source="grants")

    services.import_workers.work()

    assert Grant.objects.get().organisation == people.authority


@pytest.mark.promise("S2")
def test_nobody_else_may_bring_in_start_or_cancel(people: Cast) -> None:
    held = registers.handed_over(people.authority, LIST, by=people.amina)

    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            registers.handed_over(people.authority, LIST, by=stranger)
        with pytest.raises(PermissionDenied):
            services.imports.start(held=held, columns={"name": 0}, by=stranger)
        with pytest.raises(PermissionDenied):
            services.imports.cancel(held=held, by=stranger)


def test_national_registers_come_by_the_command_line_alone(people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        registers.handed_over(people.authority, as_json([registers.charity()]), by=people.amina, source="ccew")


def test_files_that_are_empty_or_no_table_and_too_many_at_once_are_refused(people: Cast) -> None:
    for content in (b"", b"\n\n"):
        with pytest.raises(ValidationError):
            registers.handed_over(people.authority, content, by=people.amina)
    for _ in range(services.imports.MOST_WAITING):
        registers.handed_over(people.authority, LIST, by=people.amina)

    with pytest.raises(ValidationError, match="under way"):
        registers.handed_over(people.authority, LIST, by=people.amina)


@pytest.mark.parametrize("columns", [{}, {"income": 1}, {"name": 0, "shoe": 1}, {"name": 0, "income": 0}])
def test_columns_that_fit_nothing_are_refused(people: Cast, columns: dict[str, int]) -> None:
    held = registers.handed_over(people.authority, LIST, by=people.amina)

    with pytest.raises(ValidationError):
        services.imports.start(held=held, columns=columns, by=people.amina)


@pytest.mark.promise("S14")
def test_each_import_leaves_its_trace_in_the_log(people: Cast) -> None:
    held = registers.handed_over(people.authority, LIST, by=people.amina)
    services.imports.start(held=held, columns=held.columns, by=people.amina)
    services.import_workers.work()

    actions = AuditEntry.objects.filter(organisation=people.authority, target_id=held.pk).values_list(
        "action", flat=True
    )

    assert list(actions.order_by("sequence")) == ["handed over a file to import", "started an import", "imported"]
