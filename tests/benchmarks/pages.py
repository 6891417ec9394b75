"""Pages as a person meets them: each one's time, two at once, and how soon a run says something."""

import random
import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.urls import reverse

from . import registers
from .measures import say
from .served import Answer, Visitor, product, until

REQUESTS, AT_ONCE, DRAWS, PRESSES = 60, 2, 8192, 5
TARGET_MILLISECONDS, TARGET_SECONDS = 200.0, 2.0


def times() -> None:
    """Bring the product up with its demonstration, measure its pages, and stop it again."""
    with product() as visitor:
        programme = _programme_of_the_demonstration()
        runs = _first_estimates(visitor, reverse("incentive-run-create", args=[programme]))
        for name, ask in _pages(visitor, programme, runs).items():
            _measure(name, ask)
        registers.times(_measure, lambda path: lambda _number: visitor.ask(path))


def _programme_of_the_demonstration() -> str:
    from commissioning.models import Programme

    return str(Programme.objects.filter(is_example=True).latest("pk").pk)


def _tariff_of(programme: str) -> str:
    from tariffs.models import Tariff

    return str(Tariff.objects.values_list("pk", flat=True).get(main_of=programme))


def _first_estimates(visitor: Visitor, create: str) -> list[str]:
    """Press the button some times; say how long each first estimate took, and give the finished runs."""
    runs, seconds = [], []
    for seed in random.sample(range(1_000_000), PRESSES):
        pressed = time.perf_counter()
        answer = visitor.ask(create, {"draws": DRAWS, "seed": seed})
        run = answer.location.strip("/").split("/")[-1]
        status = reverse("run-status", args=[run])
        until(lambda at=status: "What it says so far" in visitor.ask(at).body)
        seconds.append(time.perf_counter() - pressed)
        until(lambda at=status: visitor.ask(at).status == 286)
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
