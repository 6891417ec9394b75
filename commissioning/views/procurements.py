"""The page on which approvers say how their authority is named in notices."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning import queries, services
from commissioning.forms.procurements import AuthorityDetailsForm
from commissioning.models import Organisation
from commissioning.permissions import Ability

from .drafts import settle, status_of
from .kept_texts import typed
from .requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def authority(request: SignedInRequest, organisation_id: UUID) -> HttpResponse:
    mine = queries.organisations.where(request.user, Ability.APPROVE).filter(kind=Organisation.Kind.AUTHORITY)
    organisation = get_object_or_404(mine, pk=organisation_id)
    row = queries.procurements.details_of(organisation)
    form = AuthorityDetailsForm(typed(request), row=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        save, edit = services.procurements.describe_authority, form.edit()
        form, saved = settle(request, form, lambda: save(organisation=organisation, edit=edit, by=request.user))
        if saved:
            messages.success(request, "The details are saved. Notices use them from now on.")
            return redirect(organisation)
    context = {"form": form, "organisation": organisation}
    return render(request, "commissioning/procurements/authority.html", context, status=status_of(form))
