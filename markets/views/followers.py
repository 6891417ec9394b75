"""Following a market position statement by e-mail: asking, confirming by the letter's link, and stopping at once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commissioning.views.secret_addresses import is_within_limits, seal, secret_page
from markets import queries, services
from markets.forms.followers import FollowForm

from .editions import edition_at

GONE = "markets/followers/gone.html"


@login_not_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address, to which a letter goes that asks to confirm."""
    edition = edition_at(slug)
    form = FollowForm(request.POST or None)
    context = {"edition": edition, "form": form}
    if request.method == "POST" and not is_within_limits(request):
        return render(request, "markets/followers/too_many.html", context, status=429)
    if form.is_valid():
        services.followers.ask(statement=edition.statement, email=form.cleaned_data["email"])
        return render(request, "markets/followers/asked.html", context)
    return render(request, "markets/followers/create.html", context)


@secret_page
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin to follow; opening the link alone confirms nothing, for programs open links too."""
    follower = queries.followers.by_token(token, within=queries.followers.WITHIN)
    if follower is None:
        return render(request, GONE, status=404)
    if request.method == "POST":
        services.followers.confirm(follower=follower)
    is_done = request.method == "POST" or follower.confirmed_on is not None
    context = {"statement": follower.statement, "is_done": is_done, "seal": seal(token)}
    return render(request, "markets/followers/confirm.html", context)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Forget an address: by the button of the page, or by that of a mail program, which knows no seal (RFC 8058)."""
    if request.POST.get("List-Unsubscribe") == "One-Click" and is_within_limits(request):
        return _stop(request, token)
    return _sealed_stop(request, token)


def _stop(request: HttpRequest, token: str) -> HttpResponse:
    follower = queries.followers.by_token(token)
    if follower is None:
        return render(request, GONE, status=200 if request.method == "POST" else 404)
    if request.method == "POST":
        services.followers.stop(follower=follower)
    context = {"statement": follower.statement, "is_done": request.method == "POST", "seal": seal(token)}
    return render(request, "markets/followers/stop.html", context)


_sealed_stop = secret_page(_stop)
