"""Canaries: every confidential value of a consultation is a marker of its own, and is looked for everywhere else."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.urls import reverse

from commissioning.models import Organisation, Role, User
from commissioning.services import kept_texts
from tariffs.models import Answer, Comment, Consultation, LogEntry, Receipt
from tariffs.services import consultation_letters, consultation_reports
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast, client_of, member, organisation
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEAM, HERE, THERE = {"amina", "bob", "vera"}, {"dilys", "tom"}, {"emlyn"}
EVERYBODY = {*TEAM, *HERE, *THERE, "nobody", "charlie", "unnamed", "left"}
HOUSES = {"dilys": HERE, "emlyn": THERE}
SIGHTS = ("named", "unnamed", "commissioner", "confidential")


@dataclass
class Scene:
    """A consultation full of markers, and who may read each of them; nothing else may be read anywhere."""

    consultation: Consultation
    people: dict[str, User | None]
    cleared: dict[str, set[str]] = field(default_factory=dict)

    def marker(self, what: str, *readers: Iterable[str]) -> str:
        found = f"canary{len(self.cleared):04}{what}"
        self.cleared[found] = set().union(*readers)
        return found


def actors(people: Cast) -> dict[str, User | None]:
    others = organisation("Others", Organisation.Kind.PROVIDER)
    left = member(people.provider, Role.BID_WRITER, "Left")
    left.memberships.all().delete()
    return {
        "nobody": None,
        "amina": people.amina,
        "bob": people.bob,
        "vera": people.vera,
        "charlie": people.charlie,
        "dilys": people.dilys,
        "tom": member(people.provider, Role.TRUSTEE, "Tom"),
        "emlyn": member(others, Role.BID_WRITER, "Emlyn"),
        "unnamed": member(organisation("Not asked", Organisation.Kind.PROVIDER), Role.BID_WRITER),
        "left": left,
    }


@pytest.fixture
def scene() -> Scene:
    people = cast()
    known = actors(people)
    others = Organisation.objects.get(name="Others")
    programme = imported(organisation=people.authority, by=people.amina)
    here = Scene(made.opened(programme, people.provider, others), known)
    for name, house in HOUSES.items():
        _speak(here, name, house)
    return here


def _speak(here: Scene, name: str, house: set[str]) -> None:
    """Have one provider comment in every tier, ask something, and leave something typed."""
    person = here.people[name]
    assert person is not None
    for place, sight in enumerate(SIGHTS):
        given: dict[str, Any] = {"sight": sight, "reason": here.marker(f"{name}{sight}", house, TEAM)}
        if sight == "confidential":
            given["secret_reason"] = here.marker(f"{name}why", house, TEAM)
            given["secret_until"] = made.now().date() + made.DAY
        made.comment(here.consultation, person, made.target(here.consultation, "term", place), **given)
    made.asked(here.consultation, person, here.marker(f"{name}question", house, TEAM))
    path = reverse("log-entry-ask", args=[here.consultation.pk])
    kept_texts.keep(path=path, fields={"question": [here.marker(f"{name}typed", {name})]}, by=person)


def addresses(here: Scene) -> Iterator[str]:
    """Give every address of every thing of the consultation."""
    things: dict[type, tuple[str, ...]] = {
        Comment: ("comment-edit", "comment-withdraw", "comment-stand", "answer-create", "comment-moderate"),
        Receipt: ("receipt-detail", "receipt-download"),
        LogEntry: ("log-entry-answer", "log-entry-download"),
        Answer: ("answer-edit", "answer-link"),
    }
    for model, names in things.items():
        for pk in model.objects.values_list("pk", flat=True):  # type: ignore[attr-defined]
            yield from (reverse(name, args=[pk]) for name in names)
    whole = (
        "consultation-detail consultation-overview consultation-extend consulted-provider-list comment-list "
        "log-entry-create log-entry-ask answer-list next-version consultation-report consultation-report-csv "
        "consultation-report-create"
    )
    yield from (reverse(name, args=[here.consultation.pk]) for name in whole.split())
    yield reverse("log-entry-ask", args=[here.consultation.pk]) + "?kept=back"
    programme = here.consultation.version.programme
    for name in ("programme-detail", "consultation-list", "version-list", "programme-report", "programme-download"):
        yield reverse(name, args=[programme.pk])
    for house in Organisation.objects.all():
        yield from (reverse(name, args=[house.pk]) for name in ("organisation-detail", "audit-log"))
    yield from (reverse(name) for name in ("home", "open-consultation-list", "programme-list", "account"))


def in_response(response: HttpResponse) -> str:
    return f"{response.status_code}\n{response.headers}\n{response.cookies}\n{response.content.decode()}"


def pages(here: Scene, ask: Callable[[Any, str], HttpResponse]) -> Iterator[tuple[str, str, str]]:
    """Give what every actor gets of every address: who, where, and everything of the response."""
    paths = list(addresses(here))
    for name, person in here.people.items():
        client = client_of(person)
        for path in paths:
            yield name, path, in_response(ask(client, path))


def letters(here: Scene) -> Iterator[tuple[str, str, str]]:
    """Give what everybody gets by e-mail."""
    names = {person.email: name for name, person in here.people.items() if person}
    for letter in mail.outbox:
        yield names.get(letter.to[0], "nobody"), "e-mail", f"{letter.subject}\n{letter.body}\n{letter.extra_headers}"


def broker() -> Iterator[tuple[str, str, str]]:
    """Give everything that the broker holds, keys and values, which nobody is cleared to find a marker in."""
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    try:
        for key in client.scan_iter():
            readers = {b"string": client.get, b"list": lambda k: client.lrange(k, 0, -1), b"set": client.smembers}
            readers |= {b"hash": client.hgetall, b"zset": lambda k: client.zrange(k, 0, -1)}
            kind = client.type(key)
            yield "nobody", f"broker {key!r}", f"{key!r} {readers[kind](key) if kind in readers else ''!r}"
    finally:
        client.close()


def leaks(here: Scene, seen: Iterable[tuple[str, str, str]]) -> list[str]:
    """Say which marker stands where somebody without clearance finds it."""
    return [
        f"{who} at {where}: {marker}"
        for who, where, text in seen
        if "canary" in text
        for marker, cleared in here.cleared.items()
        if who not in cleared and marker in text
    ]


def get(client: Any, path: str) -> HttpResponse:
    return client.get(path)


def send_all() -> None:
    while consultation_letters.send_due():
        pass


@pytest.mark.promise("S3")
def test_no_marker_is_found_by_anybody_who_is_not_cleared_while_it_is_open(
    here_logs: pytest.LogCaptureFixture, scene: Scene
):
    made.told(scene.consultation, "A briefing for everybody")
    draft_answers(scene)
    send_all()

    found = list(pages(scene, get))

    assert leaks(scene, found) == []
    assert leaks(scene, letters(scene)) == []
    assert leaks(scene, broker()) == []
    assert leaks(scene, [("nobody", "log", here_logs.text)]) == []
    for marker, cleared in scene.cleared.items():
        readers = {who for who, _, text in found if marker in text}
        assert readers == cleared, marker


def draft_answers(here: Scene) -> None:
    """Answer every comment with a marker for its tier; nobody is told yet."""
    drafts = {sight: here.marker(f"answer{sight}", TEAM) for sight in SIGHTS}
    for comment in Comment.objects.all():
        Answer.objects.filter(pk=made.answered(comment).pk).update(reason=drafts[comment.sight])


@pytest.fixture
def here_logs(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    return caplog


@pytest.mark.promise("S3")
def test_what_is_published_clears_only_what_its_author_made_public(scene: Scene):
    draft_answers(scene)
    made.released(scene.consultation)
    bob = scene.people["bob"]
    assert bob is not None
    consultation_reports.publish(consultation=made.again(scene.consultation), learned="Ask earlier", by=bob)
    send_all()
    public = [f"{who}{sight}" for who in (*HOUSES, "answer") for sight in ("named", "unnamed")]
    for marker in scene.cleared:
        if marker.endswith(tuple(public)):
            scene.cleared[marker] = EVERYBODY
        elif "answer" in marker:
            scene.cleared[marker] = {*TEAM, *HERE, *THERE}

    assert leaks(scene, pages(scene, get)) == []
    assert leaks(scene, letters(scene)) == []


@pytest.mark.promise("S3")
def test_a_name_kept_apart_stands_on_no_page_of_the_authority(scene: Scene):
    Organisation.objects.filter(name="Others").update(name=scene.marker("name", THERE))
    paths = [reverse("answer-list", args=[scene.consultation.pk])]
    only = Comment.objects.filter(sight="unnamed", organisation__name__startswith="canary")
    paths += [reverse(name, args=[only.get().pk]) for name in ("answer-create", "comment-moderate")]
    client = client_of(scene.people["amina"])

    texts = [in_response(client.get(path)) for path in paths]

    own = texts[0].split(f"{'emlynunnamed'}")[1].split("</div>")[0]
    assert "Name kept apart" in own
    assert leaks(scene, [("amina", "own page", text) for text in texts[1:]]) == []


@pytest.mark.promise("S3")
@pytest.mark.parametrize("channel", ["page", "header", "cookie", "e-mail", "broker", "log"])
def test_a_leak_planted_in_a_channel_is_found(here_logs: pytest.LogCaptureFixture, scene: Scene, channel: str):
    marker = next(iter(scene.cleared))

    def leaky(_client: Any, _path: str) -> HttpResponse:
        response = HttpResponse(marker if channel == "page" else "Nothing")
        if channel == "header":
            response["X-Count"] = marker
        if channel == "cookie":
            response.set_cookie("last", marker)
        return response

    if channel == "e-mail":
        EmailMessage("News", marker, None, ["stranger@example.org"]).send()
    if channel == "log":
        logging.getLogger("tariffs").info("A comment came: %s", marker)
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    if channel == "broker":
        client.set("planted", marker)
    try:
        seen = [*pages(scene, leaky), *letters(scene), *broker(), ("nobody", "log", here_logs.text)]
    finally:
        client.delete("planted")
        client.close()

    assert leaks(scene, seen)
