"""Reads what the rules of good design find in a draft, and which warnings were accepted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from commissioning import queries as commissioning_queries
from commissioning.models import Programme, Run
from tariffs.core import programmes as core
from tariffs.core.feasibility import UNCHECKED, Finding, Inputs, Severity, areas, check, count, fingerprint, verdict
from tariffs.core.supply_chains import Passing
from tariffs.models import FindingAcceptance
from tariffs.sources.knowledge import Knowledge

from . import facts, incentive_runs, programmes, thresholds
from .facts import Known

COLOURS = {
    Severity.BLOCK: "red",
    Severity.WARN: "yellow",
    Severity.UNKNOWN: "grey",
    Severity.INFO: "blue",
    Severity.PASS: "green",
}
HEADINGS = {
    Severity.BLOCK: "Blocks",
    Severity.WARN: "Warnings",
    Severity.UNKNOWN: "Cannot be checked yet",
    Severity.INFO: "To note",
    Severity.PASS: "Passes",
}
ACCEPTED = "Accepted warnings"
WORDS = {
    Severity.BLOCK: "Not kept",
    Severity.WARN: "In doubt",
    Severity.UNKNOWN: "Not known",
    Severity.INFO: "To note",
    Severity.PASS: "Kept",
}


@dataclass(frozen=True)
class Line:
    """One finding, with the acceptance of it that there is."""

    finding: Finding
    fingerprint: str
    acceptance: FindingAcceptance | None
    thresholds: tuple[thresholds.Line, ...]

    @property
    def is_accepted(self) -> bool:
        """Whether it is a warning that was accepted with the figures as they are."""
        given = self.acceptance
        return self.may_be_accepted and given is not None and given.fingerprint == self.fingerprint

    @property
    def weighs(self) -> bool:
        """Whether it speaks against going on."""
        return self.finding.severity in (Severity.BLOCK, Severity.WARN)

    @property
    def may_be_accepted(self) -> bool:
        """Whether it is a warning at all."""
        return self.finding.severity is Severity.WARN

    @property
    def has_lapsed(self) -> bool:
        """Whether it was accepted with other figures."""
        return self.acceptance is not None and not self.is_accepted

    @property
    def heading(self) -> str:
        return ACCEPTED if self.is_accepted else HEADINGS[self.finding.severity]

    @property
    def word(self) -> str:
        """Say in a word whether the rule is kept."""
        return WORDS[self.finding.severity]

    @property
    def found(self) -> str:
        """Say what was found, without what the heading above says of all that cannot be checked."""
        return self.finding.found.removeprefix(UNCHECKED).strip()

    @property
    def colour(self) -> str:
        return COLOURS[self.finding.severity]


@dataclass(frozen=True)
class Section:
    """Findings of like weight."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Checked:
    """All findings of a draft; `run` is the newest finished one of the tariff proposed, with the draft as it is."""

    lines: tuple[Line, ...]
    run: Run | None

    @property
    def verdict(self) -> str:
        accepted = sum(line.is_accepted for line in self.lines)
        words = verdict([line.finding for line in self.lines])
        return f"{words}. {programmes.counted(accepted, 'warning')} accepted" if accepted else words

    def sections(self, area: str = "") -> tuple[Section, ...]:
        """Give the findings of one area, or of all, those that weigh most first."""
        shown = [line for line in self.lines if area in ("", line.finding.rule.area)]
        order = [*list(HEADINGS.values())[:2], ACCEPTED, *list(HEADINGS.values())[2:]]
        found = (Section(heading, tuple(line for line in shown if line.heading == heading)) for heading in order)
        return tuple(section for section in found if section.lines)

    def areas(self) -> Iterable[tuple[str, str, int]]:
        """Name the areas, with how many rules stand in each."""
        for key, name in areas().items():
            yield key, name, sum(line.finding.rule.area == key for line in self.lines)

    def line(self, rule: str) -> Line | None:
        """Give one rule's finding."""
        return next((line for line in self.lines if line.finding.rule.id == rule), None)


@dataclass(frozen=True)
class Standing:
    """How a draft stands before the rules, in a few words."""

    status: str
    colour: str


