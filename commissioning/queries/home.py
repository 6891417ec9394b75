"""Reads what the home page shows someone who is signed in: their latest programmes and runs."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import Programme, Run, User

from . import programmes, runs

LINES = 5


def latest_programmes(user: User | AnonymousUser) -> QuerySet[Programme]:
    return programmes.visible_to(user).select_related("organisation").order_by("-created_at", "name")[:LINES]


def latest_runs(user: User | AnonymousUser) -> QuerySet[Run]:
    found = runs.without_results(runs.visible_to(user)).select_related("programme", "created_by")
    return found.order_by("-created_at")[:LINES]
