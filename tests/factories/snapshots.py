"""A whole draft with permanent ids, without a database."""

from uuid import uuid4

from tariffs.core.consultation_targets import Kind, Target, sections
from tariffs.core.snapshots import Identities, LineIds, Snapshot, TariffIds
from tariffs.sources import programme_documents
from tests.factories.tariffs import small_document

WHOLE = uuid4()


def snapshot() -> Snapshot:
    """A draft with an id for each part."""
    whole = programme_documents.read(small_document())
    groups, milestones, evidence, providers = (
        tuple(uuid4() for _ in rows) for rows in (whole.groups, whole.milestones, whole.evidence, whole.providers)
    )
    lines = tuple(LineIds(uuid4()) for _ in whole.tariff.prices)
    tariffs = (TariffIds(uuid4(), "2026-01-01T00:00:00+00:00", lines),)
    return Snapshot(whole, (), Identities(groups, milestones, evidence, providers, tariffs))


def found(draft: Snapshot, kind: Kind) -> tuple[Target, ...]:
    return next((section.targets for section in sections(draft, WHOLE) if section.kind is kind), ())
