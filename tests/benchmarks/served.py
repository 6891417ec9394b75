"""The product as it is served, for measuring: services, web processes and workers of its own, and who visits them."""

import contextlib
import http.client
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.management import call_command

from commissioning import celery_app
from commissioning.processes import services
from commissioning.processes.children import Child

PATIENCE = 120.0
CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What the server answered, and after how many seconds."""

    status: int
    seconds: float
    body: str
    location: str


@dataclass(frozen=True)
class Visitor:
    """Someone signed in, who asks this server for pages."""

    port: int
    session: str
    forgery_token: str = "a" * 32

    def ask(self, path: str, posted: Mapping[str, object] | None = None) -> Answer:
        """Get a page, or post to it; the clock stops when the whole answer is here."""
        cookies = {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: self.forgery_token}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if posted is not None:
            headers |= {"X-CSRFToken": self.forgery_token, "Content-Type": "application/x-www-form-urlencoded"}
        start = time.perf_counter()
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            line.request("GET" if posted is None else "POST", path, urlencode(posted or {}), headers)
            found = line.getresponse()
            body = found.read().decode()
            return Answer(found.status, time.perf_counter() - start, body, found.headers.get("Location", ""))


@contextlib.contextmanager
def product() -> Iterator[Visitor]:
    """Start services, web server and worker as `manage.py serve` does, with somebody signed in."""
    with services.throwaway() as own, contextlib.ExitStack() as until_the_end:
        os.environ.update(own.addresses.as_environment())
        os.environ.update(PBR_DEMO="1", DJANGO_SETTINGS_MODULE="commissioning.settings")
        os.environ.setdefault("SECRET_KEY", "for measuring only")
        os.environ.setdefault("STATIC_ROOT", str(CHECKOUT / "var" / "test-static"))
        django.setup()
        for command in ("prepare", "demo"):
            with open(os.devnull, "w") as nowhere:
                call_command(command, stdout=nowhere)
        port = services.free_port()
        for child in _processes(port):
            child.start()
            until_the_end.callback(child.stop)
        visitor = Visitor(port, _session())
        until(lambda: _answers(visitor) and bool(celery_app.control.ping(timeout=1)))
        yield visitor


def _processes(port: int) -> list[Child]:
    web = ["gunicorn", "commissioning.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    worker = ["celery", "-A", "commissioning", "worker", "-c", "2", "--without-gossip", "--without-mingle"]
    logs = Path(os.environ["STATIC_ROOT"]).parent
    return [
        Child(name, [sys.executable, "-m", *command], os.environ, log=logs / f"bench-{name}.log", directory=CHECKOUT)
        for name, command in (("web", [*web, "--no-control-socket"]), ("worker", worker))
    ]


def _session() -> str:
    from commissioning.models import User
    from tests.factories.commissioning import client_of

    editor = User.objects.get(email="commissioner@demo.example")
    return client_of(editor).cookies[settings.SESSION_COOKIE_NAME].value


def _answers(visitor: Visitor) -> bool:
    with contextlib.suppress(OSError):
        return visitor.ask("/").status == 200
    return False


def until(is_so: Callable[[], bool], every: float = 0.05) -> None:
    """Wait until something is so; raise TimeoutError where it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("The product did not answer in time.")
        time.sleep(every)
