"""Notes what is known beside the draft and the case."""

from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs.core.feasibility import fact_questions
from tariffs.models import Archetype, Fact
from tariffs.models.facts import FINEST


@transaction.atomic
def note(*, programme: Programme, question: str, archetype: Archetype | None, edit: Edit, by: User) -> Fact:
    """Save what a person changed in the answer to a question, beside what others changed meanwhile."""
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied
    if question not in fact_questions() or bool(fact_questions()[question].each) is not bool(archetype):
        raise ValidationError("There is no such question")
    part = archetype.key if archetype else ""
    # Of two who answer first at the same moment one makes the row, and the other finds it.
    row = Fact.objects.get_or_create(programme=programme, question=question, part=part)[0]
    signed = {"noted_by": by, "noted_at": timezone.now()}
    values = {field: {**attributes, **signed} for field, attributes in edit.values.items()}
    row, changes = drafts.apply(row, replace(edit, values=values))
    if changes:
        detail = {"question": question, "part": part, "changes": [change.as_detail() for change in changes]}
        audit.record(by=by, action="noted a fact", target=programme, organisation=programme.organisation, detail=detail)
    return row


@transaction.atomic
def put(*, programme: Programme, question: str, value: float, source: str, by: User, part: str = "") -> Fact:
    """Note an answer that was worked out, in place of whatever was noted before; `part` is a kind of provider's key."""
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied
    row = Fact.objects.select_for_update().get_or_create(programme=programme, question=question, part=part)[0]
    row.value, row.source = Decimal(repr(value)).quantize(FINEST), source
    row.noted_by, row.noted_at = by, timezone.now()
    row.full_clean()
    row.save()
    detail = {"question": question, "part": part, "value": value}
    audit.record(by=by, action="noted a fact", target=programme, organisation=programme.organisation, detail=detail)
    return row
