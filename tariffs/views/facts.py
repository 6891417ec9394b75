"""Pages of what is known beside the draft and the case: all questions, and one of them."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.models import Programme
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.core.feasibility import FactQuestion, fact_questions, rules
from tariffs.forms.facts import form_for
from tariffs.models import Archetype


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show every question with its answer."""
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user), pk=programme_id)
    lines = queries.facts.lines(programme)
    context = {
        "programme": programme,
        "lines": lines,
        "known": sum(line.is_known for line in lines),
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "tariffs/facts/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, programme_id: UUID, question: str, archetype_id: UUID | None = None) -> HttpResponse:
    """Answer one question."""
    editable = commissioning_queries.programmes.editable_by(request.user).select_related("organisation")
    programme = get_object_or_404(editable, pk=programme_id)
    asked, archetype = _asked(programme, question, archetype_id)
    fact = queries.facts.fact(programme, asked, archetype)
    form = form_for(question)(typed(request), row=fact, by=request.user)
    if request.method == "POST" and form.is_valid():
        note = partial(services.facts.note, question=question, archetype=archetype, edit=form.edit(), by=request.user)
        form, saved = settle(request, form, lambda: note(programme=programme))
        if saved:
            messages.success(request, "Your answer is saved. The findings count it from now on.")
            return redirect("fact-list", programme.pk)
    context = {
        "form": form,
        "programme": programme,
        "question": asked,
        "archetype": archetype,
        "fact": fact,
        "asking": [rules()[rule] for rule in asked.rules],
        "here": asked.title,
        "list_route": "fact-list",
        "list_name": "What else is known",
    }
    return render(request, "tariffs/facts/edit.html", context, status=status_of(form))


def _asked(programme: Programme, question: str, archetype_id: UUID | None) -> tuple[FactQuestion, Archetype | None]:
    """Give the question of an address, and the kind of provider of whom it is asked."""
    asked = fact_questions().get(question)
    if asked is None or bool(asked.each) is not (archetype_id is not None):
        raise Http404
    return asked, get_object_or_404(programme.archetypes, pk=archetype_id) if archetype_id else None
