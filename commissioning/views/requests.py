"""The request of someone who is signed in, and the typed guards that views put in front of themselves."""

from collections.abc import Callable
from typing import TypeVar, cast

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from commissioning.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request behind login_required: its user is a person."""

    user: User


def confirmed(view: View) -> View:
    """Ask for password or code again when the last time was long ago: for what changes who may see or do things."""
    return cast(View, reauthentication_required(view))


def limited(action: str) -> Callable[[View], View]:
    """Count requests, to look as well as to send, under the name of an action that ACCOUNT_RATE_LIMITS limits."""
    return cast(Callable[[View], View], rate_limit(action=action, limit_get=True))
