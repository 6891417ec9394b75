"""Review panels: who may set one up, that a service user sits on it, and that nothing says who a person is."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry, Programme
from commissioning.services.drafts import Edit, StaleError
from tariffs import queries, services
from tariffs.forms.panels import case_form
from tariffs.models import CaseMark, PanelMember, ReviewCase, ReviewPanel
from tariffs.services import panel_cases
from tariffs.services import panels as panel_services
from tests.factories import measures, panels
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def panel(people: Cast, programme: Programme) -> ReviewPanel:
    return panels.panel(programme, by=people.amina)


def edit_of(case: ReviewCase, **typed: str) -> Edit:
    """Give what a person does to a case whose page shows it as it is now."""
    form = case_form(queries.panels.members(case.panel), case.panel.card.own_outcomes)
    was = dict(form.shown(case))
    return Edit(was=was, typed=was | typed, values={key: {key: text} for key, text in typed.items()}, shown=form.shown)


def test_a_panel_is_set_up_for_a_measure_of_its_own_programme(people: Cast, programme: Programme) -> None:
    foreign = measures.whole(imported(organisation=people.authority, by=people.amina), by=people.amina)

    with pytest.raises(ValidationError, match="Choose a measure of this programme"):
        panels.panel(programme, by=people.amina, card=foreign)


def test_a_name_is_taken_once(people: Cast, panel: ReviewPanel) -> None:
    with pytest.raises(ValidationError, match="There is a panel of this name already"):
        panels.panel(panel.programme, by=people.amina)


@pytest.mark.parametrize(("limit", "said"), [("MOST_PANELS", "at most 1 panels"), ("MOST_SEATS", "at most 1 seats")])
def test_there_is_an_end_to_panels_and_seats(
    limit: str, said: str, people: Cast, panel: ReviewPanel, monkeypatch: Any
) -> None:
    monkeypatch.setattr(panel_services, limit, 1)

    with pytest.raises(ValidationError, match=said):
        if limit == "MOST_PANELS":
            panels.panel(panel.programme, by=people.amina, name="Another", roles=())
        else:
            services.panels.seat(panel=panel, role="gp", by=people.amina)


def test_seats_of_one_role_are_numbered_and_an_unknown_role_is_refused(people: Cast, panel: ReviewPanel) -> None:
    second = services.panels.seat(panel=panel, role="gp", by=people.amina)

    assert str(second) == "GP 2"
    with pytest.raises(ValidationError):
        services.panels.seat(panel=panel, role="judge", by=people.amina)


def test_without_a_service_user_nothing_is_marked(people: Cast, programme: Programme) -> None:
    panel = panels.panel(programme, by=people.amina, roles=("gp", "worker"))

    with pytest.raises(ValidationError, match="No service user sits on this panel"):
        panels.case(panel, by=people.amina)

    assert not ReviewCase.objects.exists()


def test_the_last_service_user_stays_while_there_are_cases_and_whoever_marked_stays(
    people: Cast, panel: ReviewPanel
) -> None:
    panels.case(panel, by=people.amina, marks=("", "achieved"))
    user, gp, worker = panels.seats(panel)

    with pytest.raises(ValidationError, match="keeps a service user"):
        services.panels.unseat(member=user, by=people.amina)
    with pytest.raises(ValidationError, match="has marked already"):
        services.panels.unseat(member=gp, by=people.amina)
    services.panels.unseat(member=worker, by=people.amina)

    assert set(panel.members.values_list("role", flat=True)) == {"service_user", "gp"}


def test_a_service_user_may_go_where_another_sits_or_nothing_is_marked(people: Cast, panel: ReviewPanel) -> None:
    second = services.panels.seat(panel=panel, role="service_user", by=people.amina)
    panels.case(panel, by=people.amina)

    services.panels.unseat(member=second, by=people.amina)

    assert panel.members.filter(role="service_user").count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "Smith"}, "code"),
        ({"code": "AB123456D"}, "code"),
        ({"agreed": "achieved"}, "__all__"),
        ({"agreed": "achieved", "reason": "Ring 07700 900123"}, "reason"),
        ({"agreed": "achieved", "reason": "J Smith, 3/4/1981"}, "reason"),
        ({"agreed": "achieved", "reason": "j@example.org"}, "reason"),
        ({"own_number": 1}, "own_number"),
        ({"measured": "perhaps"}, "measured"),
        ({f"{panel_cases.MARK}{uuid4()}": "achieved"}, "__all__"),
    ],
)
@pytest.mark.promise("P1")
def test_a_case_that_says_too_much_or_does_not_fit_is_refused(
    said: dict[str, Any], field: str, people: Cast, panel: ReviewPanel
) -> None:
    with pytest.raises(ValidationError) as refused:
        panels.case(panel, by=people.amina, **said)

    assert field in getattr(refused.value, "error_dict", {"__all__": 0})


def test_a_group_of_another_programme_is_refused(people: Cast, panel: ReviewPanel) -> None:
    foreign = imported(organisation=people.authority, by=people.amina).groups.get(key="a")

    with pytest.raises(ValidationError, match="Choose a group of this programme"):
        panels.case(panel, by=people.amina, **{"group_id": foreign.pk})


def test_a_case_of_an_own_outcome_says_which(people: Cast, programme: Programme) -> None:
    card = measures.whole(programme, by=people.amina, own_outcomes=2)
    panel = panels.panel(programme, by=people.amina, card=card)

    panels.case(panel, by=people.amina, code="C-1", own_number=1)
    panels.case(panel, by=people.amina, code="C-1", own_number=2)

    with pytest.raises(ValidationError, match="Choose which of the person's own outcomes it is"):
        panels.case(panel, by=people.amina, code="C-2")
    with pytest.raises(ValidationError, match="There is a case with this code already"):
        panels.case(panel, by=people.amina, code="C-1", own_number=1)


def test_marks_are_changed_and_taken_back_and_the_log_holds_none(people: Cast, panel: ReviewPanel) -> None:
    case = panels.case(panel, by=people.amina, marks=("achieved", "partly"))
    user, gp, worker = (f"{panel_cases.MARK}{seat.pk}" for seat in panels.seats(panel))

    services.panel_cases.change(
        case=case, edit=edit_of(case, **{user: "not", gp: "", worker: "partly"}), by=people.amina
    )

    marks = {f"{panel_cases.MARK}{mark.member_id}": mark.mark for mark in CaseMark.objects.all()}
    assert marks == {user: "not", worker: "partly"}
    entry = AuditEntry.objects.filter(action="changed a case of a review panel").get()
    assert "partly" not in str(entry.detail) and case.code not in str(entry.detail)


def test_of_two_who_mark_at_once_the_later_sees_both_and_other_fields_are_kept(
    people: Cast, panel: ReviewPanel
) -> None:
    case = panels.case(panel, by=people.amina, marks=("achieved",))
    mark = f"{panel_cases.MARK}{panels.seats(panel)[0].pk}"
    amina, bob = edit_of(case, **{mark: "not"}), edit_of(case, **{mark: "partly"})
    other = edit_of(case, measured="yes")

    services.panel_cases.change(case=case, edit=amina, by=people.amina)
    services.panel_cases.change(case=case, edit=other, by=people.amina)

    with pytest.raises(StaleError):
        services.panel_cases.change(case=case, edit=bob, by=people.amina)
    case.refresh_from_db()
    assert (case.measured, case.marks.get().mark) == ("yes", "not")


def test_a_case_and_a_panel_go_with_their_marks(people: Cast, panel: ReviewPanel) -> None:
    panels.case(panel, by=people.amina, marks=("achieved",))
    case = panels.case(panel, by=people.amina, marks=("not",))

    services.panel_cases.remove(case=case, by=people.amina)
    assert CaseMark.objects.get().mark == "achieved"
    services.panels.remove(panel=panel, by=people.amina)

    assert not ReviewPanel.objects.exists() and not CaseMark.objects.exists() and not PanelMember.objects.exists()


def test_there_is_an_end_to_cases(people: Cast, panel: ReviewPanel, monkeypatch: Any) -> None:
    monkeypatch.setattr(panel_cases, "MOST_CASES", 1)
    panels.case(panel, by=people.amina)

    with pytest.raises(ValidationError, match="at most 1 cases"):
        panels.case(panel, by=people.amina)


def test_whoever_only_reads_writes_nothing(people: Cast, panel: ReviewPanel) -> None:
    case = panels.case(panel, by=people.amina)

    for write in (
        lambda: panels.panel(panel.programme, by=people.vera, name="Mine"),
        lambda: services.panels.seat(panel=panel, role="gp", by=people.vera),
        lambda: services.panels.remove(panel=panel, by=people.vera),
        lambda: panels.case(panel, by=people.vera),
        lambda: services.panel_cases.change(case=case, edit=edit_of(case, measured="yes"), by=people.vera),
        lambda: services.panel_cases.remove(case=case, by=people.vera),
    ):
        with pytest.raises(PermissionDenied):
            write()
