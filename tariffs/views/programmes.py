"""Pages of whole programmes: the list, one programme, bringing one in, taking one out."""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.forms.drafts import keeping
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.core import tariff_words
from tariffs.forms.programmes import ProgrammeImportForm
from tariffs.sources import programme_files, programme_schema
from tariffs.sources.programme_files import ProgrammeFileError

PROGRAMMES_ON_A_PAGE = 20


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.programmes.listed_for(request.user), PROGRAMMES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "lines": [queries.programmes.line(programme) for programme in page],
        "may_import": commissioning_queries.programmes.authorities_for(request.user).exists(),
    }
    return render(request, "tariffs/programmes/index.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(queries.standings.visible_to(request.user), pk=programme_id)
    core = queries.programmes.to_core(programme)
    context = {
        "programme": programme,
        "core": core,
        "first_month": tariff_words.month(core.start),
        "referrals": queries.programmes.counted(core.referral_months, "month"),
        "contract": queries.programmes.counted(core.contract_months, "month"),
        "tariff_line": tariff_words.in_one_line(core.tariff),
        "standing": queries.standings.standing(programme, core),
        "people": commissioning_queries.memberships.of_organisation(programme.organisation)[:20],
        "history": commissioning_queries.programmes.history(programme),
    }
    return render(request, "tariffs/programmes/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Bring a programme in from a file or from pasted text."""
    mine = commissioning_queries.programmes.authorities_for(request.user)
    form = keeping(ProgrammeImportForm(typed(request), request.FILES or None, organisations=mine), request.user)
    faults: ProgrammeFileError | None = None
    if request.method == "POST" and form.is_valid():
        text = form.given()
        try:
            body, key = form.cleaned_data["organisation"], form.cleaned_data["key"]
            programme = services.programmes.import_file(organisation=body, text=text, by=request.user, key=key)
        except ProgrammeFileError as error:
            faults = error
            form.keep(text)
            form.add_error("text", "Put the faults listed here right, then import again")
        else:
            forget(request)
            messages.success(request, "The programme is imported. It is a draft that only your authority sees.")
            return redirect(programme)
    context = {"form": form, "faults": faults, "may_import": mine.exists()}
    return render(request, "tariffs/programmes/create.html", context)


@login_required
@require_GET
def download(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    mine = queries.programmes.with_tariff(commissioning_queries.programmes.visible_to(request.user))
    programme = get_object_or_404(mine, pk=programme_id)
    text = programme_files.dumps(queries.programmes.to_core(programme))
    return _as_file(text, f"{slugify(programme.name)[:60] or 'programme'}.json")


@login_not_required
@require_GET
def example(request: HttpRequest) -> HttpResponse:
    """Give the worked example as a programme file to start from."""
    return _as_file(services.demonstrations.worked_example(), "worked-example.json")


@login_not_required
@require_GET
def schema(request: HttpRequest) -> HttpResponse:
    """Give the JSON Schema of the programme file."""
    return _as_file(json.dumps(programme_schema.schema(), indent=1), "programme.schema.json")


def _as_file(text: str | bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
