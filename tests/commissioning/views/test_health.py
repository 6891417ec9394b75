"""Whoever watches the server learns whether it lives and whether it can work, and nothing else."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_living_needs_no_database(client: Client):
    assert client.get("/healthz").content == b"alive\n"


@pytest.mark.django_db
def test_ready_means_that_the_database_answers(client: Client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_without_the_database_it_says_so_and_fails(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "is_usable", lambda: False)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"no database\n")


@pytest.mark.django_db
def test_a_database_that_cannot_be_reached_is_no_server_error(client: Client, monkeypatch: pytest.MonkeyPatch):
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", away)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"no database\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client: Client, path: str):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_the_answer_comes_without_https_from_inside(client: Client, settings: Any, path: str):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(path).status_code == 200
