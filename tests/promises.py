"""The pytest plugin behind `make promises`: which promise of the assurance list is tested by which tests.

A promise with a test is not yet a promise kept: most name a figure, such as 200 instants or 10,000 requests, that the
tests of every change reach in part only. So the list says "tested by", never "proven".
"""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

PROMISES: dict[str, str] = tomllib.loads((Path(__file__).parent / "promises.toml").read_text())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promises", action="store_true", help="List the promises and the tests of each.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    unknown = {name for item in items for name in _promised_by(item)} - PROMISES.keys()
    if unknown:
        raise pytest.UsageError(f"Not in tests/promises.toml: {', '.join(sorted(unknown))}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("--promises"):
        return
    proofs: dict[str, dict[str, None]] = defaultdict(dict)
    for item in config.pluginmanager.get_plugin("promise-collector").items:  # type: ignore[union-attr]
        for name in _promised_by(item):
            proofs[name][item.nodeid.split("[")[0]] = None
    for name, text in PROMISES.items():
        tests = proofs.get(name, {})
        terminalreporter.write_line(f"{name:4} {text}: {'tested by' if tests else 'NO TEST YET'}")
        for test in tests:
            terminalreporter.write_line(f"       {test}")
    terminalreporter.write_line(f"{len(proofs)} of {len(PROMISES)} promises have at least one test.")


class Collector:
    """Keeps the tests that were collected until the summary is written."""

    items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = list(session.items)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Collector(), "promise-collector")


def _promised_by(item: pytest.Item) -> list[str]:
    return [name for mark in item.iter_markers("promise") for name in mark.args]
