"""Reads measure cards for their pages: each with its stress test, at its step, and the figures that rules ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from commissioning import queries as commissioning_queries
from commissioning.core import pathway_drawings, stress_tests
from commissioning.core.figures import pounds
from commissioning.core.measures import Payment
from commissioning.core.pathway_drawings import Drawing
from commissioning.core.pathways import Milestone
from commissioning.core.stress_tests import Judgement, Verdict
from commissioning.models import MeasureCard, Programme, User
from tariffs.core import feasibility, measure_figures
from tariffs.core import programmes as core

from . import price_marks, programmes, rule_inputs, thresholds

COLOURS = {
    Verdict.MISSING: "red",
    Verdict.DOUBTFUL: "yellow",
    Verdict.UNKNOWN: "grey",
    Verdict.SAID: "blue",
    Verdict.CLEAR: "green",
}
WORDS = {
    Verdict.MISSING: "Missing",
    Verdict.DOUBTFUL: "Doubtful",
    Verdict.UNKNOWN: "Cannot be judged here",
    Verdict.SAID: "For you to judge",
    Verdict.CLEAR: "Nothing found",
}
STATE_COLOURS = {"idea": "grey", "discussion": "blue", "agreed": "green", "dropped": "grey"}


def visible_to(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes that a person may read, each with what the pages of its measures ask of it."""
    allowed = commissioning_queries.programmes
    mine = allowed.editable_by(user).filter(pk=OuterRef("pk"))
    return programmes.with_tariff(allowed.visible_to(user)).annotate(
        may_edit=Exists(mine), own_lines=thresholds.annotation()
    )


@dataclass(frozen=True)
class Answer:
    """One question of the stress test as its page shows it."""

    judgement: Judgement

    @property
    def word(self) -> str:
        return WORDS[self.judgement.verdict]

    @property
    def colour(self) -> str:
        return COLOURS[self.judgement.verdict]

    @property
    def weighs(self) -> bool:
        """Tell whether something is to be done about it."""
        return self.judgement.verdict in (Verdict.MISSING, Verdict.DOUBTFUL, Verdict.UNKNOWN)


