"""Publishing the conclusion of a case, taking it back, and the pages on which anyone reads it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries, services
from commissioning.core.canonical import sha256
from commissioning.forms.cases import PublicationForm, WithdrawalForm
from commissioning.models import CaseConclusion, CasePublication
from commissioning.permissions import Ability, can

from .requests import SignedInRequest, confirmed

CASES_ON_A_PAGE = 20


def _conclusion(request: SignedInRequest, programme_id: UUID) -> CaseConclusion:
    return get_object_or_404(queries.cases.approvable_by(request.user), programme=programme_id)


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Show what would be public, and publish it."""
    conclusion = _conclusion(request, programme_id)
    draft = queries.published_cases.draft(conclusion)
    form = PublicationForm(request.POST or None, initial={"seen": sha256(draft)})
    if form.is_valid():
        try:
            services.cases.publish(conclusion=conclusion, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form = PublicationForm({"seen": sha256(draft)})
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The case is published. Anyone can read it at this address.")
            return redirect(conclusion)
    context = {
        "programme": conclusion.programme,
        "form": form,
        "content": queries.published_cases.read(draft),
        "is_own": conclusion.concluded_by_id == request.user.pk,
    }
    return render(request, "commissioning/published_cases/create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def withdraw(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    conclusion = _conclusion(request, programme_id)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        try:
            services.cases.withdraw(conclusion=conclusion, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The case is withdrawn. Its page says so, and why.")
            return redirect("case-detail", programme_id)
    context = {"programme": conclusion.programme, "form": form}
    return render(request, "commissioning/published_cases/withdraw.html", context)


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.published_cases.open_now(), CASES_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(each, queries.published_cases.read(each.content)) for each in page]
    return render(request, "commissioning/published_cases/index.html", {"page": page, "lines": lines})


def _edition(request: HttpRequest, case_id: UUID) -> CasePublication:
    """Give the edition that is asked for, else the newest."""
    number = request.GET.get("edition", "")
    found = queries.published_cases.edition(case_id, int(number) if number.isdecimal() and len(number) < 6 else None)
    if found is None:
        raise Http404
    return found


def _may_read(request: HttpRequest, publication: CasePublication) -> bool:
    """Tell who reads a withdrawn edition: the authority's own members."""
    authority = publication.conclusion.programme.organisation
    return not publication.is_withdrawn or can(request.user, Ability.VIEW, authority)


@login_not_required
@require_GET
def detail(request: HttpRequest, case_id: UUID) -> HttpResponse:
    publication = _edition(request, case_id)
    context = {
        "publication": publication,
        "programme": publication.conclusion.programme,
        "content": queries.published_cases.read(publication.content) if _may_read(request, publication) else None,
        "editions": queries.published_cases.editions(case_id)[:CASES_ON_A_PAGE],
    }
    return render(request, "commissioning/published_cases/detail.html", context)


@login_not_required
@require_GET
def download(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give an edition byte for byte as it was published, so that anyone can check its hash."""
    publication = _edition(request, case_id)
    if not _may_read(request, publication):
        raise Http404
    response = HttpResponse(publication.content, content_type="application/json; charset=utf-8")
    name = f"case-{slugify(publication.conclusion.programme.name)[:60]}-{publication.edition}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
