"""Programmes with their tariffs, kept through the product's own service."""

import json
from pathlib import Path
from typing import Any

from commissioning.models import Membership, Organisation, Programme, User
from tariffs.services import programmes as service
from tariffs.sources import programme_files

EXAMPLE = (Path(programme_files.__file__).parents[1] / "examples" / "work-programme.json").read_bytes()


def small_document() -> dict[str, Any]:
    """Write a programme with two groups, two bands, three milestones and something of everything."""
    return {
        "format": "pbr-programme/1",
        "name": "Back to work",
        "referral_months": 12,
        "contract_months": 24,
        "groups": [
            {"id": "a", "name": "Near", "price_band": "A", "referrals_per_month": 20, "social_value": 5000},
            {"id": "b", "name": "Far", "price_band": "B", "referrals_per_month": 10, "social_value": 9000},
        ],
        "milestones": [
            {"id": "start", "name": "Start"},
            {"id": "job", "name": "Job", "after": "start", "delay_months": 6, "final": True},
            {"id": "stay", "name": "Stay", "after": "job", "delay_months": 1, "repeats": 3},
        ],
        "evidence": [
            {"group": "a", "milestone": "job", "baseline": 0.2, "responsiveness": 0.3, "quality": "strong"},
            {"group": "b", "milestone": "job", "baseline": 0.1, "observed": {"spending": 500, "rate": 0.12}},
        ],
        "tariff": {
            "version": "First draft",
            "prices": [
                {"price_band": "A", "milestone": "job", "price": 1000, "source": "Board paper 7", "quality": "weak"},
                {"price_band": "B", "milestone": "job", "price": 2000.5},
            ],
        },
        "providers": [{"id": "one", "share": 1, "reserves": 50000}],
    }


def organisation(name: str = "Anytown Council", kind: str = "authority") -> Organisation:
    return Organisation.objects.create(name=name, kind=kind)


def member(organisation: Organisation, role: str = "editor", name: str = "amina") -> User:
    person, _ = User.objects.get_or_create(email=f"{name}@example.org", defaults={"name": name.title()})
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return person


def imported(document: Any = None, **given: Any) -> Programme:
    """Import a programme for an authority with one editor, unless others are given."""
    body = given.pop("organisation", None) or organisation()
    by = given.pop("by", None) or member(body)
    text = document if isinstance(document, bytes) else json.dumps(document or small_document())
    return service.import_file(organisation=body, text=text, by=by, **given)
