"""Mail that no request asked for names the address where people reach this copy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = "import django; django.setup(); from django.conf import settings; print(settings.PUBLIC_ADDRESS)"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"PBR_DEMO": "1"}, "http://localhost:8000"),
        ({"PBR_DEMO": "1", "PORT": "8001"}, "http://localhost:8001"),
        ({"ALLOWED_HOSTS": "pbr.council.example,localhost"}, "https://pbr.council.example"),
        ({"ALLOWED_HOSTS": "web", "PUBLIC_ADDRESS": "https://pbr.example/"}, "https://pbr.example"),
    ],
)
def test_the_address_in_mail_follows_from_what_a_server_is_told(given: dict[str, str], address: str) -> None:
    environment = {"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "commissioning.settings", **given}

    told = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=60
    )

    assert told.stdout.strip() == address