def of_programme(programme: Programme) -> Checked:
    """Check a draft with its case, its facts and its newest run, in thirteen queries."""
    answers, own = commissioning_queries.cases.answers(programme), thresholds.own(programme.organisation_id)
    beside = _Beside.of(answers, facts.known(programme), thresholds.values(own))
    found, run = _found(programme, programmes.to_core(programme), beside)
    given = FindingAcceptance.objects.filter(programme=programme).select_related("accepted_by")
    accepted = {row.rule: row for row in given}
    lines = (
        Line(each, fingerprint(each), accepted.get(each.rule.id), thresholds.lines(each.rule, own)) for each in found
    )
    return Checked(tuple(lines), run)


def knowledge(programme: Programme) -> Knowledge:
    """Give what is known beside a draft, for the command line, which then finds the same."""
    known = {(question, part): value for question, part, value in facts.known(programme)}
    own = dict(thresholds.values(thresholds.own(programme.organisation_id)))
    return Knowledge(commissioning_queries.cases.answers(programme), known, own)


def standing(programme: Programme, whole: core.Programme, answers: Mapping[str, str]) -> Standing:
    """Say how a draft that comes from `standings.visible_to` stands before the rules, in two queries."""
    known = facts.from_annotation(programme.known_facts)  # type: ignore[attr-defined]
    own = thresholds.from_annotation(programme.own_lines)  # type: ignore[attr-defined]
    found, _ = _found(programme, whole, _Beside.of(answers, known, own))
    blocks, warnings, unknown = (count(found, weight) for weight in (Severity.BLOCK, Severity.WARN, Severity.UNKNOWN))
    if blocks or warnings:
        words = f"{programmes.counted(blocks, 'block')}, {programmes.counted(warnings, 'warning')}"
        return Standing(words, "red" if blocks else "yellow")
    return Standing(f"{unknown} to check yet", "grey") if unknown else Standing("All pass", "green")


def _found(programme: Programme, whole: core.Programme, beside: "_Beside") -> tuple[tuple[Finding, ...], Run | None]:
    name = programmes.fingerprint(whole)
    run = incentive_runs.newest_by_inputs(programme, [name]).get(name)
    reading = _reading(run.pk) if run else None
    passing = Passing.of(whole.market)
    return _checked(replace(whole, market=None), passing, beside, reading), run


@dataclass(frozen=True)
class _Beside:
    """What is known beside the draft: answers of the case, facts, and the authority's own thresholds."""

    answers: tuple[tuple[str, str], ...]
    facts: Known
    thresholds: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, answers: Mapping[str, str], known: Known, own: tuple[tuple[str, float], ...]) -> "_Beside":
        return cls(tuple(sorted(answers.items())), known, own)

    def inputs(self, reading: "_Reading | None") -> Inputs:
        result = reading.result() if reading else None
        return Inputs(dict(self.answers), result, facts.facts(self.facts), dict(self.thresholds))


@dataclass(frozen=True)
class _Reading:
    """What the rules read of a run's result."""

    draws: int
    spend: float
    providers: tuple[tuple[str, float, float], ...]

    def result(self) -> dict[str, Any]:
        rows = [
            {"provider": name, "trough": {"p95": trough}, "failure_probability": failure}
            for name, trough, failure in self.providers
        ]
        return {"draws": self.draws, "commissioner": {"spend": {"p95": self.spend}}, "providers": rows}


@lru_cache(maxsize=256)
def _reading(run_id: UUID) -> _Reading:
    """Read what a finished run found, which never changes."""
    result = Run.objects.only("result_json").get(pk=run_id).result or {}
    rows = ((row["provider"], row["trough"]["p95"], row["failure_probability"]) for row in result["providers"])
    return _Reading(result["draws"], result["commissioner"]["spend"]["p95"], tuple(rows))


@lru_cache(maxsize=256)
def _checked(whole: core.Programme, passing: Passing, beside: _Beside, reading: _Reading | None) -> tuple[Finding, ...]:
    """Remember the last drafts, for a page is opened far more often than its draft changes."""
    whole = replace(whole, market={"supply_chain": passing.as_section()})
    return check(whole, beside.inputs(reading))
