"""The morning of a publication: 10,000 people read a market position statement within a minute, some of them again."""

import contextlib
import http.client
import random
from collections import Counter

from tests.benchmarks.measures import say

from .arrivals import come, spread

READERS, SECONDS = 10_000, 60.0
#: How many of a hundred have read it before and ask whether it is still the same.
AGAIN = 30
TARGET_P95 = 500.0


def morning(port: int) -> None:
    """Let readers come at a fixed rate, and hold every answer to the page that was published."""
    luck = random.Random(2)
    path = _published()
    first, tag, size = _read(port, path, "")
    assert first == 200, first
    kept = [tag if luck.randrange(100) < AGAIN else "" for _ in range(READERS)]
    sizes: Counter[int] = Counter()

    def visit(number: int) -> tuple[int, str]:
        status, found, length = _read(port, path, kept[number])
        sizes[length] += 1
        return status, found

    replies = come([number * SECONDS / READERS for number in range(READERS)], visit)
    expected = [304 if tag_kept else 200 for tag_kept in kept]
    say(
        f"milliseconds of a statement, {READERS:,} readers in {SECONDS:.0f} seconds",
        **spread(replies),
        target_p95=TARGET_P95,
        errors=sum(reply.status != wanted for reply, wanted in zip(replies, expected, strict=True)),
        bytes_of_the_page=size,
        other_lengths=len(set(sizes) - {0, size}),
    )


def _read(port: int, path: str, tag: str) -> tuple[int, str, int]:
    headers = {"Accept-Encoding": "gzip", **({"If-None-Match": tag} if tag else {})}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", path, headers=headers)
        found = line.getresponse()
        return found.status, found.headers.get("ETag", ""), len(found.read())


def _published() -> str:
    """Publish an edition of 15 sections with a figure in each third."""
    from commissioning.models import Organisation, User
    from markets.core.editions import Section
    from tests.factories import editions

    writer, approver = (User.objects.get(email=f"{name}@demo.example") for name in ("commissioner", "approver"))
    authority = Organisation.objects.filter(memberships__user=writer).get()
    made = editions.statement(authority, writer, title="Load of readers (made up)")
    words = "What we know of the people and of the market, and what we mean to buy and why. " * 12
    sections = tuple(
        Section(
            f"s{place}",
            f"Section {place}",
            f"{words}\n\n{words}" + ("\n\n{{figure:diversity}}" if place % 3 == 0 else ""),
        )
        for place in range(15)
    )
    given = {"sections": sections, "slug": "load-of-readers"}
    return editions.published(made, by=writer, approver=approver, **given).get_absolute_url()
