"""Pages on which a programme starts: which way, from nothing, from an example."""

from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.forms.drafts import keeping
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import services
from tariffs.forms.details import NewProgrammeForm, StartForm
from tariffs.sources import examples


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Ask how to start."""
    allowed = commissioning_queries.programmes
    context = {
        "examples": examples.examples(),
        "may_start": allowed.authorities_for(request.user).exists(),
        "programmes": allowed.visible_to(request.user).order_by("-created_at")[:10],
    }
    return render(request, "tariffs/starts/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Start from nothing."""
    mine = commissioning_queries.programmes.authorities_for(request.user)
    form = keeping(NewProgrammeForm(typed(request), organisations=mine), request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        values = {name: given[name] for name in ("name", "referral_months", "contract_months")}
        key, organisation = given["key"] or uuid4(), given["organisation"]
        programme = services.starts.from_nothing(organisation=organisation, values=values, key=key, by=request.user)
        forget(request)
        messages.success(request, "The programme is started. It is a draft that only your authority sees.")
        return redirect(programme)
    return render(request, "tariffs/starts/create.html", {"form": form, "may_start": mine.exists()})


@login_required
@require_http_methods(["GET", "POST"])
def from_example(request: SignedInRequest, example: str) -> HttpResponse:
    if example not in examples.KEYS:
        raise Http404
    found = next(each for each in examples.examples() if each.key == example)
    mine = commissioning_queries.programmes.authorities_for(request.user)
    form = keeping(StartForm(typed(request), organisations=mine, initial={"name": found.name}), request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        start = partial(services.starts.from_example, organisation=given["organisation"], name=given["name"])
        programme = start(example=example, key=given["key"] or uuid4(), by=request.user)
        forget(request)
        messages.success(request, "The example is yours to change. It is a draft that only your authority sees.")
        return redirect(programme)
    return render(request, "tariffs/starts/example.html", {"form": form, "example": found, "may_start": mine.exists()})
