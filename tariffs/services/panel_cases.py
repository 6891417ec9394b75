"""Writes the cases of a review panel: each member's mark, and the one agreed after talking. Nothing is paid by them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from commissioning.core import merges, personal_data
from commissioning.models import User
from commissioning.services.drafts import Edit, StaleError
from tariffs.models import CaseMark, ReviewCase, ReviewPanel

from . import panels

MOST_CASES = 500
#: How an attribute of a case begins that is a member's mark; the member's id follows.
MARK = "mark-"
NO_SERVICE_USER = "No service user sits on this panel, so it may not mark anything. Add a seat for one first."
NO_CODE = (
    "Enter a code that says nothing about the person: up to 16 letters, digits and hyphens, with a digit in it, "
    "such as C-07"
)


@transaction.atomic
def add(*, panel: ReviewPanel, values: Mapping[str, Any], by: User) -> ReviewCase:
    """Add a case with the marks that there are."""
    panels.locked(panel.programme, by)
    if panel.cases.count() >= MOST_CASES:
        raise ValidationError(f"A panel has at most {MOST_CASES} cases.")
    case = _put(ReviewCase(panel=panel), values)
    panels.record(panel, by, "added a case to a review panel", row=case.pk)
    return case


@transaction.atomic
def change(*, case: ReviewCase, edit: Edit, by: User) -> ReviewCase:
    """Save what a person changed of a case and its marks, beside what others changed meanwhile."""
    panels.locked(case.panel.programme, by)
    case = ReviewCase.objects.select_related("panel__card", "panel__programme__organisation").get(pk=case.pk)
    saved = edit.shown(case)
    merged = merges.merge(edit.was, edit.typed, saved)
    if merged.conflicts:
        raise StaleError(case, merged.conflicts)
    if merged.touched:
        values = {key: value for field in merged.touched for key, value in edit.values[field].items()}
        case = _put(case, values)
        # Which mark it was, or whose, is for the panel and not for the log.
        panels.record(case.panel, by, "changed a case of a review panel", row=case.pk)
    return case


@transaction.atomic
def remove(*, case: ReviewCase, by: User) -> None:
    """Remove a case with its marks."""
    panels.locked(case.panel.programme, by)
    panels.record(case.panel, by, "removed a case from a review panel", row=case.pk)
    case.delete()


def _put(case: ReviewCase, values: Mapping[str, Any]) -> ReviewCase:
    marks = {key.removeprefix(MARK): mark for key, mark in values.items() if key.startswith(MARK)}
    for name in values.keys() - {MARK + member for member in marks}:
        setattr(case, name, values[name])
    _refuse(case)
    case.full_clean()
    case.save()
    seats = {str(member.pk): member for member in case.panel.members.all()}
    if unknown := marks.keys() - seats.keys():
        raise ValidationError(f"{len(unknown)} of the marks are of somebody who does not sit on this panel")
    for member, mark in marks.items():
        _mark(case, UUID(member), mark)
    return case


def _mark(case: ReviewCase, member: UUID, mark: str) -> None:
    if not mark:
        CaseMark.objects.filter(case=case, member_id=member).delete()
        return
    row = CaseMark.objects.filter(case=case, member_id=member).first() or CaseMark(case=case, member_id=member)
    row.mark = mark
    row.full_clean()
    row.save()


def _refuse(case: ReviewCase) -> None:
    """Refuse a case that its panel may not mark, or that would say who the person is."""
    panel = case.panel
    if not panels.has_service_user(panel.members):
        raise ValidationError(NO_SERVICE_USER)
    if not personal_data.is_a_code(case.code):
        raise ValidationError({"code": NO_CODE})
    if held := personal_data.found_in(case.reason):
        raise ValidationError({"reason": f"Take out {' and '.join(held)}: nothing here may say who the person is"})
    if case.group and case.group.programme_id != panel.programme_id:
        raise ValidationError({"group": "Choose a group of this programme"})
    most = panel.card.own_outcomes
    if not (1 <= case.own_number <= most if most else case.own_number == 0):
        raise ValidationError({"own_number": "Choose which of the person's own outcomes it is"})
