"""Reads consultations: who runs them, who may read and comment, and whether they are open by the database's clock."""

from datetime import datetime
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Now

from commissioning import queries as commissioning_queries
from commissioning.models import Organisation, Programme, User
from commissioning.permissions import Ability
from tariffs.core.consultation_targets import Kind, Section, Target, sections
from tariffs.models import Comment, Consultation, ConsultedProvider

from . import snapshots

SCHEDULED, OPEN, CLOSED = "scheduled", "open", "closed"
ON_HOME = 5
Reader = User | AnonymousUser


def now() -> datetime:
    """Give the moment by the database's clock, which decides what is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast(datetime, cursor.fetchone()[0])


def _all() -> QuerySet[Consultation]:
    """Give all consultations, each with its state by the database's clock."""
    state = Case(
        When(opens_at__gt=Now(), then=Value(SCHEDULED)),
        When(closes_at__gt=Now(), then=Value(OPEN)),
        default=Value(CLOSED),
        output_field=CharField(),
    )
    found = Consultation.objects.select_related("version__programme__organisation", "next_version")
    return found.annotate(state=state)


def visible_to(user: Reader) -> QuerySet[Consultation]:
    """Give the consultations of the programmes that the person may read, for the authority's own pages."""
    return _all().filter(version__programme__in=commissioning_queries.programmes.visible_to(user))


def editable_by(user: Reader) -> QuerySet[Consultation]:
    """Give the consultations of the programmes that the person may change."""
    return _all().filter(version__programme__in=commissioning_queries.programmes.editable_by(user))


def approvable_by(user: Reader) -> QuerySet[Consultation]:
    """Give the consultations whose report the person may publish."""
    mine = commissioning_queries.organisations.where(user, Ability.APPROVE)
    return _all().filter(version__programme__organisation__in=mine)


def of_programme(programme: Programme) -> QuerySet[Consultation]:
    """Give the consultations of a programme, newest first."""
    return _all().filter(version__programme=programme)


def readable_by(user: Reader) -> QuerySet[Consultation]:
    """Give what a person may read as those who are asked do; those who ask may do so before it opens."""
    own = Q(version__programme__in=commissioning_queries.programmes.visible_to(user))
    return _all().filter(_put_to(user) | own)


def _put_to(user: Reader) -> Q:
    """Say of a consultation that it has opened, and is public or names an organisation of the reader."""
    return _opened_to(user, Ability.VIEW) | Q(opens_at__lte=Now(), audience="public")


def commentable_by(user: Reader) -> QuerySet[Consultation]:
    """Give what a person may comment on for a provider; whether it is still open is asked when a comment is stored."""
    is_voice = providers_of(user, Ability.COMMENT).exists()
    public = Q(opens_at__lte=Now(), audience="public") if is_voice else Q(pk=None)
    return _all().filter(_opened_to(user, Ability.COMMENT) | public)


def _opened_to(user: Reader, ability: Ability) -> Q:
    mine = ConsultedProvider.objects.filter(
        consultation=OuterRef("pk"), organisation__in=providers_of(user, ability).values("pk")
    )
    return Q(Exists(mine), opens_at__lte=Now(), audience="named")


def providers_of(user: Reader, ability: Ability) -> QuerySet[Organisation]:
    """Give the providers in which a person has the ability."""
    return commissioning_queries.organisations.where(user, ability).filter(kind=Organisation.Kind.PROVIDER)


def voices(consultation: Consultation, user: Reader) -> QuerySet[Organisation]:
    """Give the providers for which the person may comment in a consultation."""
    mine = providers_of(user, Ability.COMMENT)
    if consultation.audience == Consultation.Audience.PUBLIC:
        return mine
    return mine.filter(pk__in=consultation.consulted.values("organisation"))


def houses(consultation: Consultation, user: Reader) -> QuerySet[Organisation]:
    """Give the providers whose comments in a consultation the person may read."""
    return providers_of(user, Ability.VIEW)


def open_to(user: Reader) -> QuerySet[Consultation]:
    """Give the open consultations that are put to a person, the first to close first; not those that they run."""
    own = commissioning_queries.programmes.visible_to(user).values("pk")
    found = _all().filter(_put_to(user), closes_at__gt=Now()).exclude(version__programme__in=own)
    return found.order_by("closes_at", "id")


def behind(user: Reader) -> QuerySet[Consultation]:
    """Give the closed consultations in which a provider of the reader was asked or said something, newest first."""
    spoke = Comment.objects.filter(
        consultation=OuterRef("pk"), organisation__in=providers_of(user, Ability.VIEW).values("pk")
    )
    mine = _opened_to(user, Ability.VIEW) | Q(Exists(spoke))
    return _all().filter(mine, closes_at__lte=Now()).order_by("-closes_at", "id")


def targets(consultation: Consultation) -> tuple[Section, ...]:
    """Give everything that comments can be about: the consultation's questions first, then the draft line by line."""
    asked = tuple(
        Target(question.pk, Kind.QUESTION, question.text) for question in consultation.questions.order_by("place")
    )
    lines = sections(snapshots.of_version(consultation.version), consultation.version_id)
    return (Section(Kind.QUESTION, "Questions", asked), *lines) if asked else lines


def invitable(consultation: Consultation, words: str) -> QuerySet[Organisation]:
    """Give the providers with an account here that are not named yet and whose name contains the words."""
    found = Organisation.objects.filter(kind=Organisation.Kind.PROVIDER, name__icontains=words)
    return found.exclude(pk__in=consultation.consulted.values("organisation")).order_by("name", "id")


def named(consultation: Consultation) -> QuerySet[ConsultedProvider]:
    """Give the providers that a consultation names."""
    return consultation.consulted.select_related("organisation").order_by("organisation__name", "id")


def unopened() -> Q:
    """Say of a consultation that it has not opened."""
    return Q(opens_at__gt=Now())


def unclosed() -> Q:
    """Say of a consultation that it has not closed."""
    return Q(closes_at__gt=Now()) & Q(closes_at__gt=F("opens_at"))


def running(user: Reader) -> list[Consultation]:
    """Give the open consultations of the reader's own authority, the first to close first; at most five."""
    return list(visible_to(user).filter(unclosed(), opens_at__lte=Now()).order_by("closes_at", "id")[:ON_HOME])


def owing(user: Reader) -> list[Consultation]:
    """Give the closed consultations that the reader may change and that owe answers, with how many."""
    missing = Q(comments__is_withdrawn=False) & ~Q(comments__answered__answer__released_at__isnull=False)
    found = editable_by(user).filter(closes_at__lte=Now()).annotate(owed=Count("comments", filter=missing))
    return list(found.filter(owed__gt=0).order_by("closes_at", "id")[:ON_HOME])


def latest_state() -> Subquery:
    """Give the state of a programme's newest consultation, and its closing, for a programme's page."""
    newest = _all().filter(version__programme=OuterRef("pk")).order_by("-opens_at", "id")
    return Subquery(newest.values("state")[:1])  # type: ignore[misc]
