"""Surveys of providers in each state, the secrets of their links, and answers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from commissioning.models import Programme, User
from markets import queries
from markets.core.survey_answers import Answer
from markets.models import Survey, SurveyRecipient
from markets.services import survey_answers, surveys

ADDRESSES = tuple(f"provider{number}@charity.example" for number in range(6))
USUAL: dict[str, Any] = {
    "would_bid": "maybe",
    "needs": ["earlier", "smaller"],
    "words": "",
    "appetite": "band-2",
    "wait": "3",
    "smallest": "100k",
    "largest": "500k",
    "size": "medium",
}


def prepared(programme: Programme, *, by: User, addresses: Sequence[str] = ADDRESSES) -> Survey:
    """Prepare a survey that closes in a week."""
    closes_on = timezone.localdate() + timedelta(days=7)
    return surveys.prepare(programme=programme, addresses=addresses, closes_on=closes_on, by=by)


def opened(programme: Programme, *, by: User, addresses: Sequence[str] = ADDRESSES) -> Survey:
    """Open one; its letters are owed and not sent."""
    return surveys.send(survey=prepared(programme, by=by, addresses=addresses), by=by)


def link_of(survey: Survey, email: str = ADDRESSES[0]) -> str:
    """Make the secret of somebody's link, as a letter does."""
    token = f"secret-of-{email}"
    SurveyRecipient.objects.filter(survey=survey, email=email).update(
        token_hash=queries.surveys.hash_of(token), is_due=False
    )
    return token


def answer(**given: Any) -> Answer:
    """Write an answer."""
    whole = {**USUAL, **given}
    return Answer(**{**whole, "needs": tuple(whole["needs"])})


def answered(survey: Survey, count: int = 5, **given: Any) -> list[str]:
    """Have the first providers answer alike; give the secrets of their links."""
    tokens = [link_of(survey, email) for email in ADDRESSES[:count]]
    for token in tokens:
        assert survey_answers.give(token=token, answer=answer(**given))
    return tokens


def closed(programme: Programme, *, by: User, count: int = 5) -> Survey:
    """Close one with so many answers."""
    survey = opened(programme, by=by)
    answered(survey, count)
    return surveys.close(survey=survey, by=by)
