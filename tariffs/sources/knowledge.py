"""The file of what is known beside a draft: answers of the case, facts, and an authority's own thresholds, as JSON.

{"answers": {"control": "yes"},
 "facts": [{"question": "overlap", "value": 0.17}, {"question": "income", "provider": "prime", "value": 4500000}],
 "thresholds": {"I10_share": 0.1}}
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from commissioning.core.case_questions import questions
from commissioning.core.cases import Answer
from tariffs.core.feasibility import Facts, fact_questions, gather, thresholds

from . import strict_json
from .programme_errors import FileError, ProgrammeFileError, pointer_to, quote, show

PARTS = {"answers": dict, "facts": list, "thresholds": dict}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside a draft; facts by question and, where it is asked of each, kind of provider."""

    answers: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], float] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def gathered(self) -> Facts:
        """Give the facts as the rules read them."""
        return gather(self.facts)

    def to_document(self) -> dict[str, Any]:
        """Write what is known as the file has it."""
        facts = [
            {"question": key, **({"provider": part} if part else {}), "value": value}
            for (key, part), value in self.facts.items()
        ]
        return {"answers": dict(self.answers), "facts": facts, "thresholds": dict(self.thresholds)}


def loads(text: str | bytes) -> Knowledge:
    """Read a file; raises ProgrammeFileError with all that is wrong with it."""
    document, errors = strict_json.parse(text)
    errors += _faults(document)
    if errors:
        raise ProgrammeFileError(errors)
    facts = {(row["question"], row.get("provider", "")): float(row["value"]) for row in document.get("facts", [])}
    own = {key: float(value) for key, value in document.get("thresholds", {}).items()}
    return Knowledge(document.get("answers", {}), facts, own)


def _faults(document: Any) -> Iterator[FileError]:
    if not isinstance(document, dict):
        yield FileError("", show(document), "It must be an object with answers, facts and thresholds.")
        return
    for key in document.keys() - PARTS.keys():
        yield FileError(pointer_to([key]), f"the unknown key {quote(key)}", f"There may be {', '.join(PARTS)}.")
    for key, kind in PARTS.items():
        if not isinstance(document.get(key, kind()), kind):
            yield FileError(
                pointer_to([key]), show(document[key]), f"It must be {'a list' if kind is list else 'an object'}."
            )
        else:
            yield from CHECKS[key](document.get(key, kind()))


def _answers(rows: Mapping[str, Any]) -> Iterator[FileError]:
    for key, value in rows.items():
        if key not in questions():
            yield FileError(
                pointer_to(["answers", key]), f"the unknown question {quote(key)}", "It must be one of the case."
            )
        elif value not in list(Answer):
            yield FileError(pointer_to(["answers", key]), show(value), f"It must be one of {', '.join(Answer)}.")


def _facts(rows: list[Any]) -> Iterator[FileError]:
    for place, row in enumerate(rows):
        pointer = pointer_to(["facts", place])
        named = row.get("question") if isinstance(row, dict) else None
        question = fact_questions().get(str(named)) if _is_text(named) else None
        if question is None or bool(question.each) is not _is_text(row.get("provider")):
            needs = "It needs a question that there is, a value and, where it is asked of each, a provider."
            yield FileError(pointer, show(row), needs)
        else:
            yield from _outside(f"{pointer}/value", row.get("value"), question.low, question.high)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _thresholds(rows: Mapping[str, Any]) -> Iterator[FileError]:
    for key, value in rows.items():
        pointer, found = pointer_to(["thresholds", key]), thresholds().get(key)
        if found is None:
            yield FileError(pointer, f"the unknown threshold {quote(key)}", "It must be one of the rules.")
        else:
            yield from _outside(pointer, value, found.low, found.high)


def _outside(pointer: str, value: Any, low: float, high: float) -> Iterator[FileError]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not low <= value <= high:
        yield FileError(pointer, show(value), f"It must be a number from {low:,.10g} to {high:,.10g}.")


CHECKS: dict[str, Callable[[Any], Iterator[FileError]]] = {
    "answers": _answers,
    "facts": _facts,
    "thresholds": _thresholds,
}
