"""The door for web servers. In production it stays shut while `check --deploy` has anything to say."""

import os

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")

application = get_wsgi_application()

if not settings.DEMO:
    complaints = run_checks(tags=[Tags.security], include_deployment_checks=True)
    if complaints:
        raise ImproperlyConfigured("\n".join(str(complaint) for complaint in complaints))
