"""The workers of the fault tests: the product's own, taught to throw darts as well."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
django.setup()

from commissioning.celery import app  # noqa: E402
from commissioning.services import works  # noqa: E402
from tests.factories import runs  # noqa: E402

works.register(kind=runs.KIND, work=runs.DartWork())

__all__ = ["app"]
