"""The project's root addresses."""

from django.urls import URLPattern, URLResolver, include, path

from commissioning.views import health, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.live, name="health-live"),
    path("readyz", health.ready, name="health-ready"),
    path("", public.home, name="home"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("cookies/", public.cookies, name="cookies"),
    path("how-figures-are-made/", public.figures, name="figures"),
    path("account/", include("allauth.urls")),
]
