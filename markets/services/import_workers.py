"""What a worker does with an import: stage every row, then take all of it in at once, or nothing."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from django.db import DatabaseError, transaction
from django.db.models.functions import Now

from commissioning.services import audit
from markets.models import Import, ImportFault
from markets.sources import (
    charity_commission,
    companies_house,
    contracts,
    grants,
    northern_irish_register,
    own_lists,
    scottish_register,
)
from markets.sources.archives import Member, SourceError, members
from markets.sources.staged import Extract, Fault, Found, LeftOut, Row
from markets.sources.tables import is_workbook

from . import import_files, import_leases, memory_limits, register_merges, stages, trade_merges
from .import_leases import LostError

#: Bytes that reading may take beside the worker's own. A full-size extract takes a quarter of it.
MOST_MEMORY = 512 * 1024**2
MOST_FAULTS_KEPT = 5_000
#: So many broken rows, and more of them than whole ones, mean that it is another file than it is said to be.
MANY_FAULTS = 100
_EVERY = 1.0
_LOOK = 500
_FAILED = (
    "Something in the file could not be put into the database, so nothing of it went in. "
    "Send your administrator the import's number."
)
GONE = "The file that was handed over cannot be found by the workers. Nothing of it went in. Hand it over again."
TOO_MUCH = "Reading the file takes more memory than an import may have. Nothing of it went in. Cut the file in parts."
_LATER = "What is here already is of a later day ({there}) than this file ({here}). Nothing was changed."

Item: TypeAlias = Row | LeftOut | Fault | Extract

logger = logging.getLogger(__name__)


class Reading:
    """How far the reading of an import is, and what it met."""

    def __init__(self, held: Import) -> None:
        self.held = held
        self.rows, self.fault_count = 0, 0
        self.left_out: Counter[str] = Counter()
        self.faults: list[ImportFault] = []
        self.days: set[str] = set()
        self.told_at = 0.0

    def fault(self, name: str, fault: Fault) -> None:
        """Keep a fault, up to a number of them; all are counted."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS_KEPT:
            self.faults.append(
                ImportFault(of=self.held, file_name=name[-200:], line=fault.line, reason=fault.reason[:300])
            )
        if self.fault_count > max(MANY_FAULTS, self.rows):
            raise SourceError(
                f"More rows are broken than whole ({self.fault_count:,} of {self.fault_count + self.rows:,}), so this "
                f"is not the kind of file that it was said to be. The first: line {self.faults[0].line:,}, "
                f"{self.faults[0].reason}."
            )

    def tell(self, bytes_done: int) -> None:
        """Say how far it is, at most once a second."""
        if time.monotonic() - self.told_at >= _EVERY:
            self.told_at = time.monotonic()
            import_leases.renew(self.held, bytes_done=bytes_done, rows_read=self.rows, fault_count=self.fault_count)


def work() -> bool:
    """Do one import that waits, if any; tell whether there was one."""
    held = import_leases.claim()
    if held is None:
        return False
    run(held=held, paths=import_files.paths(held))
    return True


def run(*, held: Import, paths: list[tuple[Path, str]]) -> None:
    """Bring in an import that is ours: it succeeds, fails with a reason, or was taken from us."""
    reading = Reading(held)
    try:
        with memory_limits.at_most(MOST_MEMORY):
            _stage(reading, paths)
            _take_in(reading)
    except LostError:
        logger.info("Import %s was cancelled, or given to another worker.", held.pk)
    except SourceError as error:
        fail(held=held, message=str(error), faults=reading.faults)
    except MemoryError:
        fail(held=held, message=TOO_MUCH, faults=reading.faults)
    except FileNotFoundError:
        fail(held=held, message=GONE, faults=reading.faults)
    except (DatabaseError, OSError):
        logger.exception("Import %s failed.", held.pk)
        fail(held=held, message=_FAILED, faults=reading.faults)
    finally:
        stages.drop()


def _stage(reading: Reading, paths: list[tuple[Path, str]]) -> None:
    stage = stages.Stage()
    files = [(member, path, name) for path, name in paths for member in members(path, name)]
    total = sum(member.size for member, _, _ in files)
    Import.objects.filter(pk=reading.held.pk).update(bytes_total=total)
    before = 0
    for member, path, name in files:
        place = -1
        for place, (read, found) in enumerate(_found(reading.held, member, path, name)):
            _sort(reading, stage, member.name, found)
            if place % _LOOK == 0:
                reading.tell(min(before + read, total))
        if place < 0:
            raise SourceError(f"{member.name} holds nothing. Nothing was changed.")
        before += member.size
    stage.finish()
    reading.told_at = 0.0
    reading.tell(total)


