"""Pages of surveys for an authority: making one ready, sending it, and reading it back."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.charts import surveys as tables
from markets.forms.surveys import AnswerForm, SurveyForm
from markets.models import Survey
from tariffs.views.figure_files import csv_table


@login_required
@require_GET
def detail(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user).select_related("organisation"), pk=programme_id)
    surveys = queries.surveys.of_programme(programme)
    standing = queries.surveys.standing(surveys[0]) if surveys else None
    results = standing.results if standing else None
    is_draft = bool(surveys) and surveys[0].state == Survey.State.DRAFT
    context = {
        "programme": programme,
        "standing": standing,
        "survey": surveys[0] if surveys else None,
        "earlier": surveys[1:],
        "addresses": queries.surveys.addresses(surveys[0], request.user) if surveys else [],
        "sentences": tables.sentences(results) if results else [],
        "tables": tables.tables(results) if results else [],
        "terms": queries.surveys.terms(programme) if is_draft else None,
        "preview": AnswerForm(there=None) if is_draft else None,
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "markets/surveys/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Make a survey ready; whoever did so alone sees its addresses and changes it."""
    mine = commissioning_queries.programmes.editable_by(request.user).select_related("organisation")
    programme = get_object_or_404(mine, pk=programme_id)
    there = queries.surveys.unsent(programme, request.user)
    addresses = queries.surveys.addresses(there, request.user) if there else []
    posted = request.POST if request.method == "POST" else None
    form = SurveyForm(posted, addresses=addresses, closes_on=there.closes_on if there else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.surveys.prepare(programme=programme, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Saved. Nothing is sent yet: read it through first.")
            return redirect("survey-detail", programme.pk)
    return render(request, "markets/surveys/edit.html", {"form": form, "programme": programme})


@login_required
@require_POST
def send(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    survey = _mine(request, survey_id)
    try:
        services.surveys.send(survey=survey, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The survey is open. The e-mails leave within a few minutes.")
    return redirect("survey-detail", survey.programme_id)


@login_required
@require_POST
def remind(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    survey = _mine(request, survey_id)
    if services.surveys.remind(survey=survey, by=request.user):
        messages.success(request, "Whoever has not answered is reminded within a few minutes.")
    return redirect("survey-detail", survey.programme_id)


@login_required
@require_POST
def close(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    survey = _mine(request, survey_id)
    if services.surveys.close(survey=survey, by=request.user).state == Survey.State.CLOSED:
        messages.success(request, "The survey is closed. Its links no longer work and its addresses are deleted.")
    return redirect("survey-detail", survey.programme_id)


@login_required
@require_POST
def discard(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    survey = _mine(request, survey_id)
    if services.surveys.discard(survey=survey, by=request.user):
        messages.success(request, "Thrown away, with its addresses. Nothing was sent.")
    return redirect("survey-detail", survey.programme_id)


@login_required
@require_POST
def try_out(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Lead to the page of a provider that was asked: only in a demonstration, which sends no e-mail."""
    survey = _mine(request, survey_id)
    if not settings.DEMO:
        raise Http404
    token = services.survey_letters.try_out(survey=survey, by=request.user)
    if token:
        return redirect("survey-answer", token)
    messages.info(request, "Everyone who was asked has answered.")
    return redirect("survey-detail", survey.programme_id)


@login_required
@require_GET
def figures(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Give everything that a closed survey shows as CSV."""
    survey = get_object_or_404(queries.surveys.visible_to(request.user), pk=survey_id)
    results = queries.surveys.results(survey)
    if results is None:
        raise Http404
    return csv_table(tables.as_table(results), "survey")


def _mine(request: SignedInRequest, survey_id: UUID) -> Survey:
    return get_object_or_404(queries.surveys.editable_by(request.user), pk=survey_id)
