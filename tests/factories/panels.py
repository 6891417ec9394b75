"""Review panels, made through the product's own services."""

from collections.abc import Sequence
from typing import Any

from commissioning.models import MeasureCard, Programme, User
from tariffs import services
from tariffs.models import PanelMember, ReviewCase, ReviewPanel
from tariffs.services.panel_cases import MARK
from tests.factories import measures

ROLES = ("service_user", "gp", "worker")


def panel(
    programme: Programme, *, by: User, card: MeasureCard | None = None, roles: Sequence[str] = ROLES, **said: Any
) -> ReviewPanel:
    """Set up a panel with a seat for each role, on the programme's first card or a new one."""
    card = card or MeasureCard.objects.filter(programme=programme).first() or measures.whole(programme, by=by)
    values = {"name": "Spring panel", "card_id": card.pk, **said}
    made = services.panels.add(programme=programme, values=values, by=by)
    for role in roles:
        services.panels.seat(panel=made, role=role, by=by)
    return made


def seats(panel: ReviewPanel) -> tuple[PanelMember, ...]:
    """Give the seats in the order in which they were asked for in `ROLES`, or by name where they are others."""
    order = {role: place for place, role in enumerate(ROLES)}
    return tuple(sorted(panel.members.all(), key=lambda seat: (order.get(seat.role, 9), seat.role, seat.number)))


def case(panel: ReviewPanel, *, by: User, marks: Sequence[str] = (), group: str = "", **said: Any) -> ReviewCase:
    """Add a case with marks in the order of `seats`; `group` is the key of its group."""
    values: dict[str, Any] = {"code": f"C-{panel.cases.count() + 1}", **said}
    if group:
        values["group"] = panel.programme.groups.get(key=group)
    given = {f"{MARK}{seat.pk}": mark for seat, mark in zip(seats(panel), marks, strict=False)}
    return services.panel_cases.add(panel=panel, values=values | given, by=by)
