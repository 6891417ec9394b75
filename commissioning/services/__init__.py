"""All writes: one function for each thing a person does."""

from . import (
    audit,
    demonstrations,
    drafts,
    invitations,
    kept_texts,
    memberships,
    organisations,
    pathways,
    people,
    run_blocks,
    run_merges,
    run_notices,
    run_sweeps,
    run_workers,
    runs,
    works,
)

__all__ = [
    "audit",
    "demonstrations",
    "drafts",
    "invitations",
    "kept_texts",
    "memberships",
    "organisations",
    "pathways",
    "people",
    "run_blocks",
    "run_merges",
    "run_notices",
    "run_sweeps",
    "run_workers",
    "runs",
    "works",
]
