"""Pages that write what a programme is about, and how far things may turn out other than planned."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.forms.drafts import DraftForm
from commissioning.models import Programme
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import services
from tariffs.forms.details import DetailsForm
from tariffs.forms.uncertainties import UncertaintyForm


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Change what the programme is about."""
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    form = DetailsForm(typed(request), row=programme, by=request.user)
    return _answer(request, programme, form, "tariffs/details/edit.html")


@login_required
@require_http_methods(["GET", "POST"])
def uncertainty(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Change how far outcomes and referrals may turn out other than planned."""
    mine = commissioning_queries.programmes.editable_by(request.user).select_related("uncertainty")
    programme = get_object_or_404(mine, pk=programme_id)
    form = UncertaintyForm(typed(request), row=programme.uncertainty, by=request.user)
    return _answer(request, programme, form, "tariffs/uncertainties/edit.html")


def _answer(request: SignedInRequest, programme: Programme, form: DraftForm, template: str) -> HttpResponse:
    row = form.row
    if request.method == "POST" and form.is_valid() and row is not None:
        edit = form.edit()
        form, saved = settle(request, form, lambda: services.parts.change(part=row, edit=edit, by=request.user))
        if saved:
            messages.success(request, "Saved.")
            return redirect(programme)
    return render(request, template, {"form": form, "programme": programme}, status=status_of(form))
