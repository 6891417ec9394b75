"""Inviting people, and accepting an invitation: opening its link shows it, pressing the button accepts it."""

from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from commissioning import queries, services
from commissioning.forms.members import InvitationForm, NewAccountForm
from commissioning.models import Invitation

from .requests import SignedInRequest, confirmed, limited


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def create(request: SignedInRequest, organisation_id: UUID) -> HttpResponse:
    organisation = get_object_or_404(queries.organisations.managed_by(request.user), pk=organisation_id)
    form = InvitationForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        try:
            invitation, address = services.invitations.invite(
                organisation=organisation, by=request.user, link=lambda token: link(request, token), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("email", error.messages)
        else:
            messages.success(request, sent(invitation, address))
            return redirect(organisation)
    return render(request, "commissioning/invitations/create.html", {"form": form, "organisation": organisation})


def link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation-accept", args=[token]))


def sent(invitation: Invitation, address: str) -> str:
    """Say that it went out; a demonstration sends no e-mail, so it shows the link."""
    if settings.DEMO:
        return f"Invitation made. This demonstration sends no email: the link is {address}"
    return f"We have sent an invitation to {invitation.email}"


@login_required
@require_POST
def withdraw(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations.managed_by(request.user), pk=invitation_id)
    services.invitations.withdraw(invitation=invitation, by=request.user)
    messages.success(request, "The invitation is withdrawn. Its link no longer works.")
    return redirect(invitation.organisation)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited("accept_invitation")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = queries.invitations.by_token(token)
    if invitation is None:
        raise Http404
    if request.user.is_authenticated:
        return _accept_as_member(cast(SignedInRequest, request), invitation)
    if queries.people.by_email(invitation.email):
        return _show(request, invitation, "sign_in")
    return _accept_as_newcomer(request, invitation)


def _accept_as_member(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    if request.user.email != invitation.email:
        return _show(request, invitation, "someone_else")
    if request.method == "POST":
        try:
            services.invitations.accept(invitation=invitation, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("organisation-list")
        messages.success(request, f"You now belong to {invitation.organisation}")
        return redirect(invitation.organisation)
    return _show(request, invitation, "confirm")


def _accept_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        try:
            person = services.invitations.accept_with_new_account(
                invitation=invitation, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            login(request, person)
            record_authentication(request, person, method="password")
            messages.success(request, f"Your account is open and you belong to {invitation.organisation}")
            return redirect(invitation.organisation)
    return _show(request, invitation, "newcomer", form=form)


def _show(request: HttpRequest, invitation: Invitation, case: str, **more: object) -> HttpResponse:
    context = {"invitation": invitation, "case": case, **more}
    # The address is the secret. Our referrer policy keeps it from other websites; "no-referrer" would make the
    # browser send the form with an origin of "null", which the forgery check refuses.
    return render(request, "commissioning/invitations/accept.html", context)
