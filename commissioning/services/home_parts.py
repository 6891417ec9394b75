"""What apps above this one show on the home page: each brings its part when the project starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser

from commissioning.models import User


@dataclass(frozen=True)
class HomePart:
    """One part of the home page: the template that shows it, and what that is told."""

    template: str
    told: Mapping[str, Any] = field(default_factory=dict)


Find = Callable[[User | AnonymousUser], HomePart | None]
_parts: list[Find] = []


def register(find: Find) -> None:
    """Have a part on the home page; an app calls this in its AppConfig.ready."""
    _parts.append(find)


def shown(user: User | AnonymousUser) -> list[HomePart]:
    """Give the parts that have something for this reader."""
    return [part for find in _parts if (part := find(user))]
