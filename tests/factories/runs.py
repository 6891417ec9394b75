"""Runs of a small real computation, pi by throwing darts, whose blocks can be slow or fatal on demand."""

import json
import os
import signal
import time
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from commissioning.models import Membership, Organisation, Programme, Role, Run, User
from commissioning.services import runs, works

KIND = "pi"
BLOCK = 100


class DartWork:
    """Throws darts at a square and counts those inside the circle."""

    engine = "darts-1"

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        return [min(BLOCK, draws - first) for first in range(0, draws, BLOCK)]

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        time.sleep(inputs.get("seconds", 0))
        if index in inputs.get("errors", []):
            raise ArithmeticError("this block cannot be computed")
        if index in inputs.get("kills_its_worker", []):
            os.kill(os.getpid(), signal.SIGKILL)
        while index in inputs.get("never_ends", []):
            time.sleep(0.1)
        darts = np.random.default_rng([seed, index]).random((2, self.blocks(inputs, draws)[index]))
        inside = int(((darts**2).sum(axis=0) < 1).sum())
        return json.dumps([darts.shape[1], inside]).encode()

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        thrown, inside = np.sum([json.loads(payload) for payload in payloads], axis=0).tolist()
        return {"pi": 4 * inside / thrown, "thrown": thrown}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        time.sleep(inputs.get("merge_seconds", 0))
        if inputs.get("merge_error"):
            raise ArithmeticError("this merge cannot be made")
        rows = [json.loads(payload) for payload in payloads]
        # The order of the blocks is part of the result, so that a merge out of order would show.
        return {"pi": 4 * sum(inside for _, inside in rows) / draws, "inside": [inside for _, inside in rows]}


def editor(organisation: Organisation | None = None, email: str = "amina@example.org", role: str = Role.EDITOR) -> User:
    organisation = organisation or Organisation.objects.create(name="Anytown Council", kind="authority")
    person, _ = User.objects.get_or_create(email=email, defaults={"name": email.split("@")[0].title()})
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return person


def programme(by: User | None = None, **given: Any) -> Programme:
    by = by or editor()
    least = {"name": "Back to work", "referral_months": 12, "contract_months": 24}
    return Programme.objects.create(organisation=by.organisations.get(), created_by=by, **{**least, **given})


def queued(on: Programme | None = None, *, draws: int = 350, seed: int = 1, **inputs: Any) -> Run:
    on = on or programme()
    return runs.queue(kind=KIND, programme=on, inputs=inputs, seed=seed, draws=draws, by=on.created_by)
