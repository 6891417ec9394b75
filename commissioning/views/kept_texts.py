"""What is typed and not yet saved: kept while it is typed, through the end of a session, and put back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, loads
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_POST

from commissioning import queries, services
from commissioning.forms.drafts import TYPED_BY, WAS

from .requests import SignedInRequest, limited

KEPT = "kept"
LEAVE_OUT = {"csrfmiddlewaretoken", "submit", "path"}


def typed(request: HttpRequest) -> QueryDict | None:
    """Give the data for a form: what is sent, else what was kept where the reader asks for it, else nothing."""
    if request.method == "POST":
        return request.POST
    if KEPT not in request.GET:
        return None
    return _from_session(request) or _from_database(request)


def _from_session(request: HttpRequest) -> QueryDict | None:
    kept = request.session.get(KEPT, {})
    if kept.get("path") != request.path or kept.get("by") != str(request.user.pk):
        return None
    return _as_query(kept["fields"])


def _from_database(request: HttpRequest) -> QueryDict | None:
    kept = queries.kept_texts.of_page(request.user, request.path)
    return _as_query(kept.fields) if kept else None


def _as_query(fields: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in fields.items():
        query.setlist(name, values)
    return query


def forget(request: HttpRequest) -> None:
    """Forget what was kept of this page, because it is saved."""
    if request.session.get(KEPT, {}).get("path") == request.path:
        del request.session[KEPT]
    services.kept_texts.forget(path=request.path, by=request.user)  # type: ignore[arg-type]


@login_required
@require_POST
@limited("keep_text")
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep what is being typed; the browser's script sends it while the person types."""
    path = request.POST.get("path", "")
    kept = services.kept_texts.keep(path=path, fields=_fields(request), by=request.user)
    return HttpResponse(f"{timezone.localtime(kept.kept_at):%H:%M}" if kept else "", status=200 if kept else 413)


@login_required
@require_POST
def throw_away(request: SignedInRequest) -> HttpResponse:
    """Throw away what was kept of a page, and go back to the page."""
    path = request.POST.get("path", "")
    services.kept_texts.forget(path=path, by=request.user)
    messages.success(request, "What you had typed is thrown away.")
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if safe else "/")


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in LEAVE_OUT}


def _typed_by(request: HttpRequest) -> str:
    """Give the id of the person for whom the form was made, as the form itself proves; nothing where it does not."""
    try:
        return str(loads(request.POST.get(TYPED_BY, ""), salt=TYPED_BY))
    except BadSignature:
        return ""


class SignedOutMiddleware:
    """Keeps what somebody sends after their session ended, and gives it back once they have signed in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Keep the form in the session that the sign-in carries on, and ask to sign in."""
        if request.method != "POST" or request.user.is_authenticated:
            return None
        by, fields = _typed_by(request), _fields(request)
        if not by or not services.kept_texts.fits(request.path, fields):
            return None
        request.session[KEPT] = {"path": request.path, "fields": fields, "by": by}
        messages.info(request, "You were signed out. Sign in again: what you typed is kept.")
        return redirect_to_login(back_to(request.path))


def back_to(path: str) -> str:
    """Give the address of a page with what was kept of it."""
    return f"{path}?{urlencode({KEPT: 'back'})}"


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form whose token is not the session's, as after signing in again in another tab; keep what it says."""
    user = request.user
    if user.is_authenticated and _typed_by(request) == str(user.pk) and request.path:
        kept = services.kept_texts.keep(path=request.path, fields=_fields(request), by=user)
        if kept:
            messages.info(request, "Nothing was saved yet, because you signed in again meanwhile. Check, then save.")
            return redirect(back_to(request.path))
    return csrf_failure(request, reason=reason)


def gone(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a page that is not there; what was typed on it is shown, so that it can be copied."""
    is_mine = request.method == "POST" and _typed_by(request) == str(request.user.pk)
    return render(request, "404.html", {"texts": _seen(_fields(request)) if is_mine else []}, status=404)


def _seen(fields: dict[str, list[str]]) -> list[str]:
    """Give the texts of the fields that a person sees."""
    values = [values for name, values in fields.items() if not name.startswith((WAS, TYPED_BY))]
    return [text for texts in values for text in texts if text]
