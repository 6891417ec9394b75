"""Pages that everybody reads alike: made once for each state of what they show, packed once, and kept by caches."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag

from markets import queries

#: Seconds for which a page may be shown again without asking: little enough that a withdrawal is soon seen.
FRESH = 60
#: Seconds for which this process remembers a page that it made.
REMEMBERED = 3_600
_SMALLEST_PACKED = 1_000
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kept:
    """A page as it was made: its bytes, packed and plain, and the headers that make it what it is."""

    plain: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str

    @classmethod
    def of(cls, response: HttpResponse) -> "Kept":
        """Keep what a view answered."""
        plain = response.content
        names = ("Content-Type", "Content-Disposition")
        headers = tuple((name, response[name]) for name in names if name in response)
        packed = gzip.compress(plain, 6, mtime=0) if len(plain) >= _SMALLEST_PACKED else b""
        return cls(plain, packed, headers, sha256(plain).hexdigest())

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer with it, packed where that is taken, or say that the reader has it already."""
        takes_packed = self.packed and "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.packed if takes_packed else self.plain)
        for name, value in self.headers:
            response[name] = value
        if takes_packed:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
        patch_cache_control(response, public=True, max_age=FRESH)
        response["ETag"] = quote_etag(f"{self.tag}{'-gzip' if takes_packed else ''}")
        found = get_conditional_response(request, etag=response["ETag"], response=response)
        assert isinstance(found, HttpResponse)
        return found


def kept(view: View) -> View:
    """Let caches keep what everybody reads alike, under a tag of its content; what a member reads is kept by none.

    The page is made anew whenever an edition came or was withdrawn, which one query tells. Pages with a query in their
    address are made each time, so that nobody fills the memory with them.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        key = ""
        if not request.GET:
            stamp = queries.editions.stamp(str(kwargs.get("slug", "")))
            key = sha256(f"{request.get_host()} {request.path} {stamp}".encode()).hexdigest()
            remembered: Kept | None = caches["memory"].get(key)
            if remembered is not None:
                return remembered.answer(request)
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        made = Kept.of(response)
        if key:
            caches["memory"].set(key, made, REMEMBERED)
        return made.answer(request)

    return answer
