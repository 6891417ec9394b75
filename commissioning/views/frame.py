"""What the frame of every page needs to know."""

from django.conf import settings
from django.http import HttpRequest


def everywhere(request: HttpRequest) -> dict[str, object]:
    """Context processor: say whether this copy is a demonstration."""
    return {"demonstration": settings.DEMO}
