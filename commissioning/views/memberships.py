"""Changing and ending memberships. Both ask for the password again when it was long ago."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning import queries, services
from commissioning.forms.members import RoleForm

from .requests import SignedInRequest, confirmed


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def change_role(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(queries.memberships.managed_by(request.user), pk=membership_id)
    form = RoleForm(request.POST or None, organisation=membership.organisation, initial={"role": membership.role})
    if form.is_valid():
        try:
            services.memberships.change_role(membership=membership, role=form.cleaned_data["role"], by=request.user)
        except ValidationError as error:
            form.add_error("role", error.messages)
        else:
            messages.success(request, f"{membership.user} is now {membership.get_role_display().lower()}")
            return redirect(membership.organisation)
    return render(request, "commissioning/memberships/change_role.html", {"form": form, "membership": membership})


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def remove(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(queries.memberships.managed_by(request.user), pk=membership_id)
    context = {"membership": membership, "problem": ""}
    if request.method == "POST":
        try:
            services.memberships.remove(membership=membership, by=request.user)
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, f"{membership.user} no longer belongs to {membership.organisation}")
            return redirect("organisation-list")
    return render(request, "commissioning/memberships/remove.html", context)
