"""Pages of a programme's case: the overview, one question a page, and the conclusion."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries, services
from commissioning.core import case_questions
from commissioning.forms.cases import AnswerForm, ConclusionForm
from commissioning.models import Programme
from commissioning.permissions import Ability, can

from .drafts import settle, status_of
from .kept_texts import typed
from .requests import SignedInRequest


def programme_for(request: HttpRequest, programme_id: UUID) -> Programme:
    """Give the programme to whoever may read it, and for a change to whoever may change it."""
    allowed = queries.programmes
    mine = allowed.visible_to(request.user) if request.method == "GET" else allowed.editable_by(request.user)
    return get_object_or_404(mine.select_related("organisation"), pk=programme_id)


def asked(key: str) -> case_questions.Question:
    """Give the question of an address."""
    try:
        return case_questions.questions()[key]
    except KeyError:
        raise Http404 from None


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = programme_for(request, programme_id)
    context = {
        "programme": programme,
        "case": queries.cases.overview(programme),
        "conclusion": queries.cases.conclusion(programme),
        "published": queries.published_cases.newest(programme),
        "may_edit": can(request.user, Ability.EDIT, programme.organisation),
    }
    return render(request, "commissioning/cases/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, programme_id: UUID, question: str) -> HttpResponse:
    programme, found = programme_for(request, programme_id), asked(question)
    answer = queries.cases.answer(programme, question)
    members = queries.cases.possible_owners(answer)
    form = AnswerForm(typed(request), row=answer, by=request.user, members=members)
    if request.method == "POST" and form.is_valid():
        edit = form.edit()
        save = services.cases.answer
        form, saved = settle(
            request, form, lambda: save(programme=programme, question=question, edit=edit, by=request.user)
        )
        if saved:
            return _onwards(request, programme, question)
    context = {
        "programme": programme,
        "question": found,
        "place": case_questions.place_of(question),
        "answer": answer,
        "evidence": queries.cases.evidence_of(answer),
        "form": form,
        "may_edit": can(request.user, Ability.EDIT, programme.organisation),
    }
    return render(request, "commissioning/cases/question.html", context, status=status_of(form))


def _onwards(request: HttpRequest, programme: Programme, question: str) -> HttpResponse:
    """Go to where the pressed button leads: the page for evidence, else the next question, after the last the case."""
    if "evidence" in request.POST:
        return redirect("case-evidence-create", programme.pk, question)
    messages.success(request, "Your answer is saved")
    following = case_questions.after(question)
    if following is None:
        return redirect("case-detail", programme.pk)
    return redirect("case-question", programme.pk, following.key)


@login_required
@require_http_methods(["GET", "POST"])
def conclusion(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = programme_for(request, programme_id)
    row = queries.cases.conclusion(programme)
    form = ConclusionForm(typed(request), row=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        edit = form.edit()
        save = services.cases.conclude
        form, saved = settle(request, form, lambda: save(programme=programme, edit=edit, by=request.user))
        if saved:
            messages.success(request, "The conclusion is saved. It is a draft until an approver publishes it.")
            return redirect("case-conclusion", programme.pk)
    sentence, weighed = queries.cases.weighed(programme)
    context = {
        "programme": programme,
        "conclusion": row,
        "sentence": sentence,
        "weighed": weighed,
        "published": queries.published_cases.newest(programme),
        "form": form,
        "may_edit": can(request.user, Ability.EDIT, programme.organisation),
        "may_publish": can(request.user, Ability.APPROVE, programme.organisation),
    }
    return render(request, "commissioning/cases/conclusion.html", context, status=status_of(form))
