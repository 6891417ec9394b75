"""Makes a milestone of an agreed measure, and keeps what its prices rest on until somebody has looked at a change."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from commissioning.core import measure_wordings
from commissioning.core.figures import plain_date
from commissioning.core.units import Share
from commissioning.models import Evidence, Group, MeasureCard, Milestone, Programme, User
from commissioning.services import audit
from commissioning.services import measures as cards
from tariffs.core import baseline_figures
from tariffs.models import MeasureBasis, PriceLine, PriceLook

from . import milestones, parts

NOT_AGREED = "It is not agreed yet. Agree on it first, then make a milestone of it."
ALREADY = "It is in the tariff already."
AT_A_STEP = "It stands at a step of the way already. Let the prices of that step rest on it."
NOT_BOTH_FINAL = "Two outcomes cannot both be the final one. Choose a step on the way."
NO_STEP = "It stands at no step of the way. Choose its step first, or make a milestone of it."
WHICH = {1: "first", 2: "second"}


def make(
    *, card: MeasureCard, values: Mapping[str, Any], baselines: Mapping[UUID, Share], by: User
) -> tuple[Milestone, ...]:
    """Make of an agreed card a milestone with its evidence, or one for each outcome that a person defines.

    `values` are those of the milestone; `baselines` say for each group by its id how many reach it without the service.
    """
    with parts.editing(card.programme, by) as programme:
        card = _locked(card)
        if why := refusal(card):
            raise ValidationError(why)
        if values.get("is_final") and card.own_outcomes > 1:
            raise ValidationError({"is_final": NOT_BOTH_FINAL})
        groups = list(programme.groups.order_by("place"))
        if missing := [str(group) for group in groups if group.pk not in baselines]:
            raise ValidationError(f"Say how many reach it without the service: {', '.join(missing)}")
        made = []
        for number in range(1, card.own_outcomes + 1) if card.is_own else (0,):
            name = f"{values['name']}, {WHICH[number]}" if card.own_outcomes > 1 else values["name"]
            milestone = milestones.add(programme=programme, values={**values, "name": name}, by=by)
            for group in groups:
                _add_evidence(programme, group, milestone, _evidence(card, baselines[group.pk]), by)
            _rest(programme, card, milestone, number, by)
            made.append(milestone)
        if card.milestone_id is None:
            cards.place(card=card, milestone=made[0], by=by)
    return tuple(made)


def rest(*, card: MeasureCard, by: User) -> MeasureBasis:
    """Let the prices of the step at which an agreed card stands rest on the card as it is."""
    with parts.editing(card.programme, by) as programme:
        card = _locked(card)
        if card.state != MeasureCard.State.AGREED:
            raise ValidationError(NOT_AGREED)
        if card.milestone is None:
            raise ValidationError(NO_STEP)
        if card.milestone_id in steps_of(card):
            raise ValidationError(ALREADY)
        return _rest(programme, card, card.milestone, 1 if card.is_own else 0, by)


def look(*, basis: MeasureBasis, line: UUID, seen: str, note: str, by: User) -> PriceLook:
    """Say that a price is still right although its measure changed, to the wording that was `seen`."""
    with parts.editing(basis.programme, by) as programme:
        basis = MeasureBasis.objects.select_related("card__group").get(pk=basis.pk, programme=programme)
        wording = wording_of(basis)
        if not PriceLine.objects.filter(pk=line, milestone=basis.step, tariff__programme=programme).exists():
            raise ValidationError("There is no such price any more.")
        if measure_wordings.fingerprint(wording) != seen:
            raise ValidationError("The measure has changed again since you read it. Read it once more.")
        found = _looked(basis, line, PriceLook.How.LOOKED, by, note)
        _record(programme, by, "found a price still right", row=line, name=basis.card_name)
    return found


def settle(*, lines: Iterable[PriceLine], by: User) -> None:
    """Take the measures behind prices that were just changed as looked at. Called within a service's transaction."""
    lines = list(lines)
    steps = {line.milestone_id for line in lines}
    bases = MeasureBasis.objects.filter(step__in=steps).select_related("card__group") if steps else ()
    for basis in bases:
        for line in lines:
            if line.milestone_id == basis.step:
                _looked(basis, line.pk, PriceLook.How.CHANGED, by)


def steps_of(card: MeasureCard) -> set[UUID]:
    """Give the ids of milestones that rest on a card and are in the draft."""
    there = Milestone.objects.filter(programme=card.programme_id)
    steps = MeasureBasis.objects.filter(card=card, step__in=there.values("pk")).values_list("step", flat=True)
    return set(steps)


def wording_of(basis: MeasureBasis) -> dict[str, str]:
    """Give the words of a card as they are now; none where the card was removed."""
    return basis.card.wording() if basis.card else {}


def refusal(card: MeasureCard) -> str:
    """Say why no milestone can be made of a card; nothing where one can."""
    if card.state != MeasureCard.State.AGREED:
        return NOT_AGREED
    if steps_of(card):
        return ALREADY
    return AT_A_STEP if card.milestone_id else ""


def _locked(card: MeasureCard) -> MeasureCard:
    found = MeasureCard.objects.select_for_update(of=("self",)).select_related("programme", "milestone", "group")
    return found.get(pk=card.pk)


def _rest(programme: Programme, card: MeasureCard, milestone: Milestone, number: int, by: User) -> MeasureBasis:
    basis = MeasureBasis(
        programme=programme,
        card=card,
        card_name=card.name,
        step=milestone.pk,
        own_number=number,
        wording=card.wording(),
        made_by=by,
    )
    basis.full_clean()
    basis.save(force_insert=True)
    _record(programme, by, "rested a milestone on a measure", row=milestone.pk, name=str(milestone))
    return basis


def _looked(basis: MeasureBasis, line: UUID, how: PriceLook.How, by: User, note: str = "") -> PriceLook:
    found = PriceLook(basis=basis, line=line, how=how, wording=wording_of(basis), note=note, looked_by=by)
    found.full_clean(exclude=["wording"])  # an empty wording is a card that was removed
    found.save(force_insert=True)
    return found


def _add_evidence(
    programme: Programme, group: Group, milestone: Milestone, values: Mapping[str, Any], by: User
) -> None:
    """Add what is known of a step: a baseline alone, because no card says how far support moves it."""
    place = parts.next_place(Evidence.objects.filter(group__programme=programme))
    row = Evidence(group=group, milestone=milestone, place=place, **values)
    row.full_clean(exclude=["observed_spending", "observed_rate"])
    row.save()
    parts.record(row, programme, by, "added")


def _evidence(card: MeasureCard, baseline: Share) -> dict[str, Any]:
    """Say of a baseline whether it is the card's own, with its source, or was entered for it."""
    if baseline_figures.read(card.baseline) == baseline:
        said = f"Measure “{card}”: {card.baseline} {card.baseline_source}".strip()
        return {"baseline": baseline, "source": said, "source_date": card.baseline_date}
    day = plain_date(timezone.localdate())
    said = f"Entered on {day}, when a milestone was made of the measure “{card}”."
    return {"baseline": baseline, "source": said, "quality": "assumption"}


def _record(programme: Programme, by: User, action: str, **detail: Any) -> None:
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=detail)
