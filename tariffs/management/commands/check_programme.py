"""Check a programme file against every rule of good design, without a server or a database."""

import json
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tariffs.core import incentives
from tariffs.core.feasibility import Finding, Inputs, Severity, check, sorted_worst_first, verdict
from tariffs.sources import knowledge, programme_files
from tariffs.sources.knowledge import Knowledge

from .import_programme import read
from .simulate_incentives import draws, seed

WIDTH = 100
HEADINGS = {
    Severity.BLOCK: "Blocks",
    Severity.WARN: "Warnings",
    Severity.UNKNOWN: "Cannot be checked yet",
    Severity.INFO: "To note",
    Severity.PASS: "Passes",
}


class Command(BaseCommand):
    help = "Check the design in a programme file against every rule of good Payment by Results design."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a programme file, or - for standard input")
        parser.add_argument("--known", help="a file of what else is known, from the page of the findings")
        parser.add_argument("--draws", type=draws, default=2048)
        parser.add_argument("--seed", type=seed, default=1)
        parser.add_argument("--no-simulation", action="store_true", help="leave out what only a simulation can tell")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            programme = programme_files.loads(read(options["file"]))
            known = knowledge.loads(read(options["known"])) if options["known"] else Knowledge()
        except programme_files.ProgrammeFileError as error:
            for fault in error.errors:
                self.stderr.write(str(fault))
            sys.exit(1)
        result = None
        if not options["no_simulation"]:
            result = incentives.run(programme, options["draws"], options["seed"])
        inputs = Inputs(known.answers, result, known.gathered(), known.thresholds)
        findings = sorted_worst_first(check(programme, inputs))
        self.stdout.write(_document(findings) if options["json"] else _in_words(programme.name, findings))


def _document(findings: Sequence[Finding]) -> str:
    document = {"findings": [finding.document() for finding in findings], "verdict": verdict(findings)}
    return json.dumps(document, allow_nan=False, ensure_ascii=False)


def _in_words(name: str, findings: Sequence[Finding]) -> str:
    lines = [name, verdict(findings)]
    for severity, heading in HEADINGS.items():
        some = [finding for finding in findings if finding.severity is severity]
        if some:
            lines += ["", heading, "-" * len(heading)]
        for finding in some:
            lines += _paragraph(finding)
    return "\n".join(lines)


def _paragraph(finding: Finding) -> list[str]:
    """Write one finding: what was found, and where something is wrong also why it matters and what would cure it."""
    parts = [finding.found]
    if finding.severity in (Severity.BLOCK, Severity.WARN):
        parts += [f"Why: {finding.rule.reason}", f"Cure: {finding.fix}"]
    if finding.severity is Severity.UNKNOWN:
        parts.append(finding.fix)
    lines = [f"{finding.rule.id:4} {finding.rule.title}"]
    for part in parts:
        lines += textwrap.wrap(part, WIDTH, initial_indent=" " * 5, subsequent_indent=" " * 5)
    return lines
