"""Changes what a prime passes on to subcontractors."""

from commissioning.core import merges
from commissioning.models import Programme, User
from commissioning.services import audit
from commissioning.services.drafts import Change, Edit, StaleError

from . import parts


def change(*, programme: Programme, edit: Edit, by: User) -> Programme:
    """Change the touched terms of the subcontracts; the rest of the programme's market section stays as it is."""
    with parts.editing(programme, by) as locked:
        saved = edit.shown(locked)
        merged = merges.merge(edit.was, edit.typed, saved)
        if merged.conflicts:
            raise StaleError(locked, merged.conflicts)
        if merged.touched:
            market = dict(locked.market or {})
            given = {key: value for field in merged.touched for key, value in edit.values[field].items()}
            locked.market = market | {"supply_chain": {**(market.get("supply_chain") or {}), **given}}
            locked.full_clean()
            locked.save(update_fields=["market"])
            changes = [Change(field, saved[field], edit.typed[field]).as_detail() for field in merged.touched]
            detail = {"row": locked.pk, "name": str(locked), "changes": changes}
            organisation = locked.organisation
            action = "changed what is passed on to subcontractors"
            audit.record(by=by, action=action, target=locked, organisation=organisation, detail=detail)
    return locked
