"""Pages of imports: handing a file over, matching its columns, watching it go in, and reading its faults."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.core.tables import as_csv
from commissioning.views.requests import SignedInRequest
from commissioning.views.runs import STOP_POLLING
from markets import queries, services, tasks
from markets.forms.imports import ColumnsForm, ImportForm
from markets.models import Import

PAGE_SIZE = 20
FAULTS_SHOWN = 20


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.imports.visible_to(request.user).select_related("organisation", "created_by"), PAGE_SIZE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "editions": queries.providers.editions(),
        "may_edit": queries.imports.authorities_for(request.user).exists(),
    }
    return render(request, "markets/imports/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    authorities = queries.imports.authorities_for(request.user)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        authorities=authorities,
        initial={"organisation": authorities.first()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.imports.hand_over(by=request.user, **form.handed_over())
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            tasks.hint_after_commit()
            return redirect("import-columns" if made.state == Import.State.DRAFT else "import-detail", made.pk)
    may_edit = authorities.exists()
    return render(request, "markets/imports/create.html", {"form": form, "may_edit": may_edit})


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: SignedInRequest, import_id: UUID) -> HttpResponse:
    held = get_object_or_404(queries.imports.editable_by(request.user), pk=import_id)
    if held.state != Import.State.DRAFT:
        return redirect(held)
    preview = services.imports.preview(held)
    form = ColumnsForm(request.POST or None, preview=preview)
    if request.method == "POST" and form.is_valid():
        try:
            services.imports.start(held=held, columns=form.matched(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            tasks.hint_after_commit()
            return redirect(held)
    return render(request, "markets/imports/columns.html", {"held": held, "preview": preview, "form": form})


@login_required
@require_GET
def detail(request: HttpRequest, import_id: UUID) -> HttpResponse:
    held = get_object_or_404(queries.imports.visible_to(request.user).select_related("organisation"), pk=import_id)
    context = {
        "held": held,
        "progress": queries.imports.progress(held),
        "faults": held.faults.all()[:FAULTS_SHOWN],
        "may_edit": queries.imports.editable_by(request.user).filter(pk=import_id).exists(),
    }
    return render(request, "markets/imports/detail.html", context)


@login_required
@require_GET
def status(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the part of the page that changes; at the import's end have the whole page loaded anew."""
    held = get_object_or_404(queries.imports.visible_to(request.user), pk=import_id)
    context = {"held": held, "progress": queries.imports.progress(held)}
    response = render(request, "markets/imports/_status.html", context)
    if not held.is_active:
        response.status_code = STOP_POLLING
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def cancel(request: SignedInRequest, import_id: UUID) -> HttpResponse:
    held = get_object_or_404(queries.imports.editable_by(request.user), pk=import_id)
    if services.imports.cancel(held=held, by=request.user):
        messages.success(request, "The import is cancelled. Nothing of it went in.")
    else:
        messages.info(request, "The import had ended before it could be cancelled.")
    return redirect(held)


@login_required
@require_GET
def faults(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the broken rows as CSV."""
    held = get_object_or_404(queries.imports.visible_to(request.user), pk=import_id)
    response = HttpResponse(as_csv(queries.imports.fault_table(held)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="faults.csv"'
    return response
