"""Pages whose address is itself the secret: nothing of it reaches a log, another website, a cookie or a cache."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.csrf import csrf_exempt

#: Where an address goes on with a secret.
SECRET_ADDRESSES = ("/take-part/", "/say/", "/survey/", "/join/", "/following/", "/account/forgotten/")
MINUTE = 60
View = Callable[..., HttpResponse]


class SecretAddressMiddleware:
    """Takes the secret out of a request once it is answered, before the server or Django write it into a log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            _forget_address(request)

    def process_exception(self, request: HttpRequest, _error: Exception) -> None:
        """Do so before a failure is written down."""
        _forget_address(request)


def _forget_address(request: HttpRequest) -> None:
    prefix = next((each for each in SECRET_ADDRESSES if request.path.startswith(each)), "")
    if prefix:
        request.path = request.path_info = f"{prefix}…/"
        # The server's log of requests is written from these.
        request.META.update(PATH_INFO=request.path, RAW_URI=request.path, QUERY_STRING="")
    if any(each in request.META.get("HTTP_REFERER", "") for each in SECRET_ADDRESSES):
        request.META["HTTP_REFERER"] = ""


def secret_page(view: View) -> View:
    """Guard a page whose address holds a secret: no account, no cookie, no referrer, and so many requests a minute.

    Its forms carry a seal in place of the cookie that guards other forms: whoever does not know the secret cannot make
    one, and "no-referrer" would have browsers send the forms with an origin that the usual check refuses.
    """

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        if not is_within_limits(request):
            response = render(request, "commissioning/taking_part/too_many.html", status=429)
        elif request.method == "POST" and not constant_time_compare(request.POST.get("seal", ""), seal(token)):
            response = render(request, "commissioning/taking_part/gone.html", status=403)
        else:
            response = view(request, token, **named)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def seal(token: str) -> str:
    """Give what a form of this address must carry."""
    return salted_hmac("seal of a secret address", token).hexdigest()


def is_within_limits(request: HttpRequest) -> bool:
    """Count an address's requests of this minute in the memory of this process, so that nothing of it is ever kept."""
    address = get_adapter().get_client_ip(request) or ""
    # Scrambled even there, under this copy's key.
    key = salted_hmac(f"requests of minute {int(time.time() // MINUTE)}", address).hexdigest()
    memory = caches["memory"]
    memory.add(key, 0, MINUTE)
    return memory.incr(key) <= settings.TAKE_PART_A_MINUTE
