"""Registers the app with Django."""

from django.apps import AppConfig


class MarketsConfig(AppConfig):
    name = "markets"
