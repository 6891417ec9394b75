"""Says where a programme stands: each part of it, whether it is done, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from commissioning import queries as commissioning_queries
from commissioning.core import evidence_quality
from commissioning.core.figures import percent
from commissioning.models import Programme, Room, Run, User
from tariffs.core import programmes as core
from tariffs.core import tariff_terms
from tariffs.core.supply_chains import Passing
from tariffs.sources import programme_drafts, programme_files

from . import consultations, facts, findings, price_marks, thresholds, versions
from .programmes import STAGES, counted, with_tariff
from .run_kinds import INCENTIVES

TO_DO = ("To do", "yellow")


@dataclass(frozen=True)
class Part:
    """One part of a programme on its own page: what it is about and how it stands."""

    name: str
    url_name: str
    hint: str
    status: str
    colour: str = ""


@dataclass(frozen=True)
class Stage:
    """Parts that belong together, in the order in which they are written."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Standing:
    """A whole programme: what comes next, and where each part stands."""

    next_step: str
    next_url_name: str
    stages: tuple[Stage, ...]


def visible_to(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes that the person may read, each with all that its page asks of it.

    `may_edit` says whether the person may change it; `parent_name` names what it is a copy of, where they may see that;
    `last_state` is the state of its newest simulation.
    """
    allowed = commissioning_queries.programmes
    last = Run.objects.filter(programme=OuterRef("pk"), kind=INCENTIVES).order_by("-created_at")
    parent = allowed.visible_to(user).filter(pk=OuterRef("copied_from"))
    return (
        with_tariff(allowed.visible_to(user))
        .select_related("case_conclusion")
        .annotate(
            may_edit=Exists(allowed.editable_by(user).filter(pk=OuterRef("pk"))),
            parent_name=Subquery(parent.values("name")[:1]),
            last_state=Subquery(last.values("state")[:1]),
            consultation_state=consultations.latest_state(),
            known_facts=facts.annotation(),
            own_lines=thresholds.annotation(),
            of_case=commissioning_queries.cases.annotation(),
            measure_states=commissioning_queries.measures.annotation(),
            room_state=commissioning_queries.rooms.annotation(),
        )
    )


SCENARIOS = Part(
    "Other tariffs", "scenario-list", "Tariffs beside the one proposed, compared with it on the same luck", ""
)

OUTCOMES = Part("Outcomes", "outcome-framework", "What is to change, and how you would know, step by step", "")
PANELS = Part(
    "Review panels", "panel-list", "Would the people concerned say that it was achieved? Recorded, not paid", ""
)
MAP = Part("Incentive map", "programme-map", "Where money says avoid, group by group and price by price", "")
CURES = Part("Cures", "programme-repairs", "Prices that end parking, bands to split, payments that come in time", "")
EVIDENCE = Part("Sensitivity", "programme-sensitivity", "Which evidence matters most, and how good it is", "")
REHEARSALS = Part("Rehearsals", "programme-rehearsals", "What happens, and who fails, if things go badly", "")


PROCUREMENT = Part(
    "Procurement", "procurement-detail", "What will be bought, when and for how much, as notices say it", ""
)
LOCAL_MARKET = Part("Local market", "local-market", "Where you look for providers, and how many there are", "")
SURVEY = Part("Survey", "survey-detail", "What providers would put at risk, asked by e-mail and read back in bands", "")
STATEMENT = Part(
    "Market position statement", "programme-statement-list", "What you tell the market early, in public", ""
)
CAPACITY = Part("Capacity", "capacity-run-create", "Who could bid under these terms, who could not, and why", "")


def standing(programme: Programme, whole: core.Programme) -> Standing:
    """Say where each part of a programme that comes from `visible_to` stands, in eight queries."""
    state, colour, next_step = STAGES[programme.last_state]  # type: ignore[attr-defined]
    answers = commissioning_queries.cases.from_annotation(programme.of_case)  # type: ignore[attr-defined]
    missing = programme_drafts.gaps(programme_files.to_document(whole))
    step, url_name = _first_gap(whole) if missing else (next_step, "incentive-run-list")
    case = commissioning_queries.cases.standing(programme, answers)
    marked = sum(mark.is_proposed for mark in price_marks.marks(programme))
    return Standing(
        next_step=step,
        next_url_name=url_name,
        stages=(
            Stage("Case", (Part("Is PbR right here?", "case-detail", case.hint, case.status, case.colour),)),
            Stage(
                "People and outcomes",
                (*_people(whole), _pathway(whole), OUTCOMES, _measures(programme), _room(programme), PANELS),
            ),
            Stage("Tariff", (*_tariff(whole, marked), SCENARIOS, _versions(programme, whole))),
            Stage("Market", (PROCUREMENT, LOCAL_MARKET, _letting(whole), CAPACITY, SURVEY, STATEMENT)),
            Stage(
                "Tests",
                (
                    _counted("Kinds of provider", "archetype-list", "Who the tariff is tested on", whole.providers),
                    _findings(programme, whole, answers),
                    MAP,
                    Part("Simulations", "incentive-run-list", next_step, "Not yet" if missing else state, colour),
                    CURES,
                    EVIDENCE,
                    REHEARSALS,
                ),
            ),
            Stage("Consultation", (_consultation(programme),)),
        ),
    )


def _first_gap(whole: core.Programme) -> tuple[str, str]:
    """Name the next thing to write, in the order in which a programme is written."""
    if not whole.groups:
        return "Say who the service is for", "group-list"
    if not any(milestone.final for milestone in whole.milestones):
        return "Say what people reach on their way", "milestone-list"
    return "Say what kinds of provider could take it on", "archetype-list"


def _people(whole: core.Programme) -> tuple[Part, ...]:
    return (
        _counted("Groups", "group-list", "Who the service is for", whole.groups),
        _counted("Milestones", "milestone-list", "What people reach on their way", whole.milestones),
    )


def _counted(name: str, url_name: str, hint: str, things: tuple[object, ...]) -> Part:
    return Part(name, url_name, hint, str(len(things))) if things else Part(name, url_name, hint, *TO_DO)


def _pathway(whole: core.Programme) -> Part:
    hint = evidence_quality.in_words(whole.evidence)
    count = counted(len(whole.evidence), "figure")
    return Part("Pathway and evidence", "pathway-detail", hint, *((count,) if whole.evidence else TO_DO))


def _measures(programme: Programme) -> Part:
    states: list[str] = programme.measure_states  # type: ignore[attr-defined]
    hint = "For each outcome what counts, who verifies it, and how it could be gamed"
    live = [state for state in states if state != "dropped"]
    status = f"{counted(len(live), 'measure')}, {live.count('agreed')} agreed"
    return Part("Measures", "measure-list", hint, *((status,) if live else TO_DO))


def _room(programme: Programme) -> Part:
    hint = "What service users and others say matters, and what becomes of it"
    state = Room.State(programme.room_state) if programme.room_state else None  # type: ignore[attr-defined]
    return Part("Outcomes room", "room-detail", hint, *((str(state.label),) if state else TO_DO))


def _tariff(whole: core.Programme, marked: int) -> tuple[Part, ...]:
    return _prices(whole, marked), _terms(whole), _supply_chain(whole)


def _prices(whole: core.Programme, marked: int) -> Part:
    hint = "What is paid to whom and when, and what it means for each group"
    if not whole.tariff.prices:
        return Part("Prices", "programme-prices", hint, *TO_DO)
    bands = len({line.price_band for line in whole.tariff.prices})
    status = f"{counted(len(whole.tariff.prices), 'price')} in {counted(bands, 'band')}"
    if marked:
        hint = f"{status}. Measures behind prices have changed since somebody last looked"
        return Part("Prices", "programme-prices", hint, f"{counted(marked, 'price')} to look at again", "yellow")
    return Part("Prices", "programme-prices", hint, status)


def _terms(whole: core.Programme) -> Part:
    used = sum(term.is_set for term in tariff_terms.terms(whole.tariff, {}))
    hint = "Fees, grant, times, caps, guarantee and target: who carries the risk"
    return Part("Terms", "programme-terms", hint, f"{counted(used, 'term')} in use" if used else "None in use")


def _supply_chain(whole: core.Programme) -> Part:
    passing = Passing.of(whole.market)
    status = f"{percent(passing.share)} passed on" if passing.share else "Nothing passed on"
    return Part("Supply chain", "supply-chain", "What reaches the subcontractors, and at which risk", status)


def _letting(whole: core.Programme) -> Part:
    market = whole.market or {}
    hint = "Lots, tests and terms: who can bid, and who is left in ten years"
    lots, designs = len(market.get("lots", ())), max(1, len(market.get("designs", ())))
    status = f"{counted(lots, 'lot')}, {counted(designs, 'design')}"
    return Part("Ways of letting", "design-list", hint, *((status,) if lots else TO_DO))


def _findings(programme: Programme, whole: core.Programme, answers: Mapping[str, str]) -> Part:
    found = findings.standing(programme, whole, answers)
    return Part("Findings", "finding-list", "What the rules of good design say to it", found.status, found.colour)


def _versions(programme: Programme, whole: core.Programme) -> Part:
    hint = "What the draft said before: freeze it, compare, go back"
    return Part("Versions", "version-list", hint, versions.standing(programme, whole).words)


CONSULTED = {None: ("Not yet", ""), "scheduled": ("Not open yet", "yellow"), "open": ("Open", "green")}


def _consultation(programme: Programme) -> Part:
    hint = "Providers comment on a frozen version line by line, and every comment is answered"
    state: str | None = programme.consultation_state  # type: ignore[attr-defined]
    return Part("Consultations", "consultation-list", hint, *CONSULTED.get(state, ("Closed", "grey")))
