"""The page that copies a programme, as its draft is or as a version has it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.forms.drafts import keeping
from commissioning.models import Programme
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.copies import CopyForm
from tariffs.queries.versions import DRAFT
from tariffs.services.parts import DraftError


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(queries.programmes.with_tariff(allowed.visible_to(request.user)), pk=programme_id)
    mine = allowed.authorities_for(request.user)
    choices = queries.versions.choices(programme)
    asked = {"name": f"Copy of {programme}"[:300], "version": request.GET.get("version", DRAFT)}
    form = keeping(CopyForm(typed(request), organisations=mine, choices=choices, initial=asked), request.user)
    if request.method == "POST" and form.is_valid() and (copy := _copied(request, programme, form)):
        forget(request)
        messages.success(request, "The copy is made. It is a draft that only your authority sees.")
        return redirect(copy)
    context = {"form": form, "programme": programme, "may_copy": mine.exists()}
    return render(request, "tariffs/copies/create.html", context)


def _copied(request: SignedInRequest, programme: Programme, form: CopyForm) -> Programme | None:
    """Make the copy; where the rules refuse what is copied, say so beside the question what to copy."""
    given = {name: form.cleaned_data[name] for name in ("key", "organisation", "name")}
    number = form.cleaned_data["version"]
    versions = programme.versions.select_related("programme__organisation")
    source = programme if number == DRAFT else versions.get(number=number)
    try:
        return services.copies.copy(source=source, **given, by=request.user)
    except DraftError as error:
        form.add_error("version", ["The rules have become stricter since this version was frozen", *error.messages])
    return None
