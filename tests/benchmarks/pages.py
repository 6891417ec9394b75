"""Pages as a person meets them: each one's time, two at once, and how soon a run says something."""

import contextlib
import http.client
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from commissioning import celery_app
from commissioning.processes import services
from commissioning.processes.children import Child

from . import registers
from .measures import say

REQUESTS, AT_ONCE, DRAWS, PRESSES = 60, 2, 8192, 5
TARGET_MILLISECONDS, TARGET_SECONDS, PATIENCE = 200.0, 2.0, 120.0
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


def times() -> None:
    """Bring the product up with its demonstration, measure its pages, and stop it again."""
    with _product() as visitor:
        programme = _programme_of_the_demonstration()
        runs = _first_estimates(visitor, reverse("incentive-run-create", args=[programme]))
        for name, ask in _pages(visitor, programme, runs).items():
            _measure(name, ask)
        registers.times(_measure, lambda path: lambda _number: visitor.ask(path))


@contextlib.contextmanager
def _product() -> Iterator[Visitor]:
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
        _until(lambda: _answers(visitor) and bool(celery_app.control.ping(timeout=1)))
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


def _programme_of_the_demonstration() -> str:
    from commissioning.models import Programme

    return str(Programme.objects.filter(is_example=True).latest("pk").pk)


def _tariff_of(programme: str) -> str:
    from tariffs.models import Tariff

    return str(Tariff.objects.values_list("pk", flat=True).get(main_of=programme))


def _answers(visitor: Visitor) -> bool:
    with contextlib.suppress(OSError):
        return visitor.ask("/").status == 200
    return False


def _until(is_so: Callable[[], bool], every: float = 0.05) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("The product did not answer in time.")
        time.sleep(every)


def _first_estimates(visitor: Visitor, create: str) -> list[str]:
    """Press the button some times; say how long each first estimate took, and give the finished runs."""
    runs, seconds = [], []
    for seed in random.sample(range(1_000_000), PRESSES):
        pressed = time.perf_counter()
        answer = visitor.ask(create, {"draws": DRAWS, "seed": seed})
        run = answer.location.strip("/").split("/")[-1]
        status = reverse("run-status", args=[run])
        _until(lambda at=status: "What it says so far" in visitor.ask(at).body)
        seconds.append(time.perf_counter() - pressed)
        _until(lambda at=status: visitor.ask(at).status == 286)
        runs.append(run)
    say(
        f"seconds from pressing the button to the first estimate, {DRAWS:,} draws",
        presses=PRESSES,
        seconds=[round(each, 2) for each in seconds],
        median=round(statistics.median(seconds), 2),
        target=TARGET_SECONDS,
    )
    return runs


def _pages(visitor: Visitor, programme: str, runs: list[str]) -> dict[str, Callable[[int], Answer]]:
    def page(name: str, *args: str, query: str = "") -> Callable[[int], Answer]:
        return lambda _number: visitor.ask(reverse(name, args=args) + query)

    compared = f"?run={runs[0]}&run={runs[1]}"
    return {
        "home": page("home"),
        "programme list": page("programme-list"),
        "programme": page("programme-detail", programme),
        "groups and pathway": page("pathway-detail", programme),
        "price grid": page("price-grid", _tariff_of(programme)),
        "price effects of a price just typed": _typed(visitor, programme),
        "terms": page("terms-edit", _tariff_of(programme)),
        "supply chain": page("supply-chain", programme),
        "groups": page("group-list", programme),
        "case": page("case-detail", programme),
        "versions": page("version-list", programme),
        "tariffs": page("scenario-list", programme),
        "report": page("programme-report", programme),
        "run list": page("incentive-run-list", programme),
        "run result": page("incentive-run-detail", runs[0]),
        "comparison": page("incentive-run-compare", programme, query=compared),
        "run record": page("incentive-run-record", runs[0]),
        "validation": page("validation"),
        "worked example": page("worked-example"),
    }


def _typed(visitor: Visitor, programme: str) -> Callable[[int], Answer]:
    """Post the price grid with one price that nobody asked for before."""
    tariff = _tariff_of(programme)
    grid = visitor.ask(reverse("price-grid", args=[tariff])).body
    inputs = [dict(re.findall(r'(name|value)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", grid)]
    fields = {one["name"]: one.get("value", "") for one in inputs if "name" in one}
    cell = next(name for name in fields if name.startswith("price-"))
    address = reverse("price-effects", args=[tariff])
    return lambda number: visitor.ask(address, {**fields, cell: f"{300 + number}.50"})


def _measure(name: str, ask: Callable[[int], Answer], target: float = TARGET_MILLISECONDS) -> None:
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        answers = list(at_once.map(ask, range(REQUESTS)))
    wrong = {answer.status for answer in answers} - {200}
    if wrong:
        raise RuntimeError(f"The page {name} answered {sorted(wrong)}.")
    cuts = statistics.quantiles([1e3 * answer.seconds for answer in answers], n=20, method="inclusive")
    say(
        f"milliseconds of a page: {name}",
        requests=REQUESTS,
        p50=round(cuts[9], 1),
        p95=round(cuts[18], 1),
        target_p95=target,
    )
