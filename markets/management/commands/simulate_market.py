"""Compare the designs of a programme file on a register of providers, without a server or a database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commissioning.core.figures import plain
from markets.core import diversity
from markets.core.diversity.comparisons import market_of
from markets.core.made_up_registers import made_up
from markets.core.parameters import PARAMETERS
from markets.core.registers import Provider, Register
from markets.sources import designs, registers
from tariffs.management.commands.import_programme import read
from tariffs.management.commands.simulate_incentives import seed
from tariffs.sources import programme_files

#: Draws of all designs together: every figure of each is kept, some 40 MB for ten thousand.
MOST_DRAWS = 100_000
ROWS = {
    "able": "providers able to bid",
    "bidders_per_lot": "bidders per lot",
    "unlet_lots": "lots unlet",
    "effective_providers.order_1": "effective number of providers",
    "hhi": "HHI (0 to 10,000)",
    "voluntary_sector_share": "voluntary sector's share, %",
    "providers_left": "providers left",
    "small_providers_left": "small providers left",
    "closures_to_date": "closures to date",
    "people_whose_provider_closed_to_date": "people whose provider closed",
}

#: Figures of which tenths say something.
TENTHS = ("bidders_per_lot", "effective_providers.order_1")


def draws(text: str) -> int:
    """Read a number of draws."""
    value = int(text)
    if not 1 <= value <= MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"must be from 1 to {MOST_DRAWS:,}")
    return value


class Command(BaseCommand):
    help = "Simulate how letting a contract by each design of a programme file changes the market."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a programme file, or - for standard input")
        parser.add_argument("--providers", help="a register, as JSON Lines or CSV; without it one is made up")
        parser.add_argument("--draws", type=draws, default=1000)
        parser.add_argument("--seed", type=seed, default=1)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            programme = programme_files.loads(read(options["file"]))
            compared = designs.designs_of(programme)
            providers = load(options["providers"]) if options["providers"] is not None else None
        except (programme_files.ProgrammeFileError, registers.RegisterError) as error:
            for fault in error.errors:
                self.stderr.write(str(fault))
            sys.exit(1)
        if options["draws"] * len(compared) > MOST_DRAWS:
            most = MOST_DRAWS // len(compared)
            raise CommandError(f"{len(compared)} designs can be drawn at most {most:,} times", returncode=2)
        rows = invented(compared, options["seed"]) if providers is None else providers
        register = Register.of(rows, options["seed"])
        ran = diversity.run(compared, register, options["draws"], options["seed"])
        result = diversity.document(ran, register, options["seed"], options["draws"], providers is None)
        result = {"inputs_sha256": programme_files.inputs_sha256(programme), **result}
        result["sentences"] = diversity.headline(result)
        text = json.dumps(result, allow_nan=False) if options["json"] else in_words(programme.name, result)
        self.stdout.write(text)


def load(name: str) -> tuple[Provider, ...]:
    """Read a register from its file."""
    try:
        with Path(name).open("rb") as file:
            return registers.load(file)
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}", returncode=2) from error


def invented(compared: tuple[diversity.Design, ...], number: int) -> tuple[Provider, ...]:
    """Make up a register for everything that any design asks for."""
    markets = [market_of(design.programme) for design in compared]
    groups = dict.fromkeys(group for market in markets for group in market.groups)
    areas = dict.fromkeys(area for market in markets for area in market.areas)
    start = compared[0].programme.start
    year = int(start[:4]) if start else PARAMETERS.made_up_year
    return made_up(tuple(groups), tuple(areas), year, np.random.default_rng([number, year]))


def in_words(name: str, result: dict[str, Any]) -> str:
    """Write the comparison for a reader: the sentence first, then each design's last round."""
    register = result["register"]
    kind = "a made-up register of" if register["made_up"] else "a register of"
    lines = [
        *result["sentences"],
        "",
        f"{name}: {result['draws']:,} futures, {kind} {register['providers']:,} providers, "
        f"{register['unknown_reserves']:,} of them with unknown free reserves.",
    ]
    if register["made_up"]:
        lines.append("The register is made up from published distributions: its providers do not exist.")
    last = {row["design"]: row for row in result["rounds"]}
    for design in result["designs"]:
        lines += ["", *_design(design["name"] or design["id"], last[design["id"]])]
    titles = {design["id"]: design["name"] or design["id"] for design in result["designs"]}
    lines += ["", "What drives it, one changed term at a time:"] if result["drivers"] else []
    lines += [f"  {titles[row['design']]}: {_driver(row)}" for row in result["drivers"]]
    return "\n".join(lines[1:] if len(result["designs"]) == 1 else lines)


def _design(title: str, row: dict[str, Any]) -> list[str]:
    lines = [f"{title}, round {row['round']}", f"  {'':32} {'5%':>12} {'50%':>12} {'95%':>12}"]
    for name, words in ROWS.items():
        main, _, part = name.partition(".")
        found = row["figures"][main][part] if part else row["figures"][main]
        factor, places = 100 if words.endswith("%") else 1, int(name in TENTHS)
        cells = [plain(None if found is None else factor * found[key], places) for key in ("p5", "p50", "p95")]
        lines.append(f"  {words:32} " + " ".join(f"{cell:>12}" for cell in cells))
    excluded = {reason: told for reason, told in row["figures"]["excluded"].items() if told["p50"] > 0}
    told = ", ".join(f"{reason} {figure['p50']:,.0f}" for reason, figure in excluded.items())
    return [*lines, f"  excluded (middle figure): {told or 'nobody'}"]


def _driver(row: dict[str, Any]) -> str:
    mean = round(row["figures"]["small_providers_left"]["mean"], 1)
    value, reference = json.dumps(row["value"]), json.dumps(row["reference_value"])
    changed = f"{row['term']} at {value} instead of {'nothing' if reference == 'null' else reference}"
    effect = f"{abs(mean):,.1f} {'more' if mean > 0 else 'fewer'} small providers on average"
    return f"{changed} keeps {effect if mean else 'about as many small providers'}."
