"""What a person does with runs: ask for one, cancel it. Ending one belongs to the workers, and stands here too."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, When
from django.db.models.functions import Now

from commissioning.core.canonical import canonical_json, sha256
from commissioning.models import Programme, Run, RunBlock, User
from commissioning.models.runs import ACTIVE
from commissioning.permissions import Ability, can

from . import audit, works

#: Whoever asked for a run that takes longer than this is told when it is done, asked for or not.
LONG = timedelta(seconds=60)


@transaction.atomic
def queue(*, kind: str, programme: Programme, inputs: Mapping[str, Any], seed: int, draws: int, by: User) -> Run:
    """Ask for a run. Asking twice for the same gives the one run, unless that failed or was cancelled."""
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied("Only an editor of the programme may start a run.")
    work = works.get(kind)
    text = canonical_json(inputs)
    asked = Run(
        kind=kind,
        programme=programme,
        created_by=by,
        inputs_json=text,
        inputs_sha256=sha256(text),
        seed=seed,
        draws=draws,
        engine=work.engine,
    )
    asked.full_clean(exclude=["created_at", "hinted_at"], validate_unique=False, validate_constraints=False)
    run, is_new = _only_one(asked)
    if is_new:
        lengths = work.blocks(inputs, draws)
        if sum(lengths) != draws:
            raise ValueError(f"The blocks of {kind} hold {sum(lengths)} draws where {draws} were asked for.")
        RunBlock.objects.bulk_create(
            RunBlock(run=run, index=place, draws=length) for place, length in enumerate(lengths)
        )
        _record(run, by, "started a run", seed=seed, draws=draws, inputs_sha256=run.inputs_sha256)
    return run


@transaction.atomic
def tell_when_done(*, run: Run, by: User) -> bool:
    """Have an e-mail sent to the person who asked for the run when it ends; not for a run that another asked for."""
    mine = Run.objects.filter(pk=run.pk, created_by=by, state__in=ACTIVE, tell=False)
    changed = bool(mine.update(tell=True))
    if changed:
        _record(run, by, "asked to be told of a run's end")
    return changed


@transaction.atomic
def cancel(*, run: Run, by: User) -> bool:
    """End a run that has not finished. Workers drop the block in hand; what they bring later is thrown away."""
    if not can(by, Ability.EDIT, run.programme.organisation):
        raise PermissionDenied("Only an editor of the programme may cancel a run.")
    ended = _end(run, Run.State.CANCELLED)
    if ended:
        _record(run, by, "cancelled a run")
    return ended


@transaction.atomic
def fail(*, run: Run, message: str) -> bool:
    """End a run that cannot go on, saying why in plain words."""
    ended = _end(run, Run.State.FAILED, message=message)
    if ended:
        _record(run, None, "ended a run that failed")
    return ended


@transaction.atomic
def succeed(*, run: Run, token: str, result: Mapping[str, Any]) -> bool:
    """Write the result, once: only the holder of the merge lease can, and only while the run is running."""
    text = canonical_json(result)
    ended = _end(run, Run.State.SUCCEEDED, token=token, result_json=text, result_sha256=sha256(text))
    if ended:
        _record(run, None, "finished a run", result_sha256=sha256(text))
    return ended


def _only_one(asked: Run) -> tuple[Run, bool]:
    """Store the run, or find the same one: whoever is second waits here until the first is stored."""
    twins = Run.objects.filter(
        programme=asked.programme,
        kind=asked.kind,
        inputs_sha256=asked.inputs_sha256,
        seed=asked.seed,
        draws=asked.draws,
        engine=asked.engine,
    ).exclude(state__in=[Run.State.FAILED, Run.State.CANCELLED])
    while (run := twins.first()) is None:
        Run.objects.bulk_create([asked], ignore_conflicts=True)
    return run, run.pk == asked.pk


def _end(run: Run, state: Run.State, *, token: str | None = None, **outcome: str) -> bool:
    """Move an active run to a final state; whoever comes second changes nothing."""
    active = Run.objects.filter(pk=run.pk, state__in=ACTIVE)
    if token is not None:
        active = active.filter(merge_token=token)
    changed = active.update(
        state=state, finished_at=Now(), tell_due=_tell_due(state), merge_token=None, merge_until=None, **outcome
    )
    if changed:
        RunBlock.objects.filter(run=run).exclude(payload=None).update(payload=None)
        RunBlock.objects.filter(run=run, state=RunBlock.State.CLAIMED).update(
            state=RunBlock.State.WAITING, lease_token=None, lease_until=None
        )
        run.refresh_from_db()
    return bool(changed)


def _tell_due(state: Run.State) -> Case | bool:
    """Owe an e-mail for an end that nobody asked for by hand, where it was wished or the wait was long."""
    if state == Run.State.CANCELLED:
        return False
    return Case(When(Q(tell=True) | Q(created_at__lt=Now() - LONG), then=True), default=False)


def _record(run: Run, by: User | None, action: str, **detail: Any) -> None:
    audit.record(by=by, action=action, target=run, organisation=run.programme.organisation, detail=detail)
