"""Registers the app with Django."""

from django.apps import AppConfig


class TariffsConfig(AppConfig):
    name = "tariffs"
