"""Pages of an authority's consultations: all of a programme's, opening one, how one stands, giving more time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.forms.drafts import keeping
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms import moments
from tariffs.forms.consultations import ConsultationForm, ExtensionForm
from tariffs.models import Consultation
from tariffs.services.answers import HeldError

ON_A_PAGE = 10
LOG_ENTRIES = 20


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user).select_related("organisation"), pk=programme_id)
    found = queries.consultations.of_programme(programme)
    context = {
        "programme": programme,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "has_version": programme.versions.exists(),
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "tariffs/consultations/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    mine = commissioning_queries.programmes.editable_by(request.user).select_related("organisation")
    programme = get_object_or_404(mine, pk=programme_id)
    versions = queries.versions.of_programme(programme)
    missing = queries.answers.held(programme).count()
    form = keeping(ConsultationForm(typed(request), versions=versions, missing=missing), request.user)
    if request.method == "POST" and form.is_valid():
        chosen = queries.versions.editable_by(request.user).get(pk=form.cleaned_data["version"].pk)
        try:
            made = services.consultations.open_on(version=chosen, plan=form.plan(), by=request.user)
        except HeldError:
            form.add_error("override" if missing else None, "Comments on an earlier version still lack an answer")
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            return _after(request, made)
    context = {"form": form, "programme": programme, "has_version": versions.exists()}
    return render(request, "tariffs/consultations/create.html", context)


def _after(request: SignedInRequest, made: Consultation) -> HttpResponse:
    """Lead to what is left to do."""
    messages.success(request, "The consultation is saved.")
    if made.audience == Consultation.Audience.NAMED:
        return redirect("consulted-provider-list", made.pk)
    return redirect("consultation-overview", made.pk)


@login_required
@require_GET
def overview(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = get_object_or_404(queries.consultations.visible_to(request.user), pk=consultation_id)
    logs = queries.consultation_logs
    context = {
        **about(consultation),
        "questions": consultation.questions.order_by("place"),
        "named": queries.consultations.named(consultation)[:LOG_ENTRIES],
        "page": Paginator(logs.told(consultation), LOG_ENTRIES).get_page(request.GET.get("page")),
        "to_come": logs.to_come(consultation),
        "waiting": logs.waiting(consultation),
        "owed": queries.answers.owed(consultation),
        "may_edit": queries.consultations.editable_by(request.user).filter(pk=consultation_id).exists(),
        "may_approve": queries.consultations.approvable_by(request.user).filter(pk=consultation_id).exists(),
    }
    return render(request, "tariffs/consultations/overview.html", context)


def about(consultation: Consultation) -> dict[str, Any]:
    """Give what every page about a consultation names."""
    version = consultation.version
    return {"consultation": consultation, "version": version, "programme": version.programme}


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    shown = ConsultationForm.shown(consultation)
    form = keeping(ConsultationForm(typed(request), versions=None, fixed=True, initial=shown), request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.consultations.change(consultation=consultation, plan=form.plan(), by=request.user)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "The consultation is changed.")
            return redirect("consultation-overview", consultation.pk)
    return render(request, "tariffs/consultations/change.html", {**about(consultation), "form": form})


def mine(request: HttpRequest, consultation_id: UUID) -> Consultation:
    """Give a consultation that the person may change."""
    return get_object_or_404(queries.consultations.editable_by(request.user), pk=consultation_id)


@login_required
@require_http_methods(["GET", "POST"])
def call_off(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    if request.method == "POST":
        try:
            services.consultations.call_off(consultation=consultation, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("consultation-overview", consultation.pk)
        messages.success(request, "The consultation is called off. Nobody was told of it.")
        return redirect("consultation-list", consultation.version.programme_id)
    return render(request, "tariffs/consultations/call_off.html", about(consultation))


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    form = keeping(
        ExtensionForm(typed(request), initial=moments.initial("closes", consultation.closes_at)), request.user
    )
    if request.method == "POST" and form.is_valid():
        given = {"closes_at": form.cleaned_data["closes"], "reason": form.cleaned_data["reason"]}
        try:
            services.consultations.extend(consultation=consultation, by=request.user, **given)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "The closing time is moved, and everybody is told.")
            return redirect("consultation-overview", consultation.pk)
    return render(request, "tariffs/consultations/extend.html", {**about(consultation), "form": form})
