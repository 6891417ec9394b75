"""What is bought and by whom; also the project's plumbing."""

from .celery import app as celery_app

__all__ = ["celery_app"]
