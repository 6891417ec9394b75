"""Writes what providers answer through their links.

An answer leaves no audit entry, because its hour could betray whose it is.
"""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from markets import queries
from markets.core.survey_answers import CONTRACT, Answer
from markets.models import Survey, SurveyAnswer, SurveyRecipient


@transaction.atomic
def give(*, token: str, answer: Answer) -> bool:
    """Store a provider's answer, or change it, through its link; false where the link does not work any more."""
    recipient = queries.surveys.by_token(token)
    if recipient is None:
        return False
    if not _is_still_open(recipient, token):
        return False
    _refuse_impossible(answer)
    key = queries.surveys.key_of(token)
    row = SurveyAnswer.objects.filter(key_hash=key).first() or SurveyAnswer(survey=recipient.survey, key_hash=key)
    for name, value in asdict(answer).items():
        setattr(row, name, list(value) if name == "needs" else value)
    row.full_clean()
    row.save()
    SurveyRecipient.objects.filter(pk=recipient.pk).update(has_answered=True, is_due=False)
    return True


def _is_still_open(recipient: SurveyRecipient, token: str) -> bool:
    """Take the survey's turn, against a closing, a reminder or a second press at the same moment, and look again."""
    Survey.objects.select_for_update().filter(pk=recipient.survey_id).first()
    found = queries.surveys.by_token(token)
    return found is not None


def _refuse_impossible(answer: Answer) -> None:
    if "\0" in answer.words:
        raise ValidationError({"words": "This text cannot be kept"})
    order = list(CONTRACT)
    if (
        answer.smallest in order
        and answer.largest in order
        and order.index(answer.largest) < order.index(answer.smallest)
    ):
        raise ValidationError({"largest": "The largest contract cannot be smaller than the smallest"})
