"""Gives the demonstration two outcomes rooms: one that is published, and one in which anybody may take part.

Everybody in them is made up, and the pages say so. Nothing of it exists outside a demonstration.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from django.conf import settings
from django.utils import timezone

from commissioning import queries
from commissioning.core import rooms as core
from commissioning.core.canonical import sha256
from commissioning.core.rooms import ALPHABET, SECRET_LENGTH, Choice, Decision, Kind, Reason, Sort
from commissioning.models import Participant, Programme, Reaction, Room, RoomLink, Statement, User, Vote

from . import fates, measures, moderations, room_links, rooms, taking_part

SEED = 2014
TITLE, ABOUT = (
    "What helps you back to work? (made up)",
    "We plan help for people who look for work. Tell us what is good help, and what is not.",
)
#: How many of each kind take part: five investors are too few to be told of.
PEOPLE = {
    Kind.SERVICE_USER: 48,
    Kind.ADVOCATE: 14,
    Kind.FRONTLINE_WORKER: 22,
    Kind.INVESTOR: 5,
    Kind.PROVIDER: 26,
}
CARDS = (
    ("You still work after half a year", "We would ask your boss if you still have your job. What do you think?"),
    ("A step that you choose", "You say what you want to reach. Then we look if you got there."),
    ("You cope with a bad week", "We would ask you how you do when things go wrong."),
)
#: What each kind ticks, as chances: important, fair, could be fiddled, too many forms.
TICKS: Mapping[Kind, tuple[float, ...]] = {
    Kind.SERVICE_USER: (0.7, 0.5, 0.4, 0.6),
    Kind.ADVOCATE: (0.7, 0.6, 0.5, 0.5),
    Kind.FRONTLINE_WORKER: (0.6, 0.5, 0.5, 0.8),
    Kind.INVESTOR: (0.9, 0.8, 0.2, 0.1),
    Kind.PROVIDER: (0.8, 0.7, 0.3, 0.5),
}
SEEDS = ("Any job is better than none.", "One person should help me from start to end.")
#: Each kind's chance to agree with a statement; whoever takes a side and does not agree disagrees.
LIKE, DISLIKE = dict.fromkeys(PEOPLE, 0.9), dict.fromkeys(PEOPLE, 0.2)
SPLIT = {**LIKE, Kind.SERVICE_USER: 0.2}
SAID = (
    (
        Sort.OUTCOME,
        "I want work that fits with my health.",
        LIKE,
        Decision.ADOPTED,
        "A step that you choose is a measure.",
    ),
    (
        Sort.SOONER,
        "Pay my bus fare from the first day.",
        LIKE,
        Decision.ADAPTED,
        "Each of you gets a sum for the start.",
    ),
    (
        Sort.STATEMENT,
        "Letters that say I may lose my money make me ill.",
        LIKE,
        Decision.NOT_ADOPTED,
        "The law asks for them. We will make them shorter, and call first.",
    ),
    (
        Sort.OUTCOME,
        "Somebody still calls when I have had the job for a year.",
        LIKE,
        Decision.ADOPTED,
        "We pay for help for a year.",
    ),
    (
        Sort.STATEMENT,
        "It is right to meet an adviser every week.",
        SPLIT,
        Decision.ADAPTED,
        "You say how often, at least once a month.",
    ),
)
HIDDEN = "My adviser Jane Smith never calls back."
TAKES_A_SIDE = 0.85


def build(*, programme: Programme, by: User, approver: User) -> None:
    """Give the worked example a room that is published, unless it has one."""
    if queries.rooms.of_programme(programme):
        return
    cards = list(programme.measure_cards.all()[: len(CARDS)])
    if len(cards) < len(CARDS):
        return
    room = _opened(programme, by, {"title": TITLE, "about": ABOUT})
    rng = np.random.default_rng(SEED)
    people = _people(room)
    _react(room, people, rng)
    for seed, liking in zip(room.statements.order_by("text"), (DISLIKE, LIKE), strict=True):
        _vote(seed, people, liking, rng)
    for number, (sort, text, liking, decision, because) in enumerate(SAID):
        statement = taking_part.write(participant=people[number], sort=sort, text=text, may_be_quoted=True)
        _moderate(statement, "shown", by)
        _vote(statement, people, liking, rng)
        measure = cards[1] if decision == Decision.ADOPTED and sort == Sort.OUTCOME else None
        fates.decide(statement=statement, decision=decision, because=because, measure=measure, was="", by=by)
    hidden = taking_part.write(participant=people[-1], sort=Sort.STATEMENT, text=HIDDEN, may_be_quoted=False)
    _moderate(hidden, "hidden", by, Reason.NAMES)
    liked = room.statements.filter(text__in=[SAID[0][1], SAID[3][1]]).values_list("pk", flat=True)
    fates.put_together(room=room, title="Work that lasts", statements=list(liked), by=by)
    room = rooms.close(room=room, by=by)
    fates.publish(room=room, seen=sha256(queries.published_rooms.draft(room)), by=approver)


def build_open(*, programme: Programme, by: User) -> None:
    """Give a programme a room that is open, with a link that is known beforehand."""
    for title, _ in CARDS:
        measures.add(programme=programme, values={"name": f"{title} (made up)"}, by=by)
    room = _opened(programme, by, {"title": "What would help you? (made up)", "about": ABOUT})
    room_links.make(
        room=room, kind=Kind.SERVICE_USER, use="many", count=1, label="A poster", expires_on=room.closes_on, by=by
    )
    RoomLink.objects.filter(room=room).update(secret_hash=core.link_hash(secret_of("take part")))


def is_open() -> bool:
    """Tell whether the room in which anybody may take part is there."""
    return RoomLink.objects.filter(secret_hash=core.link_hash(secret_of("take part"))).exists()


def secret_of(purpose: str) -> str:
    """Work out a demonstration link's secret from this copy's secret key, so that each start can print it again."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demonstration {purpose}".encode(), hashlib.sha256)
    return core.grouped("".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SECRET_LENGTH]))


