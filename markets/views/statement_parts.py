"""Figures put into statements and taken out, and what colleagues say of a statement."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commissioning.models import Run
from commissioning.permissions import Ability
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.charts import statement_figures as figures
from markets.core.editions import Figure
from markets.core.statement_sections import sections
from markets.forms.statement_parts import CommentAnswerForm, CommentForm, OfferForm, TableForm
from markets.models import PositionStatement

from .statements import ON_A_PAGE, may_edit, section_of, statement_for

MOST_RUNS = 10


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, statement_id: UUID, section: str) -> HttpResponse:
    """Choose a figure of a run or of the local market, and put it in."""
    statement, asked = statement_for(request, statement_id), section_of(section)
    runs = {
        str(run.pk): run for run in queries.statements.citable(statement, request.user, figures.OF_RUNS)[:MOST_RUNS]
    }
    offers = _offers(statement, list(runs.values()))
    form = OfferForm(request.POST or None, offers=[(each.key, each.title, each.hint) for each in offers])
    if form.is_valid():
        word, _, run_id = form.cleaned_data["offer"].partition(":")
        figure = _built(request, statement, word, runs.get(run_id))
        try:
            services.statement_figures.put_in(
                statement=statement, section=section, figure=figure, run=runs.get(run_id), by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _put_in(request, statement, section)
    context = {"statement": statement, "section": asked, "form": form, "offers": offers}
    return render(request, "markets/statements/figure.html", context | {"may_edit": may_edit(statement)})


def _offers(statement: PositionStatement, runs: list[Run]) -> list[figures.Offer]:
    stale = queries.statement_drafts.stale_runs({run.pk for run in runs})
    found = [offer for run in runs for offer in figures.offers(run, is_stale=run.pk in stale)]
    if statement.programme:
        hint = "From the public registers, as the page “Local market” of your programme counts them"
        found.insert(0, figures.Offer(queries.statement_figures.LOCAL, "Who works here, by size", hint))
    return found


def _built(request: SignedInRequest, statement: PositionStatement, word: str, run: Run | None) -> Figure:
    """Make the figure of a run, or that of the local market, which is the only one without a run."""
    if run is not None:
        whole = queries.statements.citable(statement, request.user, [run.kind]).defer(None).get(pk=run.pk)
        figure = figures.build(whole, word)
        assert figure is not None
        return figure
    assert statement.programme
    return queries.statement_figures.local_market(statement.programme)


def _put_in(request: HttpRequest, statement: PositionStatement, section: str) -> HttpResponse:
    messages.success(request, "The figure stands at the end of the section. Move its line to where you want it.")
    return redirect("position-statement-section", statement.pk, section)


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, statement_id: UUID, section: str) -> HttpResponse:
    """Write a table of one's own, and put it in."""
    statement, asked = statement_for(request, statement_id), section_of(section)
    form = TableForm(typed(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.statement_figures.put_in(
                statement=statement, section=section, figure=form.figure(), by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            forget(request)
            return _put_in(request, statement, section)
    context = {"statement": statement, "section": asked, "form": form, "may_edit": may_edit(statement)}
    return render(request, "markets/statements/table.html", context)


@login_required
@require_POST
def remove(request: SignedInRequest, statement_id: UUID, key: str) -> HttpResponse:
    statement = statement_for(request, statement_id)
    figure = get_object_or_404(statement.figures.select_related("statement"), key=key)
    try:
        services.statement_figures.take_out(figure=figure, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The figure is taken out. Editions that show it keep it.")
    return redirect("position-statement-section", statement.pk, figure.section)


@login_required
@require_http_methods(["GET", "POST"])
def comments(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    """Read what colleagues say, and say something."""
    statement = statement_for(request, statement_id)
    named = [(key, f"{each.number}. {each.title}") for key, each in sections().items()]
    initial = {"section": request.GET.get("section", "")}
    form = CommentForm(typed(request), sections=named, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.statement_comments.say(statement=statement, by=request.user, **form.said())
        forget(request)
        messages.success(request, "Your comment is kept. It wants an answer before the statement is published.")
        return redirect("position-statement-comments", statement.pk)
    found = statement.comments.select_related("said_by", "answered_by")
    context = {
        "statement": statement,
        "form": form,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_comment": queries.statements.may(statement, Ability.EDIT),
    }
    return render(request, "markets/statements/comments.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    comment = get_object_or_404(queries.statements.comments_visible_to(request.user), pk=comment_id)
    form = CommentAnswerForm(typed(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.statement_comments.answer(comment=comment, text=form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            forget(request)
            messages.success(request, "The comment is answered.")
            return redirect("position-statement-comments", comment.statement_id)
    context = {"comment": comment, "statement": comment.statement, "form": form}
    return render(request, "markets/statements/answer.html", context)
