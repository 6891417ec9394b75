"""The page that sets the model against what history shows."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tariffs import queries


@login_not_required
@require_GET
def detail(request: HttpRequest) -> HttpResponse:
    return render(request, "tariffs/validations/detail.html", {"validation": queries.validations.worked_example()})
