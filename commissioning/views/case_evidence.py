"""Bringing evidence to an answer of the case, reading its file, and taking it away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries, services
from commissioning.forms.cases import EvidenceForm

from .cases import asked
from .kept_texts import forget, typed
from .requests import SignedInRequest

# Whatever is in the file, a browser that opens it runs nothing and sends nothing.
SANDBOX = "sandbox; default-src 'none'; form-action 'none'; frame-ancestors 'none'"


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID, question: str) -> HttpResponse:
    mine = queries.programmes.editable_by(request.user).select_related("organisation")
    programme, found = get_object_or_404(mine, pk=programme_id), asked(question)
    form = EvidenceForm(typed(request), files=request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        brought = form.brought()
        try:
            services.case_evidence.add(programme=programme, question=question, brought=brought, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            forget(request)
            messages.success(request, "The evidence is added")
            return redirect("case-question", programme.pk, question)
    context = {"programme": programme, "question": found, "form": form}
    return render(request, "commissioning/case_evidence/create.html", context)


@login_required
@require_GET
def download(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    mine = queries.cases.evidence_visible_to(request.user).exclude(file="")
    evidence = get_object_or_404(mine, pk=evidence_id)
    try:
        with evidence.file.open("rb") as kept:
            # As the type that was found in it, and not as the type that somebody claimed.
            response = HttpResponse(kept.read(), content_type=evidence.file_type)
    except FileNotFoundError:
        raise Http404 from None
    disposition = content_disposition_header(as_attachment=True, filename=evidence.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, evidence_id: UUID) -> HttpResponse:
    evidence = get_object_or_404(queries.cases.evidence_editable_by(request.user), pk=evidence_id)
    if request.method == "POST":
        services.case_evidence.remove(evidence=evidence, by=request.user)
        messages.success(request, "The evidence is removed")
        return redirect(evidence.answer)
    context = {
        "evidence": evidence,
        "programme": evidence.answer.programme,
        "question": asked(evidence.answer.question),
    }
    return render(request, "commissioning/case_evidence/remove.html", context)
