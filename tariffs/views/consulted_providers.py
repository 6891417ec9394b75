"""Naming the providers of a consultation: found by name, named, and taken out again before it opens."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.consultations import ProviderSearchForm
from tariffs.models import Consultation

from .consultations import about, mine

ON_A_PAGE = 20


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    if consultation.audience != Consultation.Audience.NAMED:
        raise Http404
    form = ProviderSearchForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    found = queries.consultations.invitable(consultation, words)
    if request.method == "POST":
        return _invite(request, consultation)
    context = {
        **about(consultation),
        "form": form,
        "words": words,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "named": Paginator(queries.consultations.named(consultation), ON_A_PAGE).get_page(request.GET.get("named")),
    }
    return render(request, "tariffs/consultations/providers.html", context)


def _invite(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Name whoever is ticked."""
    wanted = [value for value in request.POST.getlist("provider") if _is_uuid(value)]
    chosen = list(queries.consultations.invitable(consultation, "").filter(pk__in=wanted))
    try:
        count = services.consultations.invite(consultation=consultation, organisations=chosen, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = f"{count} provider{' is' if count == 1 else 's are'} named." if count else "Tick whom you want to name."
        (messages.success if count else messages.info)(request, said)
    return redirect("consulted-provider-list", consultation.pk)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@login_required
@require_POST
def remove(request: SignedInRequest, consultation_id: UUID, organisation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    consulted = get_object_or_404(queries.consultations.named(consultation), organisation=organisation_id)
    consulted.consultation = consultation
    try:
        services.consultations.uninvite(consulted=consulted, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Taken out. Nothing was sent.")
    return redirect("consulted-provider-list", consultation.pk)
