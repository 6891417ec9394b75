"""The last minute before a consultation closes: 500 providers send 3,000 comments, some twice, some too late."""

import contextlib
import http.client
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from tests.benchmarks.measures import say

from .arrivals import Reply, come, spread

PROVIDERS, COMMENTS, SECONDS = 500, 3_000, 60.0
#: Buttons pressed twice at once, and comments sent in the seconds after closing, beside those.
TWICE, LATE, AFTERWARDS = 150, 100, 2.0
#: Seconds after closing in which an answer may still come back.
TARGETS = {"target_p95": 500.0, "target_p99": 1_500.0}
TOKEN = "a" * 32


@dataclass(frozen=True)
class Sent:
    """One press of the button: by whom, on which line, and under which key."""

    session: str
    path: str
    key: UUID
    at: float


def deadline(port: int) -> None:
    """Load the form of a comment up to the second of closing and beyond it, then hold the replies to the database."""
    luck = random.Random(1)
    consultation, sessions, lines = _consultation(luck)
    sent = _plan(luck, consultation, sessions, lines)
    closes = _close_in(consultation, SECONDS + 1.0)
    wait = closes.timestamp() - SECONDS - time.time()
    replies = come([wait + each.at for each in sent], lambda number: _press(port, sent[number]))
    in_time = [reply for reply in replies if sent[reply.number].at < SECONDS]
    say(
        f"milliseconds of a comment, {PROVIDERS} providers and {COMMENTS:,} comments in the last minute",
        **spread(in_time),
        **TARGETS,
        errors=sum(reply.status not in (200, 302) for reply in replies),
    )
    say("comments of the last minute against the database", **_reconciled(consultation, sent, replies))


def _plan(luck: random.Random, consultation: str, sessions: Sequence[str], lines: Sequence[str]) -> list[Sent]:
    """Plan who presses when: evenly through the minute, some twice at the same moment, some too late."""

    def sent(at: float) -> Sent:
        path = reverse("comment-create", args=[consultation, luck.choice(lines)])
        return Sent(luck.choice(sessions), path, UUID(int=luck.getrandbits(128), version=4), at)

    found = [sent(number * SECONDS / COMMENTS) for number in range(COMMENTS)]
    found += luck.sample(found, TWICE)
    found += [sent(SECONDS + (1 + number) * AFTERWARDS / LATE) for number in range(LATE)]
    return sorted(found, key=lambda each: each.at)


def _press(port: int, sent: Sent) -> tuple[int, str]:
    cookies = {settings.SESSION_COOKIE_NAME: sent.session, settings.CSRF_COOKIE_NAME: TOKEN}
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    typed = {"key": sent.key, "about": "low", "weight": "must", "reason": "It does not cover our costs. " * 8}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("POST", sent.path, urlencode(typed | {"sight": "commissioner"}), headers)
        found = line.getresponse()
        found.read()
        return found.status, found.headers.get("Location", "")


def _consultation(luck: random.Random) -> tuple[str, list[str], list[str]]:
    """Open a consultation to as many providers, each with a bid writer who is signed in."""
    from commissioning.models import Organisation, Programme
    from tests.factories import consultations

    names = [Organisation(name=f"Load provider {number}", kind="provider") for number in range(PROVIDERS)]
    made = Organisation.objects.bulk_create(names)
    sessions = [_session(provider, number) for number, provider in enumerate(made)]
    programme = Programme.objects.filter(is_example=True).latest("pk")
    consultation = consultations.opened(programme, *made)
    lines = [str(target.id) for section in _sections(consultation) for target in section.targets]
    luck.shuffle(lines)
    return str(consultation.pk), sessions, lines


def _sections(consultation: object) -> Sequence[object]:
    from tariffs import queries

    return queries.consultations.targets(consultation)


def _session(provider: object, number: int) -> str:
    from commissioning.models import Membership, Role, User
    from tests.factories.commissioning import client_of

    person = User(email=f"load{number}@demo.example", name=f"Load {number}")
    person.set_unusable_password()
    person.save()
    Membership.objects.create(user=person, organisation=provider, role=Role.BID_WRITER)
    return client_of(person).cookies[settings.SESSION_COOKIE_NAME].value


def _close_in(consultation: str, seconds: float) -> datetime:
    from tariffs import queries
    from tariffs.models import Consultation

    closes = queries.consultations.now() + timedelta(seconds=seconds + 1.0)
    Consultation.objects.filter(pk=consultation).update(closes_at=closes)
    return closes


def _reconciled(consultation: str, sent: Sequence[Sent], replies: Sequence[Reply]) -> dict[str, int]:
    """Count what was told and what is kept: nothing lost, nothing doubled, nothing late, nothing invented."""
    from tariffs.models import Comment, Consultation

    closes = Consultation.objects.get(pk=consultation).closes_at
    kept = {row.pk: row for row in Comment.objects.filter(consultation=consultation).prefetch_related("receipts")}
    told = {sent[reply.number].key for reply in replies if reply.status == 302}
    receipts = Counter(receipt.comment_id for row in kept.values() for receipt in row.receipts.all())
    leads = {reply.location.strip("/").split("/")[-1] for reply in replies if reply.status == 302}
    known = {str(receipt.pk) for row in kept.values() for receipt in row.receipts.all()}
    in_time = {each.key for each in sent if each.at < SECONDS - 2.0}
    return {
        "accepted": len(told),
        "kept": len(kept),
        "lost": len(told - set(kept)),
        "invented": len(set(kept) - told),
        "doubled": sum(count > 1 for count in receipts.values()),
        "late": sum(row.received_at >= closes for row in kept.values()),
        "refused_in_time": len(in_time - told),
        "receipts_that_lead_nowhere": len(leads - known),
    }