def _sort(reading: Reading, stage: stages.Stage, name: str, found: Item) -> None:
    if isinstance(found, Row):
        stage.add(found)
        reading.rows += 1
    elif isinstance(found, LeftOut):
        reading.left_out[found.reason] += 1
    elif isinstance(found, Fault):
        reading.fault(name, found)
    else:
        reading.days.add(found.day)


_READERS: dict[str, Callable[..., Found]] = {
    Import.Source.CCEW: charity_commission.read,
    Import.Source.OSCR: scottish_register.read,
    Import.Source.CCNI: northern_irish_register.read,
    Import.Source.COMPANIES: companies_house.read,
    Import.Source.CONTRACTS: contracts.read,
}


def _found(held: Import, member: Member, path: Path, name: str) -> Iterator[tuple[int, Item]]:
    """Give what the source's reader finds, each with how many bytes of the file it took so far."""
    if held.source == Import.Source.OWN_LIST:
        yield from ((0, found) for found in own_lists.read(path, name, held.columns))
    elif held.source == Import.Source.GRANTS and (is_workbook(name) or member.name.lower().endswith(".csv")):
        yield from ((0, found) for found in grants.read_table(path, name))
    elif held.source == Import.Source.GRANTS:
        yield from ((0, found) for found in grants.read(member))
    else:
        with member.open() as file:
            for found in _READERS[held.source](file):
                yield file.raw.given, found  # type: ignore[attr-defined]


def _take_in(reading: Reading) -> None:
    held = reading.held
    extract = min(reading.days) if reading.days else None
    with transaction.atomic():
        import_leases.hold(held)
        _refuse_older(held, extract)
        counts = _merge(held) | dict(reading.left_out)
        ImportFault.objects.filter(of=held).delete()
        ImportFault.objects.bulk_create(reading.faults, batch_size=1_000)
        _end(
            held,
            Import.State.SUCCEEDED,
            counts=counts,
            extract_date=extract,
            rows_read=reading.rows,
            fault_count=reading.fault_count,
        )
        audit.record(
            by=held.created_by,
            action="imported",
            target=held,
            organisation=held.organisation,
            detail={"name": str(held), "files": held.file_names, "sha256": held.sha256, "counts": counts},
        )


def _refuse_older(held: Import, extract: str | None) -> None:
    """Let no older extract overwrite a later one."""
    if extract is None:
        return
    later = Import.objects.filter(source=held.source, state=Import.State.SUCCEEDED, extract_date__gt=extract).first()
    if later is not None:
        raise SourceError(_LATER.format(there=later.extract_date, here=extract))


def _merge(held: Import) -> dict[str, int]:
    owner = held.organisation_id
    if held.source == Import.Source.CONTRACTS:
        return trade_merges.merge_contracts(owner=owner)
    if held.source == Import.Source.GRANTS:
        return trade_merges.merge_grants(owner=owner)
    if held.source == Import.Source.OWN_LIST and owner is not None:
        return trade_merges.merge_list(owner=owner)
    return register_merges.merge(register=held.source)


@transaction.atomic
def fail(*, held: Import, message: str, faults: list[ImportFault] | None = None) -> bool:
    """End an import without taking anything of it in."""
    ended = _end(held, Import.State.FAILED, message=message)
    if ended:
        ImportFault.objects.bulk_create(faults or [], batch_size=1_000)
    return ended


def _end(held: Import, state: Import.State, **outcome: object) -> bool:
    """Move an import that is ours to its final state, and drop its file once that is certain."""
    mine = Import.objects.filter(pk=held.pk, state__in=["draft", "queued", "running"])
    if held.lease_token:
        mine = mine.filter(lease_token=held.lease_token)
    changed = mine.update(state=state, finished_at=Now(), lease_token=None, lease_until=None, **outcome)
    if changed:
        import_files.drop(held)
    return bool(changed)


def sweep() -> int:
    """End the imports that cannot go on, and count those that wait for a worker."""
    spent = Import.objects.filter(import_leases.free(), attempt__gte=import_leases.MOST_ATTEMPTS)
    for held in spent.exclude(files=None):
        fail(held=held, message=import_leases.STOPPED_TOO_OFTEN)
    for held in Import.objects.filter(import_leases.free(), state=Import.State.RUNNING, files=None):
        fail(held=held, message=import_leases.STOPPED)
    old = Import.objects.filter(state=Import.State.DRAFT, created_at__lt=Now() - import_leases.FORGET_DRAFTS_AFTER)
    for held in old:
        _end(held, Import.State.CANCELLED)
    return import_leases.claimable().count()
