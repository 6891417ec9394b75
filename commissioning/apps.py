"""Registers the app with Django."""

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    name = "commissioning"
