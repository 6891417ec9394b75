"""Changes what a prime passes on to subcontractors."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import Programme, User
from commissioning.services.drafts import Edit

from . import market_sections
from .market_sections import Section

ACTION = "changed what is passed on to subcontractors"


def change(*, programme: Programme, edit: Edit, by: User) -> Programme:
    """Change the touched terms of the subcontracts; the rest of the programme's market section stays as it is."""
    return market_sections.change(programme=programme, edit=edit, put=_put, action=ACTION, by=by)


def _put(section: Section, given: Mapping[str, Any]) -> Section:
    return section | {"supply_chain": {**(section.get("supply_chain") or {}), **given}}
