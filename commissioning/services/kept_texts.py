"""Keeps what people type until they save it. No audit entry: it changes nothing that anybody else sees."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from commissioning.models import KeptText, User

MOST_BYTES = 300_000
MOST_PAGES = 100
KEPT_FOR = timedelta(days=30)

Fields = Mapping[str, Sequence[str]]


def fits(path: str, fields: Fields) -> bool:
    """Tell whether this much may be kept for one page."""
    return 0 < len(path) <= 500 and len(json.dumps(fields)) <= MOST_BYTES and "\\u0000" not in json.dumps(fields)


@transaction.atomic
def keep(*, path: str, fields: Fields, by: User) -> KeptText | None:
    """Keep what the person typed on a page in place of what was kept before; nothing where it is too much."""
    if not fits(path, fields):
        return None
    kept, _ = KeptText.objects.update_or_create(
        user=by, path=path, defaults={"fields": dict(fields), "kept_at": timezone.now()}
    )
    mine = KeptText.objects.filter(user=by)
    mine.exclude(pk__in=mine.order_by("-kept_at").values("pk")[:MOST_PAGES]).delete()
    return kept


def forget(*, path: str, by: User) -> None:
    """Forget what the person typed on a page, because it is saved or thrown away."""
    KeptText.objects.filter(user=by, path=path).delete()


def forget_old() -> int:
    """Forget what nobody came back for."""
    count, _ = KeptText.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    return count
