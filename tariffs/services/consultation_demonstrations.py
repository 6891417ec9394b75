"""Puts the demonstration's worked example to its made-up providers, with comments that say that they are made up."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from commissioning.core import london_times
from commissioning.core.figures import LONDON
from commissioning.models import Programme, User
from commissioning.services.demonstrations import Account
from tariffs import queries
from tariffs.core.consultation_targets import Kind, Target
from tariffs.models import Consultation

from . import comments, consultation_logs, consultations, versions
from .comments import Place, Said
from .consultation_logs import Telling
from .consultations import Plan
from .versions import UnchangedError

OPEN_FOR = timedelta(days=28)
CLOSES = time(17)
NOTE = "As put to providers (made up for the demonstration)"
INTRODUCTION = (
    "This consultation is made up for the demonstration: nobody was asked. Read the tariff of 2014 line by line, and "
    "say what you could live with."
)
QUESTIONS = ("Which payment would you need earlier to be able to bid?", "Which group could you not help at its price?")
BRIEFING = "Made up: a briefing for everybody is held by video. What is said there is written down here the same day."
QUESTION = "Made up: is the price for each job outcome meant to rise with inflation?"
ANSWER = "Made up: no. The prices of this tariff stay as they are for the whole contract."
#: Which of the two providers, on which kind of line and place, says what of it.
SAID: tuple[tuple[int, Kind, int, Said], ...] = (
    (0, Kind.PRICE, 6, Said("low", "must", "Made up: at this price we could see each person once a month.", "named")),
    (0, Kind.TERM, 0, Said("timing", "should", "Made up: we lend the money until it comes.", "commissioner")),
    (1, Kind.PRICE, 6, Said("low", "must", "Made up: it leaves out those who are furthest from work.", "unnamed")),
    (1, Kind.EVIDENCE, 0, Said("evidence", "should", "Made up: our own records say otherwise.", "named")),
    (1, Kind.WHOLE, 0, Said("incentive", "must", "Made up: it pays most for those who need us least.", "named")),
)
SECRET = "Made up: it shows what the service costs us, on which we would compete"
PROPOSED = "5200"


def put_to_providers(*, programme: Programme, accounts: list[Account], by: User) -> Consultation | None:
    """Open the consultation of the example with the accounts' providers, once."""
    if queries.consultations.of_programme(programme).exists():
        return None
    try:
        version = versions.freeze(programme=programme, note=NOTE, by=by)
    except UnchangedError as same:
        version = same.version
    plan = Plan("named", INTRODUCTION, None, _closing(queries.consultations.now()), QUESTIONS)
    made = consultations.open_on(version=version, plan=plan, by=by)
    voices = [each for each in accounts if each.organisation.kind == "provider"]
    consultations.invite(consultation=made, organisations=[each.organisation for each in voices], by=by)
    telling = Telling(key=uuid4(), kind="briefing", text=BRIEFING)
    consultation_logs.tell(consultation=made, telling=telling, by=by)
    _ask(made, voices[0], by)
    lines = [line for section in queries.consultations.targets(made) for line in section.targets]
    for voice, kind, place, said in SAID:
        # Somebody may have taken lines out of the example.
        if there := [line for line in lines if line.kind == kind][place : place + 1]:
            _say(made, voices[voice], there[0], said)
    for line in [line for line in lines if line.kind == Kind.PRICE][-2:-1]:
        _say_in_confidence(made, voices[0], line)
    return made


def _closing(now: datetime) -> datetime:
    return london_times.moment((now + OPEN_FOR).astimezone(LONDON).date(), CLOSES)


def _ask(made: Consultation, voice: Account, by: User) -> None:
    entry = consultation_logs.ask(
        consultation=made, organisation=voice.organisation, question=QUESTION, key=uuid4(), by=voice.user
    )
    consultation_logs.answer(entry=entry, question=QUESTION, text=ANSWER, released_at=None, by=by)


def _say(made: Consultation, voice: Account, line: Target, said: Said) -> None:
    place = Place(made, voice.organisation, line)
    comments.give(place=place, said=said, key=uuid4(), by=voice.user)


def _say_in_confidence(made: Consultation, voice: Account, line: Target) -> None:
    until: date = made.closes_at.astimezone(LONDON).date() + timedelta(days=365)
    reason = "Made up: a person of this group costs us more than the price over two years."
    said = Said(
        "low",
        "must",
        reason,
        "confidential",
        entry=line.entry.value,
        proposed=PROPOSED,
        secret_reason=SECRET,
        secret_until=until,
    )
    _say(made, voice, line, said)
