"""Writes surveys of providers: made ready, sent, reminded of once, closed.

No audit entry, page or log names an address. Addresses are deleted when a survey closes, and answers with them where
there are too few to show.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from markets import queries
from markets.core.survey_answers import LEAST
from markets.models import Survey, SurveyRecipient

MOST_ADDRESSES = 200
MOST_DAYS = 90
TWO_AT_ONCE = "Another survey of this programme is not closed yet"


@transaction.atomic
def prepare(*, programme: Programme, addresses: Collection[str], closes_on: date, by: User) -> Survey:
    """Make a survey ready, or change one that is not sent yet; only who made it may change it."""
    _refuse_strangers(programme, by)
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    wanted = sorted({address.strip().lower() for address in addresses})
    _refuse_unfit(wanted, closes_on)
    survey = Survey.objects.filter(programme=programme).exclude(state=Survey.State.CLOSED).first()
    if survey and (survey.state != Survey.State.DRAFT or survey.made_by_id != by.pk):
        raise ValidationError(TWO_AT_ONCE)
    action = "changed a survey of providers" if survey else "prepared a survey of providers"
    survey = survey or Survey(programme=programme, made_by=by)
    survey.closes_on, survey.asked = closes_on, len(wanted)
    survey.full_clean()
    survey.save()
    _put_recipients(survey, wanted)
    _record(survey, by=by, action=action, asked=survey.asked)
    return survey


def _put_recipients(survey: Survey, addresses: Collection[str]) -> None:
    survey.recipients.all().delete()
    rows = [SurveyRecipient(survey=survey, email=address) for address in addresses]
    for row in rows:
        row.clean_fields()
    SurveyRecipient.objects.bulk_create(rows)


def _refuse_unfit(addresses: Collection[str], closes_on: date) -> None:
    if not 0 < len(addresses) <= MOST_ADDRESSES:
        raise ValidationError({"addresses": f"Enter from 1 to {MOST_ADDRESSES} addresses"})
    today = timezone.localdate()
    if not today < closes_on <= today + timedelta(days=MOST_DAYS):
        raise ValidationError({"closes_on": f"Choose a day from tomorrow to {MOST_DAYS} days from now"})


@transaction.atomic
def send(*, survey: Survey, by: User) -> Survey:
    """Open a survey to everyone it is addressed to, on the terms as they stand now; a second press finds it open."""
    survey = _taken(survey, by)
    if survey.state != Survey.State.DRAFT:
        return survey
    _refuse_unfit(list(survey.recipients.values_list("email", flat=True)), survey.closes_on)
    terms = queries.surveys.terms(survey.programme)
    if not terms["prices"]:
        raise ValidationError("The tariff has no price yet: there are no terms to ask about")
    survey.state, survey.opened_at, survey.terms = Survey.State.OPEN, timezone.now(), terms
    survey.full_clean()
    survey.save()
    survey.recipients.update(is_due=True)
    _record(survey, by=by, action="sent a survey to providers", asked=survey.asked)
    return survey


@transaction.atomic
def remind(*, survey: Survey, by: User) -> bool:
    """Remind everyone who has not answered, once. How many that are is told to nobody."""
    survey = _taken(survey, by)
    if survey.state != Survey.State.OPEN or survey.reminded_at:
        return False
    survey.reminded_at = timezone.now()
    survey.save(update_fields=["reminded_at"])
    survey.recipients.filter(has_answered=False).update(is_due=True)
    _record(survey, by=by, action="reminded providers of a survey")
    return True


@transaction.atomic
def close(*, survey: Survey, by: User | None) -> Survey:
    """Close a survey: its links stop working and its addresses are deleted. Nobody where its day has passed."""
    survey = _taken(survey, by)
    if survey.state != Survey.State.OPEN:
        return survey
    survey.state, survey.closed_at = Survey.State.CLOSED, timezone.now()
    survey.full_clean()
    survey.save()
    survey.recipients.all().delete()
    if survey.answers.count() < LEAST:
        survey.answers.all().delete()
    # All in this one transaction: the database notes with a row which one wrote it, and an answer's wrote an address's.
    survey.answers.update(words=F("words"))
    _record(survey, by=by, action="closed a survey of providers")
    return survey


@transaction.atomic
def discard(*, survey: Survey, by: User | None) -> bool:
    """Throw away a survey that was not sent, with its addresses."""
    survey = _taken(survey, by)
    if survey.state != Survey.State.DRAFT:
        return False
    _record(survey, by=by, action="threw away a survey that was not sent")
    survey.delete()
    return True


def close_due() -> int:
    """Close every survey whose last day has passed, and throw away those that were never sent: the sweeper's chore."""
    past = list(Survey.objects.filter(closes_on__lt=timezone.localdate()).exclude(state=Survey.State.CLOSED))
    for survey in past:
        if survey.state == Survey.State.OPEN:
            close(survey=survey, by=None)
        else:
            discard(survey=survey, by=None)
    return len(past)


def _taken(survey: Survey, by: User | None) -> Survey:
    """Lock a survey, for somebody who may change its programme or for the sweeper."""
    if by is not None:
        _refuse_strangers(survey.programme, by)
    locked = Survey.objects.select_for_update(of=("self",)).select_related("programme__organisation", "made_by")
    found = locked.filter(pk=survey.pk).first()
    if found is None:
        raise ValidationError("Somebody else threw this away meanwhile")
    return found


def _refuse_strangers(programme: Programme, by: User) -> None:
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied


def _record(survey: Survey, *, by: User | None, action: str, **detail: int) -> None:
    said = {"name": str(survey.programme), "closes_on": survey.closes_on, **detail}
    audit.record(by=by, action=action, target=survey, organisation=survey.programme.organisation, detail=said)
