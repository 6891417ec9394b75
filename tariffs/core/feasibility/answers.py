"""Rules that the commissioner answers in the case, because no figure can."""

from collections.abc import Callable
from dataclasses import replace

from commissioning.core.case_questions import questions
from commissioning.core.cases import Answer
from commissioning.core.figures import percent

from .findings import Found, Missing, Severity, so_many
from .subject import Subject

Check = Callable[[Subject], Found | Missing]


def answered(subject: Subject, question: str, worst: Severity) -> Found:
    """Weigh a known answer: "yes" passes, "partly" warns, "no" is as bad as the rule allows."""
    answer, title = subject.answer(question), questions()[question].title
    weight = {Answer.YES: Severity.PASS, Answer.PARTLY: Severity.WARN, Answer.NO: worst}[answer]
    return Found(weight, f"The case answers “{answer}” to “{title}”.", {"answer": str(answer)})


def _from_case(question: str, worst: Severity = Severity.WARN) -> Check:
    return lambda subject: answered(subject, question, worst)


def defined_outcomes(subject: Subject) -> Found:
    """S1: outcomes are defined, and checking them costs little against what they pay."""
    found, share = _defined(subject), subject.facts.verification_share
    if share is None:
        return found
    limit = subject.limit("S1_verification_share")
    words = f"{found.words} Checking takes {percent(share)} of what is paid; no more than {percent(limit)} is aimed at."
    dear = found.severity is Severity.PASS and share > limit
    figures = {**found.figures, "verification_share": share, "threshold": limit}
    return Found(Severity.WARN if dear else found.severity, words, figures)


def _defined(subject: Subject) -> Found:
    number = subject.facts.undefined
    if number is None:
        return answered(subject, "defined-outcomes", Severity.BLOCK)
    what = f"{so_many(number, 'outcome')} paid for {'lacks' if number == 1 else 'lack'}"
    words = f"{what} a definition, a verifier or evidence."
    return Found(Severity.BLOCK if number else Severity.PASS, words, {"undefined": number})


def control(subject: Subject) -> Found:
    """S2: what results depend on outside the provider's control is promised or relieved."""
    number = subject.facts.unrelieved
    if number is None:
        return answered(subject, "control", Severity.WARN)
    what = f"{so_many(number, 'outcome')} paid for {'depends' if number == 1 else 'depend'} on something"
    words = f"{what} outside the provider's control that nothing relieves."
    return Found(Severity.WARN if number else Severity.PASS, words, {"unrelieved": number})


def users(subject: Subject) -> Found:
    """E1: service users shaped the outcomes."""
    shaped = subject.facts.users_shaped
    if shaped is None:
        return answered(subject, "service-users", Severity.WARN)
    words = "Service users took part, and an outcome in their own words was adopted."
    if not shaped:
        words = "No outcome in the words of a service user was adopted."
    return Found(Severity.PASS if shaped else Severity.WARN, words, {"users_shaped": shaped})


def failure(subject: Subject) -> Found | Missing:
    """S5: where failure cannot be borne, little may hang on results."""
    found = answered(subject, "failure", Severity.BLOCK)
    if found.severity is Severity.PASS:
        return found
    return _at_risk(subject, found, subject.limit("S5_results_share"))


def freedom(subject: Subject) -> Found | Missing:
    """S7: where methods are prescribed, little may hang on results."""
    found = answered(subject, "freedom", Severity.WARN)
    if found.severity is Severity.PASS:
        return found
    return _at_risk(subject, found, subject.limit("S7_results_share"))


def _at_risk(subject: Subject, found: Found, limit: float) -> Found | Missing:
    share = subject.results_share if subject.whole else None
    if share is None:
        return Missing(("prices",), found.words, found.figures)
    words = f"{found.words} {percent(share)} of the payments expected hang on results; the limit is {percent(limit)}."
    figures = {**found.figures, "results_share": share, "threshold": limit}
    severity = Severity.PASS if share <= limit else found.severity
    return replace(found, severity=severity, words=words, figures=figures)


def subcontractors(subject: Subject) -> Found:
    """F8: no more risk is passed down than the prime carries.

    Notes
    -----
    Of a subcontract all but the grant hangs on results as far as risk is passed through, whatever the prime's own fees.
    """
    if subject.at_risk is None:
        return answered(subject, "supply-chain", Severity.WARN)
    passed, own = subject.at_risk
    limit = subject.limit("F8_ratio")
    words = f"Subcontractors have {percent(passed)} of their payments at risk, the prime {percent(own)}."
    severity = Severity.WARN if passed > limit * own else Severity.PASS
    return Found(severity, words, {"subcontractor_share": passed, "prime_share": own, "threshold": limit})


def evaluation(subject: Subject) -> Found:
    """E5: money is set aside to learn."""
    share = subject.facts.evaluation_share
    if share is None:
        return answered(subject, "evaluation", Severity.WARN)
    limit = subject.limit("E5_share")
    words = (
        f"{percent(share)} of the contract's value is set aside for evaluation; at least {percent(limit)} is aimed at."
    )
    return Found(Severity.WARN if share < limit else Severity.PASS, words, {"share": share, "threshold": limit})


CHECKS: dict[str, Check] = {
    "S1": defined_outcomes,
    "S2": control,
    "S5": failure,
    "S7": freedom,
    "S8": _from_case("alternatives", Severity.BLOCK),
    "F8": subcontractors,
    "E1": users,
    "E2": _from_case("early-talks"),
    "E3": _from_case("shadow-running"),
    "E4": _from_case("change-and-exit"),
    "E5": evaluation,
    "E6": _from_case("statement"),
}
