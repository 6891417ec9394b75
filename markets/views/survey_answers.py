"""The page of a provider that was asked: no account, no cookie but the one that guards its form."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.views.requests import limited
from markets import queries, services
from markets.forms.surveys import AnswerForm


@login_not_required
@require_http_methods(["GET", "POST"])
@limited("answer_survey")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the terms and the questions, and take the answer, as often as it is changed."""
    recipient = queries.surveys.by_token(token)
    if recipient is None:
        return _gone(request)
    there = queries.surveys.answer_of(token)
    form = AnswerForm(request.POST if request.method == "POST" else None, there=there)
    if request.method == "POST" and form.is_valid():
        try:
            is_kept = services.survey_answers.give(token=token, answer=form.answer())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("survey-thanks", token) if is_kept else _gone(request)
    context = {"form": form, "survey": recipient.survey, "programme": recipient.survey.programme, "there": there}
    return render(request, "markets/surveys/answer.html", context)


@login_not_required
@require_GET
@limited("answer_survey")
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    recipient = queries.surveys.by_token(token)
    if recipient is None or queries.surveys.answer_of(token) is None:
        return _gone(request)
    return render(request, "markets/surveys/thanks.html", {"survey": recipient.survey, "token": token})


def _gone(request: HttpRequest) -> HttpResponse:
    """Say the same of a link that never was, one that was replaced and one whose survey is closed."""
    return render(request, "markets/surveys/gone.html", status=404)
