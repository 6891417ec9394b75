"""Pages anyone may read without an account: home, and how this product treats them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commissioning import queries
from commissioning.services import home_parts, works


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "commissioning/public/welcome.html", {"parts": home_parts.shown(request.user)})
    context = {
        "parts": home_parts.shown(request.user),
        "programmes": queries.home.latest_programmes(request.user),
        "may_start": queries.programmes.authorities_for(request.user).exists(),
        "is_invited": queries.taking_part.invited(request.user).exists(),
        "runs": [(run, works.shown(run.kind), works.page(run)) for run in queries.home.latest_runs(request.user)],
    }
    return render(request, "commissioning/public/home.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/public/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/public/privacy.html")


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/public/cookies.html")


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/public/figures.html")
