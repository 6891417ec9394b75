"""All rules at once: each finds something, or says what it lacks."""

from collections.abc import Callable

from commissioning.core.cases import Answer
from tariffs.core.programmes import Programme

from . import answers, fairness, finance, measurement, payments, pricing, suitability
from .answers import Check
from .catalogue import CASE, Rule, need, rules
from .findings import UNCHECKED, Finding, Missing, Severity
from .subject import Inputs, Subject

CHECKS: dict[str, Check] = {
    rule: check
    for part in (answers, suitability, pricing, payments, fairness, measurement, finance)
    for rule, check in part.CHECKS.items()
}

#: What is known, by the key of a need; a question of the case is known when it is answered.
KNOWN: dict[str, Callable[[Subject], bool]] = {
    "groups": lambda subject: bool(subject.programme.groups),
    "outcome": lambda subject: any(milestone.final for milestone in subject.programme.milestones),
    "evidence": lambda subject: bool(suitability.moved(subject)),
    "prices": lambda subject: bool(subject.programme.tariff.prices),
    "providers": lambda subject: bool(subject.programme.providers),
    "referrals": lambda subject: any(group.referrals_per_month > 0 for group in subject.programme.groups),
    "budget": lambda subject: subject.programme.budget > 0,
    "run": lambda subject: subject.inputs.result is not None,
    "overlap": lambda subject: subject.facts.overlap_share is not None,
    "payer-share": lambda subject: subject.facts.payer_share is not None,
    "verifier": lambda subject: subject.facts.self_declared_share is not None,
    "assessor": lambda subject: subject.facts.payee_grades is not None,
    "unpriced": lambda subject: subject.facts.unprotected is not None,
    "incomes": lambda subject: bool(subject.facts.incomes),
    "bidders": lambda subject: subject.facts.bidders is not None or subject.facts.viable is not None,
    "step-in": lambda subject: subject.facts.step_in is not None,
}
#: Facts that stand in for an answer of the case.
INSTEAD: dict[str, Callable[[Subject], bool]] = {
    "case:supply-chain": lambda subject: subject.at_risk is not None,
    "case:defined-outcomes": lambda subject: subject.facts.undefined is not None,
    "case:control": lambda subject: subject.facts.unrelieved is not None,
    "case:service-users": lambda subject: subject.facts.users_shaped is not None,
    "case:evaluation": lambda subject: subject.facts.evaluation_share is not None,
}


def check(programme: Programme, inputs: Inputs | None = None) -> tuple[Finding, ...]:
    """Check a programme, a draft with missing parts too, against every rule, in the catalogue's order."""
    subject = Subject(programme, inputs or Inputs())
    return tuple(_finding(rule, subject) for rule in rules().values())


def _finding(rule: Rule, subject: Subject) -> Finding:
    lacking = tuple(each.key for each in rule.needs if not _known(each.key, subject))
    found = Missing(lacking) if lacking else CHECKS[rule.id](subject)
    if isinstance(found, Missing):
        needs = tuple(need(key) for key in found.needs)
        words = f"{UNCHECKED} {found.words}".strip()
        figures = {**found.figures, "missing": [each.key for each in needs]}
        return Finding(rule, Severity.UNKNOWN, words, figures, needs)
    return Finding(rule, found.severity, found.words, found.figures)


def _known(key: str, subject: Subject) -> bool:
    if key in INSTEAD and INSTEAD[key](subject):
        return True
    if key.startswith(CASE):
        return subject.answer(key.removeprefix(CASE)) is not Answer.UNKNOWN
    return KNOWN[key](subject)
