"""Reads the case of a programme: its answers with their evidence, the conclusion, and what they add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Sum
from django.db.models.functions import JSONObject

from commissioning.core import cases
from commissioning.core.case_questions import Question, Section, sections
from commissioning.core.cases import Tally
from commissioning.models import CaseAnswer, CaseConclusion, CaseEvidence, Programme, User
from commissioning.permissions import Ability

from . import memberships, organisations, programmes

MOST_MEMBERS = 200
COLOURS = {"yes": "green", "partly": "yellow", "no": "red", "unknown": "grey"}
NOTHING_YET = "Questions of auditors and the voluntary sector, answered with evidence"
DECISION_COLOURS = {"use": "green", "part": "green", "refuse": "red", "later": "yellow"}


@dataclass(frozen=True)
class Line:
    """One question of the case as the list shows it."""

    question: Question
    answer: str
    status: str
    colour: str
    hint: str


@dataclass(frozen=True)
class Part:
    """One section of the case with its questions."""

    section: Section
    status: str
    colour: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Overview:
    """The case as a whole."""

    sentence: str
    tally: Tally
    parts: tuple[Part, ...]
    first_open: Question | None


def overview(programme: Programme) -> Overview:
    """Give all questions with their answers, and what they add up to, in one query."""
    rows = CaseAnswer.objects.filter(programme=programme).select_related("owner").annotate(pieces=Count("evidence"))
    answers = {row.question: row for row in rows}
    texts = {key: row.answer for key, row in answers.items()}
    parts = tuple(
        Part(section, *cases.standing(section, texts), tuple(_line(each, answers) for each in section.questions))
        for section in sections()
    )
    tally = cases.tally(texts)
    lines = (line for part in parts for line in part.lines)
    first = next((line.question for line in lines if line.answer == cases.Answer.UNKNOWN), None)
    return Overview(cases.in_words(tally), tally, parts, first)


def _line(question: Question, answers: Mapping[str, CaseAnswer]) -> Line:
    row = answers.get(question.key)
    if row is None:
        return Line(question, cases.Answer.UNKNOWN, "Not started", "grey", "")
    pieces: int = row.pieces  # type: ignore[attr-defined]
    evidence = f"{pieces} piece{'' if pieces == 1 else 's'} of evidence" if pieces else "no evidence yet"
    owner = row.owner_words()
    return Line(question, row.answer, row.get_answer_display(), COLOURS[row.answer], f"{owner}, {evidence}")


@dataclass(frozen=True)
class Standing:
    """How a programme's case stands, as its task list shows it."""

    status: str
    colour: str
    hint: str


def standing(programme: Programme, texts: Mapping[str, str]) -> Standing:
    """Say how the case with these answers stands, in one query, or none where the conclusion was read along."""
    found: CaseConclusion | None = getattr(programme, "case_conclusion", None)
    tally = cases.tally(texts)
    if found and found.decision:
        return Standing(found.get_decision_display(), DECISION_COLOURS[found.decision], cases.in_words(tally))
    status, colour = cases.status(tally)
    if tally.answered == tally.total:
        return Standing("Ready to conclude", "blue", cases.in_words(tally))
    return Standing(status, colour, cases.in_words(tally) if tally.answered else NOTHING_YET)


def answer(programme: Programme, question: str) -> CaseAnswer:
    """Give the answer to a question; a new one, not kept, where there is none yet."""
    found = CaseAnswer.objects.filter(programme=programme, question=question).select_related("owner").first()
    return found or CaseAnswer(programme=programme, question=question)


def answers(programme: Programme) -> dict[str, str]:
    """Give the answer to each question that has one."""
    return dict(CaseAnswer.objects.filter(programme=programme).values_list("question", "answer"))


def annotation() -> ArraySubquery:
    """Give the answers of a programme's case as a column of each programme, in pairs of question and answer."""
    rows = CaseAnswer.objects.filter(programme=OuterRef("pk")).order_by("question")
    return ArraySubquery(rows.values(pair=JSONObject(question="question", answer="answer")))


def from_annotation(pairs: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Read the column of `annotation` as `answers` gives it."""
    return {pair["question"]: pair["answer"] for pair in pairs}


def possible_owners(answer: CaseAnswer) -> list[User]:
    """Give the members of the authority, and the owner so far where that person has left."""
    members = memberships.of_organisation(answer.programme.organisation)[:MOST_MEMBERS]
    found = [membership.user for membership in members]
    return found if answer.owner is None or answer.owner in found else [*found, answer.owner]


def evidence_of(answer: CaseAnswer) -> QuerySet[CaseEvidence]:
    """Give the evidence for an answer in the order in which it was brought."""
    return CaseEvidence.objects.filter(answer=answer).select_related("added_by")


def evidence_visible_to(user: User | AnonymousUser) -> QuerySet[CaseEvidence]:
    """Give the evidence in the cases of programmes that a person may read."""
    return _evidence(programmes.visible_to(user))


def evidence_editable_by(user: User | AnonymousUser) -> QuerySet[CaseEvidence]:
    """Give the evidence in the cases of programmes that a person may change."""
    return _evidence(programmes.editable_by(user))


def _evidence(allowed: QuerySet[Programme]) -> QuerySet[CaseEvidence]:
    return CaseEvidence.objects.filter(answer__programme__in=allowed).select_related(
        "answer__programme__organisation", "added_by"
    )


def bytes_kept(programme: Programme) -> int:
    """Tell how much the files of a programme's case take."""
    found = CaseEvidence.objects.filter(answer__programme=programme).aggregate(bytes=Sum("file_size"))
    return found["bytes"] or 0


def conclusion(programme: Programme) -> CaseConclusion:
    """Give the conclusion; a new one, not kept, where there is none yet."""
    found = CaseConclusion.objects.filter(programme=programme).select_related("concluded_by").first()
    return found or CaseConclusion(programme=programme)


def approvable_by(user: User | AnonymousUser) -> QuerySet[CaseConclusion]:
    """Give the conclusions that a person may publish."""
    mine = organisations.where(user, Ability.APPROVE)
    found = CaseConclusion.objects.filter(programme__organisation__in=mine).exclude(decision="")
    return found.select_related("programme__organisation")


@dataclass(frozen=True)
class Weighed:
    """Questions with the same answer, each with its reasons, for the page on which one decides."""

    heading: str
    colour: str
    answers: tuple[tuple[Question, str], ...]


HEADINGS = {"no": "Against", "partly": "Partly", "unknown": "Not known yet", "yes": "For"}


def weighed(programme: Programme) -> tuple[str, tuple[Weighed, ...]]:
    """Give the sentence and all answers, those against Payment by Results first, in one query."""
    rows = {row.question: row for row in CaseAnswer.objects.filter(programme=programme)}
    texts = {key: row.answer for key, row in rows.items()}
    found = tuple(
        Weighed(
            HEADINGS[answer],
            COLOURS[answer],
            tuple((each, rows[each.key].reasoning if each.key in rows else "") for each in asked),
        )
        for answer, asked in cases.sorted_against_first(texts).items()
        if asked
    )
    return cases.in_words(cases.tally(texts)), found