def _opened(programme: Programme, by: User, words: Mapping[str, str]) -> Room:
    day = timezone.localdate() + timedelta(days=rooms.MOST_DAYS)
    room = rooms.set_up(programme=programme, values={**words, "closes_on": day}, by=by)
    for measure, (title, question) in zip(programme.measure_cards.all()[: len(CARDS)], CARDS, strict=False):
        rooms.show_card(room=room, measure=measure, title=title, question=question, by=by)
    rooms.seed(room=room, texts=SEEDS, by=by)
    return rooms.open_room(room=room, by=by)


def _people(room: Room) -> list[Participant]:
    """Make everybody who takes part; the first, a service user, can come back by a link that is known."""
    kinds = [kind for kind, count in PEOPLE.items() for _ in range(count)]
    secrets = [secret_of("come back"), *(taking_part.secret() for _ in kinds[1:])]
    made = [
        Participant(room=room, kind=kind, secret_hash=core.participant_hash(secret))
        for kind, secret in zip(kinds, secrets, strict=True)
    ]
    return Participant.objects.bulk_create(made)


def _react(room: Room, people: list[Participant], rng: np.random.Generator) -> None:
    rows = []
    for card in room.cards.all():
        for person in people:
            ticked = rng.random(len(core.REACTIONS)) < TICKS[Kind(person.kind)]
            said = dict(zip(core.REACTIONS, map(bool, ticked), strict=True))
            rows.append(Reaction(participant=person, card=card, **said))
    Reaction.objects.bulk_create(rows)


def _vote(
    statement: Statement, people: list[Participant], liking: Mapping[Kind, float], rng: np.random.Generator
) -> None:
    rows = []
    for person in people:
        if person.pk == statement.author_id:
            continue
        side = Choice.AGREE if rng.random() < liking[Kind(person.kind)] else Choice.DISAGREE
        choice = side if rng.random() < TAKES_A_SIDE else Choice.PASS
        rows.append(Vote(participant=person, statement=statement, choice=choice))
    Vote.objects.bulk_create(rows)


def _moderate(statement: Statement, act: str, by: User, reason: str = "") -> None:
    moderations.decide(statement=statement, act=act, reason=reason, seen=sha256(statement.text), by=by)
