"""Pages of a programme's versions: all of them, one, freezing the draft, going back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.forms.drafts import keeping
from commissioning.models import Programme
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.versions import CompareForm, FreezeForm
from tariffs.models import Version
from tariffs.services.versions import UnchangedError

VERSIONS_ON_A_PAGE = 10


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """List the versions, and freeze the draft as the next one."""
    programme = get_object_or_404(queries.measures.visible_to(request.user), pk=programme_id)
    may_edit = programme.may_edit  # type: ignore[attr-defined]
    if request.method == "POST" and not may_edit:
        raise Http404
    form = keeping(FreezeForm(typed(request)), request.user)
    if request.method == "POST" and form.is_valid() and _freeze(request, programme, form):
        return redirect("version-list", programme.pk)
    context = {
        "programme": programme,
        "page": Paginator(queries.versions.of_programme(programme), VERSIONS_ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "draft": queries.versions.draft_state(programme, queries.snapshots.of_draft(programme)),
        "may_edit": may_edit,
        "form": form,
        "compare_form": _compare_form(programme),
        "price_marks": queries.price_marks.marks(programme),
    }
    return render(request, "tariffs/versions/index.html", context)


def _compare_form(programme: Programme) -> CompareForm:
    choices = queries.versions.choices(programme)
    newest = dict(zip(("second", "first"), (key for key, _ in choices), strict=False))
    return CompareForm(choices=choices, action=reverse("version-compare", args=[programme.pk]), initial=newest)


def _freeze(request: SignedInRequest, programme: Programme, form: FreezeForm) -> bool:
    try:
        version = services.versions.freeze(programme=programme, note=form.cleaned_data["note"], by=request.user)
    except UnchangedError as same:
        form.add_error(
            "note", f"Nothing has changed since version {same.version.number}, so there is nothing to freeze"
        )
        return False
    forget(request)
    messages.success(request, f"The draft is frozen as version {version.number}.")
    return True


@login_required
@require_GET
def detail(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = get_object_or_404(queries.versions.visible_to(request.user), pk=version_id)
    context = {
        "version": version,
        "programme": version.programme,
        "report": queries.version_contents.contents(version),
        "runs": queries.versions.runs_of(version),
        "may_edit": queries.versions.editable_by(request.user).filter(pk=version_id).exists(),
    }
    return render(request, "tariffs/versions/detail.html", context)


@login_required
@require_GET
def download(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Give the programme file exactly as its fingerprint was taken of it."""
    version = get_object_or_404(queries.versions.visible_to(request.user), pk=version_id)
    response = HttpResponse(version.document_json, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="version-{version.number}-of-{version.programme_id}.json"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def go_back(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """Show what going back would change, and do it."""
    version = get_object_or_404(queries.versions.editable_by(request.user), pk=version_id)
    refused: list[str] = []
    if request.method == "POST":
        try:
            _go_back(request, version)
        except ValidationError as error:
            refused = error.messages
        else:
            return redirect("version-list", version.programme_id)
    compared = queries.version_comparisons
    draft = compared.side(version.programme, queries.versions.DRAFT)
    context = {
        "version": version,
        "programme": version.programme,
        "draft": queries.versions.draft_state(version.programme, draft.snapshot),
        "comparison": compared.compare(draft, compared.of_version(version)),
        "refused": refused,
    }
    return render(request, "tariffs/versions/go_back.html", context)


def _go_back(request: SignedInRequest, version: Version) -> None:
    try:
        kept = services.versions.go_back(version=version, by=request.user)
    except UnchangedError:
        messages.info(request, f"The draft says what version {version.number} says already.")
    else:
        before = f" What it said before is version {kept.number}." if kept else ""
        messages.success(request, f"The draft now says what version {version.number} says.{before}")
