"""The equal-information log: telling everybody, answering a question for all, asking one, and reading a document."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.forms.drafts import keeping
from commissioning.views.case_evidence import SANDBOX
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms import moments
from tariffs.forms.consultations import AskForm, QuestionAnswerForm, TellingForm

from .consultations import about, mine


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    """Tell everybody something."""
    consultation = mine(request, consultation_id)
    form = keeping(TellingForm(typed(request), files=request.FILES or None), request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.consultation_logs.tell(consultation=consultation, telling=form.telling(), by=request.user)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "It is in the log, for everybody at the same moment.")
            return redirect("consultation-overview", consultation.pk)
    return render(request, "tariffs/consultation_logs/create.html", {**about(consultation), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """Answer a question for everybody."""
    entry = get_object_or_404(queries.consultation_logs.changeable_by(request.user), pk=entry_id, kind="question")
    initial = {"question": entry.question, "text": entry.text, **moments.initial("released", entry.released_at)}
    form = keeping(QuestionAnswerForm(typed(request), initial=initial), request.user)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        said = {"question": found["question"], "text": found["text"], "released_at": found["released"]}
        try:
            services.consultation_logs.answer(entry=entry, by=request.user, **said)
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "Question and answer are in the log, for everybody at the same moment.")
            return redirect("consultation-overview", entry.consultation_id)
    context = {**about(entry.consultation), "form": form, "entry": entry}
    return render(request, "tariffs/consultation_logs/answer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, consultation_id: UUID) -> HttpResponse:
    """Ask something, for a provider."""
    consultation = get_object_or_404(queries.consultations.commentable_by(request.user), pk=consultation_id)
    voices = queries.consultations.voices(consultation, request.user)
    form = keeping(AskForm(typed(request), voices=voices), request.user)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        said = {"question": found["question"], "key": found["key"] or uuid4()}
        house = found.get("organisation") or voices.get()
        try:
            services.consultation_logs.ask(consultation=consultation, organisation=house, by=request.user, **said)
        except PermissionDenied:
            form.add_error(None, "The consultation has closed, so nothing more can be asked")
        except ValidationError as error:
            moments.put_errors(form, error)
        else:
            forget(request)
            messages.success(request, "Your question is asked. You read the answer in the log when everybody does.")
            return redirect(consultation)
    return render(request, "tariffs/consultation_logs/ask.html", {**about(consultation), "form": form})


@login_not_required
@require_GET
def download(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = get_object_or_404(queries.consultation_logs.files_for(request.user), pk=entry_id)
    try:
        with entry.file.open("rb") as kept:
            # As the type that was found in it, and not as the type that somebody claimed.
            response = HttpResponse(kept.read(), content_type=entry.file_type)
    except FileNotFoundError:
        raise Http404 from None
    disposition = content_disposition_header(as_attachment=True, filename=entry.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
