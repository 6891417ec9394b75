"""Published market position statements: for anyone."""

from collections.abc import Mapping
from typing import Any

from markets import queries
from markets.models import EditionFollower, PositionStatement, PublishedEdition
from tests.factories import editions
from tests.permission_world import ANYONE, Row, World


def of_nothing(_world: World) -> Mapping[str, Any]:
    return {}


def of_slug(world: World) -> Mapping[str, Any]:
    if not PublishedEdition.objects.filter(slug="jobs").exists():
        made = editions.statement(world.cast.authority, world.cast.amina)
        editions.published(made, by=world.cast.amina, approver=world.cast.bob)
    return {"slug": "jobs"}


def of_edition(world: World) -> Mapping[str, Any]:
    return {**of_slug(world), "number": 1}


def of_figure(world: World) -> Mapping[str, Any]:
    return {**of_edition(world), "key": "diversity"}


def of_notice(world: World) -> Mapping[str, Any]:
    if not PublishedEdition.objects.filter(slug="planned").exists():
        made = editions.statement(world.cast.authority, world.cast.amina)
        given = {"slug": "planned", "procurement": {"reference": "NW-1"}}
        editions.published(made, by=world.cast.amina, approver=world.cast.bob, **given)
    return {"slug": "planned", "number": 1, "kind": "uk3"}


def of_follower(world: World) -> Mapping[str, Any]:
    of_slug(world)
    made = PositionStatement.objects.get(editions__slug="jobs", editions__number=1)
    follower, _ = EditionFollower.objects.get_or_create(statement=made, email="reader@example.org")
    return {"token": queries.followers.token(follower)}


ROWS = [
    Row("edition-follow", "GET", ANYONE, of_slug),
    Row("edition-follow", "POST", ANYONE, of_slug),
    *(Row(name, "GET", ANYONE, of_follower) for name in ("follower-confirm", "follower-stop")),
    # A form without the seal of its page is refused, as the tests of these pages show too.
    *(Row(name, "POST", ANYONE, of_follower, answers=(403,)) for name in ("follower-confirm", "follower-stop")),
    *(Row(name, "GET", ANYONE, of_nothing) for name in ("statement-directory", "statement-feed", "statement-dates")),
    Row("edition-checker", "GET", ANYONE, of_nothing),
    *(Row(name, "GET", ANYONE, of_slug) for name in ("statement-public", "edition-feed", "edition-dates")),
    Row("edition-changes", "GET", ANYONE, of_slug),
    *(Row(name, "GET", ANYONE, of_edition) for name in ("edition-detail", "edition-text", "edition-release")),
    Row("edition-pdf", "GET", ANYONE, of_edition, answers=(200, 503)),
    Row("edition-notice", "GET", ANYONE, of_notice),
    Row("edition-chart", "GET", ANYONE, of_figure),
    Row("edition-figures", "GET", ANYONE, of_figure),
]
