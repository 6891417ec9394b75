"""A provider's comments: all of its own in a consultation, giving one, replacing it, taking it back."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.forms.drafts import keeping
from commissioning.models import Organisation
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.comments import CommentForm
from tariffs.models import Comment
from tariffs.services.comments import ClosedError, Place, ReplacedError

from .consultations import about
from .trials import said, try_value

ON_A_PAGE = 20
CLOSED = "Nothing was accepted: the consultation has closed. What you typed is still here, so that you can copy it."
REPLACED = "A colleague replaced this comment meanwhile. Both are below: decide which should stand, then send again."


@login_required
@require_GET
def index(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Show what the reader's own provider said, with its receipts."""
    consultation = get_object_or_404(queries.consultations.readable_by(request.user), pk=consultation_id)
    houses = list(queries.consultations.houses(consultation, request.user))
    if not houses:
        raise Http404
    said = (
        queries.comments.of_houses(consultation, houses)
        .select_related("moderation")
        .prefetch_related("receipts", "standings")
    )
    is_open = consultation.state == queries.consultations.OPEN  # type: ignore[attr-defined]
    page = Paginator(said, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **about(consultation),
        "page": page,
        "rows": queries.comments.with_lines(consultation, list(page)),
        "may_comment": is_open and queries.consultations.voices(consultation, request.user).exists(),
        "is_open": is_open,
    }
    return render(request, "tariffs/comments/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, consultation_id: UUID, target_id: UUID) -> HttpResponse:
    consultation = get_object_or_404(queries.consultations.commentable_by(request.user), pk=consultation_id)
    target = queries.comments.target_in(consultation, target_id)
    if target is None:
        raise Http404
    voices = list(queries.consultations.voices(consultation, request.user))
    choices = queries.consultations.voices(consultation, request.user) if len(voices) > 1 else voices
    form = keeping(CommentForm(typed(request), target=target, voices=choices), request.user)
    effects = try_value(request, form, lambda: Place(consultation, _voice(form, voices), target))
    if effects is None and request.method == "POST" and form.is_valid():
        place = Place(consultation, _voice(form, voices), target)
        key = form.cleaned_data["key"] or uuid4()
        try:
            receipt = services.comments.give(place=place, said=said(form, place), key=key, by=request.user)
        except ClosedError:
            form.add_error(None, CLOSED)
        else:
            forget(request)
            return redirect("receipt-detail", receipt.pk)
    context = {**about(consultation), "target": target, "form": form, "effects": effects}
    return render(request, "tariffs/comments/create.html", context)


def _voice(form: CommentForm, voices: list[Organisation]) -> Organisation:
    """Give the provider that speaks: the one chosen, or the only one."""
    chosen: Organisation | None = form.cleaned_data.get("organisation")
    return chosen or voices[0]


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Replace a comment with other words."""
    comment = get_object_or_404(queries.comments.editable_by(request.user), pk=comment_id, is_withdrawn=False)
    target, theirs = queries.comments.target_of(comment), None
    initial = {**CommentForm.shown(comment), "seen": queries.comments.last_receipt(comment).sha256}
    form = keeping(CommentForm(typed(request), target=target, row=comment, initial=initial), request.user)
    place = Place(comment.consultation, comment.organisation, target)
    effects = try_value(request, form, lambda: place)
    if effects is None and request.method == "POST" and form.is_valid():
        words, found = said(form, place), form.cleaned_data
        key, seen = found["key"] or uuid4(), found["seen"]
        try:
            receipt = services.comments.replace(comment=comment, said=words, key=key, seen=seen, by=request.user)
        except ClosedError:
            form.add_error(None, CLOSED)
        except ReplacedError as error:
            theirs = error.comment
            form = _again(form, comment)
        else:
            forget(request)
            return redirect("receipt-detail", receipt.pk)
    shown = {"target": target, "form": form, "comment": comment, "theirs": theirs, "effects": effects}
    context = {**about(comment.consultation), **shown}
    return render(request, "tariffs/comments/edit.html", context)


def _again(form: CommentForm, comment: Comment) -> CommentForm:
    """Give the form anew on the comment as it stands now, with what was typed and the reason why it was not taken."""
    data = cast(QueryDict, form.data).copy()
    data["seen"], data["key"] = queries.comments.last_receipt(comment).sha256, str(uuid4())
    again = keeping(CommentForm(data, target=form.target, row=comment), comment.written_by)
    again.is_valid()
    again.add_error(None, REPLACED)
    return again


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Take a comment back."""
    comment = get_object_or_404(queries.comments.editable_by(request.user), pk=comment_id)
    if request.method == "POST":
        try:
            receipt = services.comments.withdraw(comment=comment, key=uuid4(), by=request.user)
        except ClosedError:
            messages.error(request, "The consultation has closed, so the comment stays.")
            return redirect("comment-list", comment.consultation_id)
        messages.success(request, "The comment is taken back. Only your organisation and its receipt know of it.")
        return redirect("receipt-detail", receipt.pk)
    context = {**about(comment.consultation), "target": queries.comments.target_of(comment), "comment": comment}
    return render(request, "tariffs/comments/withdraw.html", context)
