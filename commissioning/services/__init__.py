"""All writes: one function for each thing a person does."""

from . import (
    audit,
    demonstrations,
    invitations,
    memberships,
    organisations,
    pathways,
    people,
    run_blocks,
    run_merges,
    run_sweeps,
    run_workers,
    runs,
    works,
)

__all__ = [
    "audit",
    "demonstrations",
    "invitations",
    "memberships",
    "organisations",
    "pathways",
    "people",
    "run_blocks",
    "run_merges",
    "run_sweeps",
    "run_workers",
    "runs",
    "works",
]
