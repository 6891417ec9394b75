"""The project's root addresses."""

from django.urls import URLPattern, URLResolver, include, path

from commissioning.views import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.live, name="health-live"),
    path("readyz", health.ready, name="health-ready"),
    path("account/", include("allauth.urls")),
]
