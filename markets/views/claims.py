"""Pages of claims: a provider claims its row and corrects it, and an authority's approver decides."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.views.requests import SignedInRequest, confirmed
from markets import queries, services
from markets.forms.claims import ClaimForm, CorrectionForm, DecisionForm, about_words
from markets.models import Correction

PAGE_SIZE = 20


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    made = queries.claims.made_by(request.user).select_related("provider", "asked_of", "organisation")
    asked = queries.claims.decidable_by(request.user).select_related("provider", "asked_of", "organisation")
    context = {
        "made": made[:PAGE_SIZE],
        "page": Paginator(asked, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_provider": queries.claims.claimants(request.user).exists(),
    }
    return render(request, "markets/claims/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, provider_id: UUID) -> HttpResponse:
    claimants = queries.claims.claimants(request.user)
    provider = get_object_or_404(queries.providers.one(), pk=provider_id)
    if not claimants.exists():
        raise Http404
    form = ClaimForm(
        request.POST or None, provider=provider, claimants=claimants, authorities=queries.claims.authorities()
    )
    if request.method == "POST" and form.is_valid():
        claim = services.claims.make(provider=provider, by=request.user, **form.cleaned_data)
        messages.success(request, "The authority is asked. You read its answer here.")
        return redirect(claim)
    return render(request, "markets/claims/create.html", {"form": form, "provider": provider})


@login_required
@require_GET
def detail(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Show a provider's people their claim and what they said of themselves."""
    mine = queries.claims.made_by(request.user).select_related("provider", "asked_of", "organisation")
    claim = get_object_or_404(mine, pk=claim_id)
    context = {"claim": claim, "corrections": queries.claims.corrections_of(claim)}
    return render(request, "markets/claims/detail.html", context)


@login_required
@confirmed
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    asked = queries.claims.decidable_by(request.user).select_related("provider", "organisation", "asked_of")
    claim = get_object_or_404(asked, pk=claim_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirm = form.cleaned_data["decision"] == "confirm"
        try:
            services.claims.decide(claim=claim, confirm=confirm, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The claim is confirmed." if confirm else "The claim is refused.")
            return redirect("claim-list")
    return render(request, "markets/claims/decide.html", {"form": form, "claim": claim})


@login_required
@require_POST
def withdraw(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    claim = get_object_or_404(queries.claims.made_by(request.user), pk=claim_id)
    if services.claims.withdraw(claim=claim, by=request.user):
        messages.success(request, "The claim is withdrawn. Everything that you said of yourselves is gone.")
    return redirect("claim-list")


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, claim_id: UUID, field: str) -> HttpResponse:
    claim = get_object_or_404(queries.claims.correctable_by(request.user).select_related("provider"), pk=claim_id)
    if field not in Correction.Field.values:
        raise Http404
    there = claim.corrections.filter(field=field).first()
    authorities = queries.claims.authorities()
    form = CorrectionForm(request.POST or None, about=field, authorities=authorities, there=there)
    if request.method == "POST" and form.is_valid():
        services.claims.correct(claim=claim, said=form.said(), by=request.user)
        messages.success(request, "Saved. Only those whom you chose see it.")
        return redirect(claim)
    context = {"form": form, "claim": claim, "there": there, "field": field, "question": about_words(field)}
    return render(request, "markets/claims/correct.html", context)


@login_required
@require_POST
def take_back(request: SignedInRequest, claim_id: UUID, field: str) -> HttpResponse:
    claim = get_object_or_404(queries.claims.correctable_by(request.user), pk=claim_id)
    if services.claims.take_back(claim=claim, field=field, by=request.user):
        messages.success(request, "The register's own words stand again.")
    return redirect(claim)
