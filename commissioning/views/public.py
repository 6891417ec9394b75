"""Pages anyone may read without an account: home, and how this product treats them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    name = "home" if request.user.is_authenticated else "welcome"
    return render(request, f"commissioning/public/{name}.html")


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
