"""An organisation's page and its audit log."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from commissioning import queries
from commissioning.permissions import Ability, can


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Most people belong to one organisation, and are taken straight to it."""
    memberships = list(queries.memberships.of_person(request.user))
    if len(memberships) == 1:
        return redirect(memberships[0].organisation)
    return render(request, "commissioning/organisations/index.html", {"memberships": memberships})


@login_required
@require_safe
def detail(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    organisation = get_object_or_404(queries.organisations.visible_to(request.user), pk=organisation_id)
    manages = can(request.user, Ability.MANAGE_MEMBERS, organisation)
    context = {
        "organisation": organisation,
        "memberships": queries.memberships.of_organisation(organisation),
        "invitations": queries.invitations.open_for(organisation) if manages else [],
        "manages": manages,
        "audits": can(request.user, Ability.READ_AUDIT_LOG, organisation),
    }
    return render(request, "commissioning/organisations/detail.html", context)


@login_required
@require_safe
def audit_log(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    organisation = get_object_or_404(queries.organisations.audited_by(request.user), pk=organisation_id)
    actions = queries.audit.actions(organisation)
    action = request.GET.get("action", "")
    action = action if action in actions else ""
    page = queries.audit.page(organisation, action=action, number=request.GET.get("page", "1"))
    context = {
        "organisation": organisation,
        "action": action,
        "actions": actions,
        "page": page,
        "altered": any(not line.is_whole for line in page.object_list),
    }
    return render(request, "commissioning/organisations/audit_log.html", context)
