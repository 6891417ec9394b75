"""Changes the terms of a tariff: its fees, times, caps, guarantees and target. Its prices are left alone."""

from commissioning.models import Programme, User
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs.models import Tariff

from . import parts


def change(*, tariff: Tariff, edit: Edit, by: User) -> Tariff:
    """Change the touched terms.

    The tariff's revision stays: it tells those who edit prices that prices were saved, and no price changes here.
    """
    with parts.editing(Programme(pk=tariff.programme_id), by) as programme:
        changed, changes = drafts.apply(tariff, edit)
        if changes:
            said = {"row": tariff.pk, "name": str(changed), "changes": [each.as_detail() for each in changes]}
            action, organisation = "changed the terms of a tariff", programme.organisation
            audit.record(by=by, action=action, target=programme, organisation=organisation, detail=said)
    return changed