@dataclass(frozen=True)
class Line:
    """One card with its stress test."""

    card: MeasureCard
    judgements: tuple[Judgement, ...]

    @property
    def colour(self) -> str:
        return STATE_COLOURS[self.card.state]

    @property
    def words(self) -> str:
        """Say in short what the stress test found."""
        return stress_tests.in_words(self.judgements)

    @property
    def to_judge(self) -> int:
        """Count the questions that are answered, and that only people can judge."""
        return stress_tests.count(self.judgements)[Verdict.SAID]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Give the questions, what is to be done first."""
        return tuple(map(Answer, stress_tests.sorted_worst_first(self.judgements)))


class Yardsticks:
    """What a programme holds its cards against: its prices, and where its authority draws the lines."""

    def __init__(self, programme: Programme, whole: core.Programme) -> None:
        own = dict(thresholds.from_annotation(programme.own_lines))  # type: ignore[attr-defined]
        defaults = feasibility.thresholds()
        self.most_of_price, self.latest = (
            own.get(key, defaults[key].value) for key in ("S1_verification_share", "S6_main_months")
        )
        self.lowest = measure_figures.priced_milestones(whole)

    def line(self, card: MeasureCard) -> Line:
        """Put a card to its stress test."""
        lowest = self.lowest.get(card.milestone.key) if card.milestone else None
        payment = Payment(lowest, self.most_of_price, round(self.latest))
        return Line(card, stress_tests.stress_test(card.to_core(), payment))


def line(programme: Programme, card: MeasureCard) -> Line:
    """Give one card of a programme that comes from `visible_to` with its stress test."""
    return Yardsticks(programme, programmes.to_core(programme)).line(card)


def lines(programme: Programme, cards: Sequence[MeasureCard]) -> tuple[Line, ...]:
    """Give cards of a programme that comes from `visible_to` with their stress tests."""
    sticks = Yardsticks(programme, programmes.to_core(programme))
    return tuple(map(sticks.line, cards))


def said(card: MeasureCard) -> tuple[tuple[str, str], ...]:
    """Write everything that a card says, in the order in which it is asked; empty where it is not said."""
    months = "" if card.lag_months is None else pathway_drawings.months(card.lag_months)
    reference = f"{card.get_reference_scheme_display()}: {card.reference}" if card.reference else ""
    return (
        ("What changes", card.outcome),
        ("Step", str(card.milestone or "")),
        ("What it is for", card.get_use_display()),
        ("Definition", card.definition),
        ("Unit", card.unit),
        *_own(card),
        ("For whom", card.for_whom()),
        ("Who counts", card.target_population),
        ("Least change that counts", card.minimum_change),
        ("If it is lost again", card.relapse_rule),
        ("Who verifies", card.get_verifier_display()),
        ("What they gain or lose", card.get_independence_display()),
        ("Evidence needed", card.data_source_for_outcome_validation),
        ("How a claim is checked", card.outcome_validation_method),
        ("Cost of one claim", "" if card.cost_of_claim is None else pounds(card.cost_of_claim)),
        ("Known after", months),
        ("Baseline", card.baseline),
        ("Source of the baseline", ", ".join(filter(None, (card.baseline_source, card.baseline_date)))),
        ("Depends on", card.depends_on),
        ("What relieves the provider", card.relief),
        ("How it could be gamed", card.gaming),
        ("What guards against that", card.gaming_guard),
        ("Reference", reference),
    )


def _own(card: MeasureCard) -> tuple[tuple[str, str], ...]:
    """Write what is said of outcomes that each person defines, where there are any."""
    if not card.is_own:
        return ()
    return (
        ("Defined by the person", f"Each person defines {programmes.counted(card.own_outcomes, 'outcome')}"),
        ("Who agrees it with them", card.own_agreement),
        ("Where their words are kept", card.own_record),
    )


@dataclass(frozen=True)
class Step:
    """One step of the pathway: when it is reached, its price, and its cards."""

    milestone: Milestone
    id: object
    after: str
    is_priced: bool
    lines: tuple[Line, ...]

    @property
    def when(self) -> str:
        """Say when it is reached."""
        delay = self.milestone.delay_months
        return f"{pathway_drawings.months(delay)} after {self.after}" if delay else f"Together with {self.after}"


@dataclass(frozen=True)
class Framework:
    """The way from first contact to the final outcome with the cards at their steps; dropped ones stand apart."""

    steps: tuple[Step, ...]
    elsewhere: tuple[Line, ...]
    dropped: tuple[Line, ...]
    drawing: Drawing
    cards: tuple[MeasureCard, ...]
    ties: tuple[tuple[UUID, str], ...] = ()

    @property
    def bare(self) -> tuple[Step, ...]:
        """Give the steps that no card says how to know."""
        return tuple(step for step in self.steps if not step.lines)

    @cached_property
    def sentence(self) -> str:
        """Say in one sentence how far the framework is."""
        if not self.steps:
            return "The way is not written yet: start with what the service is for."
        known = len(self.steps) - len(self.bare)
        return f"For {known} of {programmes.counted(len(self.steps), 'step')} a measure says how you would know."


def framework(programme: Programme, whole: core.Programme) -> Framework:
    """Put the cards of a programme that comes from `visible_to` at their steps, in three queries."""
    sticks = Yardsticks(programme, whole)
    found = [sticks.line(card) for card in commissioning_queries.measures.for_programme(programme)]
    live = [each for each in found if each.card.state != MeasureCard.State.DROPPED]
    ties = price_marks.ties(programme)
    lines_of = {each.card.pk: each for each in live}
    at = {
        key: [lines_of[card.pk] for card in cards]
        for key, cards in rule_inputs.cards_at([each.card for each in live], ties).items()
    }
    placed = {each.card.pk for there in at.values() for each in there}
    ids = dict(programme.milestones.values_list("key", "pk"))
    names = {row.id: row.name or row.id for row in whole.milestones}
    return Framework(
        steps=tuple(
            Step(
                row,
                ids[row.id],
                names.get(row.after or "", "referral"),
                row.id in sticks.lowest,
                tuple(at.get(row.id, ())),
            )
            for row in pathway_drawings.in_order(whole.milestones)
        ),
        elsewhere=tuple(each for each in live if each.card.pk not in placed),
        dropped=tuple(each for each in found if each not in live),
        drawing=pathway_drawings.draw(whole.milestones, (), ()),
        cards=tuple(each.card for each in found),
        ties=ties,
    )
