"""Reads surveys of providers: for the authority what may be told, for a provider its own answer, by its link."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from commissioning import queries as commissioning_queries
from commissioning.core.figures import plain, pounds
from commissioning.models import Programme, User
from markets.core import survey_answers as core
from markets.models import Survey, SurveyAnswer, SurveyRecipient
from tariffs import queries as tariff_queries
from tariffs.core import tariff_terms, tariff_words

MOST_SHOWN = 10


@dataclass(frozen=True)
class Standing:
    """How a survey stands, as far as it may be told."""

    survey: Survey
    told: int
    results: core.Results | None


def visible_to(user: User | AnonymousUser) -> QuerySet[Survey]:
    """Give the surveys of the programmes that the person may read."""
    mine = commissioning_queries.programmes.visible_to(user)
    return Survey.objects.filter(programme__in=mine).select_related("programme__organisation", "made_by")


def editable_by(user: User | AnonymousUser) -> QuerySet[Survey]:
    """Give the surveys of the programmes that the person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    return Survey.objects.filter(programme__in=mine).select_related("programme__organisation", "made_by")


def of_programme(programme: Programme) -> list[Survey]:
    """Give a programme's surveys, the newest first."""
    return list(Survey.objects.filter(programme=programme).select_related("made_by")[:MOST_SHOWN])


def unsent(programme: Programme, user: User) -> Survey | None:
    """Give the survey that the person prepared and has not sent."""
    return Survey.objects.filter(programme=programme, state=Survey.State.DRAFT, made_by=user).first()


def standing(survey: Survey) -> Standing:
    """Say how a survey stands: steps of five while it is open, results once it is closed, and never too few."""
    if survey.state != Survey.State.CLOSED:
        return Standing(survey, core.told(survey.answers.count()), None)
    found = results(survey)
    return Standing(survey, found.answers if found else 0, found)


def results(survey: Survey) -> core.Results | None:
    """Give what a closed survey shows; nothing while more answers can come, and nothing where there are too few."""
    if survey.state != Survey.State.CLOSED:
        return None
    return core.results([answer.to_core() for answer in survey.answers.all()])


def addresses(survey: Survey, user: User) -> list[str]:
    """Give the addresses that a survey goes to, to its sender alone."""
    if survey.made_by_id != user.pk:
        return []
    return list(survey.recipients.values_list("email", flat=True))


def hash_of(token: str) -> str:
    """Give what is kept of a link's secret. It is long and random, so one plain hash is enough."""
    return hashlib.sha256(f"link {token}".encode()).hexdigest()


def key_of(token: str) -> str:
    """Give the hash under which the answer of a link is stored: it cannot be worked out from the link's own hash."""
    return hashlib.sha256(f"answer {token}".encode()).hexdigest()


def by_token(token: str) -> SurveyRecipient | None:
    """Find whom a link was sent to, while the survey is open."""
    found = SurveyRecipient.objects.filter(answerable(timezone.localdate()), token_hash=hash_of(token))
    return found.select_related("survey__programme__organisation").first()


def answerable(today: date) -> Q:
    """Select what belongs to a survey that takes answers today, whether or not the sweeper has come round."""
    return Q(survey__state=Survey.State.OPEN, survey__closes_on__gte=today)


def answer_of(token: str) -> SurveyAnswer | None:
    """Give what was answered through a link before."""
    return SurveyAnswer.objects.filter(key_hash=key_of(token)).first()


def terms(programme: Programme) -> dict[str, Any]:
    """Say the terms of a programme's tariff in words, as a provider reads them; see tariff_terms."""
    whole = tariff_queries.programmes.to_core(programme)
    names = {milestone.id: milestone.name or milestone.id for milestone in whole.milestones}
    said = tariff_terms.terms(whole.tariff, names)
    return {
        "line": tariff_words.in_one_line(whole.tariff),
        "length": f"{plain(whole.contract_months)} months, people referred in the first {plain(whole.referral_months)}",
        "prices": [
            {
                "who": ", ".join(
                    group.name or group.id for group in whole.groups if group.price_band == line.price_band
                ),
                "what": names[line.milestone],
                "price": pounds(line.price) + (f", up to {line.payments} times" if line.payments > 1 else ""),
            }
            for line in whole.tariff.prices
        ],
        "terms": [{"name": term.name, "value": term.value, "meaning": term.meaning} for term in said if term.is_set],
    }
