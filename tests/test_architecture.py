"""The rules of the architecture that no other tool checks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ["commissioning", "tariffs", "markets"]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_VIEW = 25
LONGEST_TASK = 5


def python_files(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions_in(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def length_of(function: ast.FunctionDef) -> int:
    """Lines from `def` to the end, without the docstring: explaining an argument costs nothing."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    explained = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - explained


def too_long(files: list[Path], limit: int) -> list[str]:
    return [
        f"{name_of(path)}: {function.name} has {length_of(function)} lines"
        for path in files
        for function in functions_in(path)
        if length_of(function) > limit
    ]


DOORWAYS = [path for app in APPS for path in python_files(f"{app}/views", f"{app}/management", f"{app}/forms")]
DOORWAYS += [path for app in APPS for path in python_files(app) if path.name == "tasks.py" or "tasks" in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_the_rules_look_at_real_files():
    assert len(python_files(*APPS)) > 30
    assert len(DOORWAYS) > 5


def test_no_file_is_longer_than_300_lines():
    files = python_files(*APPS, "tests")

    long_files = {
        name_of(path): count for path in files if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert long_files == {}


def test_no_function_is_longer_than_40_lines():
    assert too_long(python_files(*APPS), LONGEST_FUNCTION) == []


def test_no_view_is_longer_than_25_lines():
    assert too_long([path for app in APPS for path in python_files(f"{app}/views")], LONGEST_VIEW) == []


def test_no_task_is_longer_than_5_lines():
    tasks = [
        f"{name_of(path)}: {function.name}"
        for path in DOORWAYS
        for function in functions_in(path)
        if any("shared_task" in ast.unparse(decorator) for decorator in function.decorator_list)
        and length_of(function) > LONGEST_TASK
    ]

    assert tasks == []


def test_every_file_opens_with_what_it_is_for():
    silent = [
        name_of(path)
        for path in python_files(*APPS, "tests")
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_doorways_leave_the_database_to_queries_and_services():
    offences = [
        f"{name_of(path)}:{number}"
        for path in DOORWAYS
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\.objects\b|\.save\(", line)
    ]

    assert offences == []


def test_every_public_core_function_explains_itself():
    silent = [
        f"{name_of(path)}: {node.name}"
        for app in APPS
        for path in python_files(f"{app}/core")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


@pytest.mark.promise("S8")
def test_templates_hold_no_script_style_or_handler():
    forbidden = re.compile(
        r"<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=|javascript:|\shx-on|hx-vals\s*=\s*[\"']js:",
        re.IGNORECASE,
    )

    offences = [
        f"{name_of(path)}: {match.group().strip()}"
        for path in TEMPLATES
        for match in forbidden.finditer(path.read_text())
    ]

    assert offences == []


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "common", "managers", "signals", "mixins", "constants", "misc"}

    assert [name_of(path) for path in python_files(*APPS, "tests") if path.stem in drawers] == []
