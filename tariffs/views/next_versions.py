"""The version that came of a consultation: shown to everybody who was asked, and whether comments still stand."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning.forms.drafts import keeping
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms import moments
from tariffs.forms.answers import NextVersionForm, StandingForm
from tariffs.services.answers import HeldError

from .consultations import about, mine


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    consultation = mine(request, consultation_id)
    programme = consultation.version.programme
    later = queries.versions.of_programme(programme).filter(number__gt=consultation.version.number)
    missing = queries.answers.held(programme).count()
    form = keeping(NextVersionForm(typed(request), versions=later, missing=missing), request.user)
    if request.method == "POST" and form.is_valid():
        version = queries.versions.editable_by(request.user).get(pk=form.cleaned_data["version"].pk)
        override = form.cleaned_data.get("override", "")
        try:
            services.next_versions.show(consultation=consultation, version=version, override=override, by=request.user)
        except HeldError:
            form.add_error("override" if missing else None, "Say why it cannot wait for the answers that are missing")
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "Everybody who was asked can now read what became of each line.")
            return redirect("consultation-overview", consultation.pk)
    context = {**about(consultation), "form": form, "missing": missing, "has_later": later.exists()}
    return render(request, "tariffs/next_versions/create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def stand(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Ask a comment's provider whether it still stands."""
    mine_too = queries.comments.editable_by(request.user).filter(is_withdrawn=False)
    comment = get_object_or_404(mine_too.exclude(consultation__next_version=None), pk=comment_id)
    target = queries.comments.target_of(comment)
    fates = queries.answers.fates(comment.consultation)
    form = keeping(StandingForm(typed(request)), request.user)
    if request.method == "POST" and form.is_valid():
        reply, words = form.cleaned_data["reply"], form.cleaned_data["words"]
        try:
            services.next_versions.stand(comment=comment, reply=reply, words=words, by=request.user)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "Thank you. The commissioner reads it beside your comment.")
            return redirect("comment-list", comment.consultation_id)
    became = fates.of(target) if fates else None
    context = {**about(comment.consultation), "form": form, "comment": comment, "target": target, "became": became}
    return render(request, "tariffs/next_versions/stand.html", context)
