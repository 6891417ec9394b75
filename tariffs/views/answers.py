"""The commissioner's side of comments: reading them by line, answering, releasing together, linking, moderating."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.forms.drafts import keeping
from commissioning.views.drafts import settle
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms import moments
from tariffs.forms.answers import AnswerEditForm, AnswerForm, FilterForm, LinkForm, ModerationForm
from tariffs.models import Comment

from .consultations import about, mine

ON_A_PAGE = 20
MOST_ALIKE = 50


@login_required
@require_GET
def index(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = get_object_or_404(queries.consultations.visible_to(request.user), pk=consultation_id)
    form = FilterForm(request.GET, abouts=Comment.About.choices)
    found = queries.answers.filtered(consultation, **form.chosen()).prefetch_related("standings")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **about(consultation),
        "owed": queries.answers.owed(consultation),
        "filters": form,
        "page": page,
        "heard": queries.answers.hear(consultation, list(page)),
        "fates": queries.answers.fates(consultation),
        "is_closed": consultation.state == queries.consultations.CLOSED,  # type: ignore[attr-defined]
        "may_edit": queries.consultations.editable_by(request.user).filter(pk=consultation_id).exists(),
    }
    return render(request, "tariffs/answers/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Draft an answer to a comment, and to others alike."""
    comment = get_object_or_404(queries.answers.comments_editable_by(request.user), pk=comment_id, answered=None)
    consultation = comment.consultation
    rows = list(queries.answers.alike(comment)[:MOST_ALIKE])
    heard = queries.answers.hear(consultation, [comment, *rows])
    changes = queries.answers.changes(consultation)
    form = keeping(AnswerForm(typed(request), alike=heard[1:], changes=changes), request.user)
    if request.method == "POST" and form.is_valid():
        chosen = [comment, *(row for row in rows if str(row.pk) in form.cleaned_data.get("alike", ()))]
        try:
            services.answers.write(consultation=consultation, comments=chosen, draft=form.draft(), by=request.user)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "The answer is drafted. Nobody reads it until you release the answers.")
            return redirect("answer-list", consultation.pk)
    return render(request, "tariffs/answers/create.html", {**about(consultation), "form": form, "said": heard[0]})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    drafts = queries.answers.answers_editable_by(request.user).filter(released_at=None)
    answer = get_object_or_404(drafts, pk=answer_id)
    form = AnswerEditForm(typed(request), row=answer, by=request.user)
    if request.method == "POST" and form.is_valid():
        form, is_saved = settle(
            request, form, lambda: services.answers.change(answer=answer, edit=form.edit(), by=request.user)
        )
        if is_saved:
            messages.success(request, "The answer is changed.")
            return redirect("answer-list", answer.consultation_id)
    said = queries.answers.hear(answer.consultation, answer.comments.all())
    context = {**about(answer.consultation), "form": form, "answer": answer, "heard": said}
    return render(request, "tariffs/answers/edit.html", context)


@login_required
@require_POST
def remove(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    answer = get_object_or_404(queries.answers.answers_editable_by(request.user), pk=answer_id)
    try:
        services.answers.remove(answer=answer, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The draft is thrown away. Its comments are without an answer again.")
    return redirect("answer-list", answer.consultation_id)


@login_required
@require_http_methods(["GET", "POST"])
def link(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    """Say which change an accepted answer led to."""
    accepted = queries.answers.answers_editable_by(request.user).filter(decision__in=["accepted", "partly"])
    answer = get_object_or_404(accepted, pk=answer_id)
    changes = queries.answers.changes(answer.consultation)
    form = LinkForm(typed(request), changes=changes, initial={"change_key": answer.change_key})
    if request.method == "POST" and form.is_valid():
        try:
            services.answers.link(answer=answer, change_key=form.cleaned_data["change_key"], by=request.user)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            messages.success(request, "The link is saved.")
            return redirect("answer-list", answer.consultation_id)
    context = {**about(answer.consultation), "form": form, "answer": answer, "changes": changes}
    return render(request, "tariffs/answers/link.html", context)


@login_required
@require_POST
def release(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    try:
        count = services.answers.release(consultation=consultation, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, f"{count} answer{'' if count == 1 else 's'} released. The authors are told by e-mail."
        )
    return redirect("answer-list", consultation.pk)


@login_required
@require_http_methods(["GET", "POST"])
def moderate(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Leave the words of a comment out of what is published."""
    found = queries.answers.comments_editable_by(request.user).filter(moderation=None)
    comment = get_object_or_404(found, pk=comment_id)
    form = keeping(ModerationForm(typed(request)), request.user)
    if request.method == "POST" and form.is_valid():
        services.answers.moderate(comment=comment, by=request.user, **_moderation(form))
        forget(request)
        messages.success(request, "Its words are left out. Its author is told.")
        return redirect("answer-list", comment.consultation_id)
    (said,) = queries.answers.hear(comment.consultation, [comment])
    context = {**about(comment.consultation), "form": form, "said": said}
    return render(request, "tariffs/answers/moderate.html", context)


def _moderation(form: ModerationForm) -> dict[str, str]:
    return {"code": form.cleaned_data["code"], "words": form.cleaned_data["words"]}
