"""Reading and sending the pages of a statement."""

from typing import Any

from django.test import Client
from django.urls import reverse

from markets.models import PositionStatement


def url(page: str, statement: PositionStatement, *more: str) -> str:
    return reverse(f"position-statement-{page}", args=[statement.pk, *more])


def read(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def send(client: Client, address: str, **given: Any) -> str:
    return client.post(address, given, follow=True).content.decode()
