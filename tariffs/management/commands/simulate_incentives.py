"""Simulate what a programme file's tariff makes providers do, without a server or a database."""

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tariffs.core import incentives
from tariffs.sources import programme_files

from .import_programme import read

MOST_DRAWS = 1_000_000


def draws(text: str) -> int:
    """Read a number of draws."""
    value = int(text)
    if not 1 <= value <= MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"must be from 1 to {MOST_DRAWS:,}")
    return value


def seed(text: str) -> int:
    """Read a seed."""
    value = int(text)
    if not 0 <= value < 2**63:
        raise argparse.ArgumentTypeError("must be a whole number from 0 to 2^63 - 1")
    return value


class Command(BaseCommand):
    help = "Simulate what the tariff of a programme file makes providers do."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a programme file, or - for standard input")
        parser.add_argument("--draws", type=draws, default=10_000)
        parser.add_argument("--seed", type=seed, default=1)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            programme = programme_files.loads(read(options["file"]))
        except programme_files.ProgrammeFileError as error:
            for fault in error.errors:
                self.stderr.write(str(fault))
            sys.exit(1)
        result = incentives.run(programme, options["draws"], options["seed"])
        result = {"inputs_sha256": programme_files.inputs_sha256(programme), **result}
        text = json.dumps(result, allow_nan=False) if options["json"] else _in_words(programme.name, result)
        self.stdout.write(text)


def _in_words(name: str, result: dict[str, Any]) -> str:
    lines = [
        name,
        "",
        f"{'provider':12} {'group':12} {'support':>9} {'income':>9} {'final':>7} {'unhelped':>8} {'parked':>7}",
    ]
    for row in result["decisions"]:
        lines.append(
            f"{row['provider']:12} {row['group']:12} {row['support']:9,.0f} {row['income']:9,.0f} "
            f"{row['final']:7.1%} {row['baseline_final']:8.1%} {row['parked_share']:7.0%}"
        )
    for row in result["providers"]:
        lines += [
            "",
            f"{row['provider']}: chance of a loss {row['loss_probability']:.1%}, "
            f"of failure {row['failure_probability']:.1%}",
        ]
        for key in ("margin", "trough", "payments"):
            lines.append(
                f"  {key:9} 5% {row[key]['p5']:14,.0f}  50% {row[key]['p50']:14,.0f}  95% {row[key]['p95']:14,.0f}"
            )
    spend = result["commissioner"]["spend"]
    lines += ["", f"Commissioner's spend: 5% {spend['p5']:,.0f}  50% {spend['p50']:,.0f}  95% {spend['p95']:,.0f}"]
    return "\n".join(lines)
