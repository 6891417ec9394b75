"""What a rule finds, in words and figures, and what all findings add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from commissioning.core.canonical import canonical_json, sha256
from commissioning.core.figures import short_pounds
from commissioning.core.units import Pounds

from .catalogue import Need, Rule

Figures = Mapping[str, Any]


#: How every finding begins whose rule lacks something.
UNCHECKED = "This cannot be checked yet."
#: Figures that agree in so many digits are the same to a reader, to whom two are shown.
_DIGITS = 3


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"
    WARN = "warn"
    UNKNOWN = "unknown"
    INFO = "info"
    PASS = "pass"


#: From what stops a programme to what does not.
WORST_FIRST = (Severity.BLOCK, Severity.WARN, Severity.UNKNOWN, Severity.INFO, Severity.PASS)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, in a sentence with its figures."""

    severity: Severity
    words: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a rule lacks before it can say anything; `words` say what is known already."""

    needs: tuple[str, ...]
    words: str = ""
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's finding. `missing` holds what it lacks, where it cannot be checked yet."""

    rule: Rule
    severity: Severity
    found: str
    figures: Figures
    missing: tuple[Need, ...] = ()

    @property
    def fix(self) -> str:
        """Say what would cure it; nothing where all is well."""
        if self.missing:
            return " ".join(need.entering for need in self.missing)
        return self.rule.cure if self.severity in (Severity.BLOCK, Severity.WARN, Severity.INFO) else ""

    def document(self) -> dict[str, Any]:
        """Give the finding as it is written on the command line, where what cannot be checked is information."""
        unknown = self.severity is Severity.UNKNOWN
        return {
            "rule": self.rule.id,
            "severity": str(Severity.INFO if unknown else self.severity),
            "title": self.rule.title,
            "why": self.rule.reason,
            "found": self.found,
            "figures": dict(self.figures),
            "fix": self.fix,
        }


def fingerprint(finding: Finding) -> str:
    """Name what was found by its weight and its figures, to the digits that somebody who accepts it cares about."""
    content = {"rule": finding.rule.id, "severity": str(finding.severity), "figures": _rounded(finding.figures)}
    return sha256(canonical_json(content))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, Mapping):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value


def so_many(number: int, word: str) -> str:
    """Count something: 1 month, 2 months."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def money(value: Pounds) -> str:
    """Write money that was worked out, to the pound."""
    return short_pounds(round(value))


def sorted_worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put blocks first, and rules of like weight in their order."""
    return tuple(sorted(findings, key=lambda finding: WORST_FIRST.index(finding.severity)))


def count(findings: Sequence[Finding], severity: Severity) -> int:
    """Count the findings of this weight."""
    return sum(finding.severity is severity for finding in findings)


def verdict(findings: Sequence[Finding]) -> str:
    """Say in one line what all findings add up to."""
    blocks, warnings, unknown, notes, passes = (count(findings, severity) for severity in WORST_FIRST)
    parts = [so_many(blocks, "block"), so_many(warnings, "warning"), f"{passes} pass"]
    if notes:
        parts.append(f"{notes} to note")
    return ", ".join([*parts, f"{unknown} cannot be checked yet"])
