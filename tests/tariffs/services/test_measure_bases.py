"""From an agreed measure to a milestone, and marks on the prices that rest on it until somebody has looked."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning import services as commissioning_services
from commissioning.models import AuditEntry, Evidence, MeasureCard, Milestone, Programme
from tariffs import queries, services
from tariffs.models import MeasureBasis, PriceLine, PriceLook
from tariffs.queries.price_marks import Mark
from tariffs.services.price_lines import Cell
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def card(people: Cast, programme: Programme) -> MeasureCard:
    """Give an agreed card at the step “job”, which has prices."""
    return measures.whole(programme, by=people.amina, state="agreed")


def made(people: Cast, card: MeasureCard, share: float = 0.2, **values: Any) -> tuple[Milestone, ...]:
    said = {"name": "Own step", "delay_months": 3, **values}
    baselines = {group.pk: share for group in card.programme.groups.all()}
    return services.measure_bases.make(card=card, values=said, baselines=baselines, by=people.amina)


def loose(people: Cast, programme: Programme, **said: Any) -> MeasureCard:
    return measures.whole(programme, by=people.amina, at="", **{"state": "agreed", "name": "Loose", **said})


def marks(programme: Programme) -> list[Mark]:
    return list(queries.price_marks.marks(programme))


def says(card: MeasureCard, **said: Any) -> None:
    MeasureCard.objects.filter(pk=card.pk).update(**said)


def test_an_agreed_card_becomes_a_milestone_with_the_evidence_of_its_baseline(
    people: Cast, programme: Programme
) -> None:
    card = loose(people, programme)

    (milestone,) = made(people, card)

    card.refresh_from_db()
    evidence = Evidence.objects.filter(milestone=milestone)
    assert card.milestone == milestone and milestone.delay_months == 3
    assert evidence.count() == programme.groups.count()
    assert {row.baseline for row in evidence} == {0.2}
    assert all("20 in 100 within a year. Records of the job centre." in row.source for row in evidence)
    assert {(row.source_date, row.quality) for row in evidence} == {("2025", "")}
    assert MeasureBasis.objects.get().wording == card.wording()


def test_a_baseline_that_is_not_the_cards_counts_as_an_assumption(people: Cast, programme: Programme) -> None:
    (milestone,) = made(people, loose(people, programme), share=0.35)

    rows = Evidence.objects.filter(milestone=milestone)
    assert {row.quality for row in rows} == {"assumption"}
    assert all("when a milestone was made of the measure “Loose”" in row.source for row in rows)


def test_two_outcomes_that_a_person_defines_become_two_milestones(people: Cast, programme: Programme) -> None:
    card = loose(people, programme, own_outcomes=2)

    first, second = made(people, card)

    assert (str(first), str(second)) == ("Own step, first", "Own step, second")
    assert list(MeasureBasis.objects.values_list("own_number", flat=True)) == [1, 2]
    assert {first.pk, second.pk} <= queries.price_lines.grid(programme.tariff).own_steps
    assert {key for _, key in queries.price_marks.ties(programme)} == {first.key, second.key}


def test_one_own_outcome_keeps_its_name(people: Cast, programme: Programme) -> None:
    (only,) = made(people, loose(people, programme, own_outcomes=1))

    assert (str(only), MeasureBasis.objects.get().own_number) == ("Own step", 1)


@pytest.mark.parametrize(
    ("said", "values", "why"),
    [
        ({"state": "discussion"}, {}, "not agreed yet"),
        ({"own_outcomes": 2}, {"is_final": True}, "cannot both be the final one"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_made(
    said: dict[str, Any], values: dict[str, Any], why: str, people: Cast, programme: Programme
) -> None:
    card = loose(people, programme, **said)

    with pytest.raises(ValidationError, match=why):
        made(people, card, **values)

    assert programme.milestones.count() == 3 and not MeasureBasis.objects.exists()


def test_every_group_needs_its_baseline(people: Cast, programme: Programme) -> None:
    card = loose(people, programme)

    with pytest.raises(ValidationError, match="how many reach it without the service"):
        services.measure_bases.make(card=card, values={"name": "Step"}, baselines={}, by=people.amina)


def test_a_card_that_is_in_the_tariff_or_at_a_step_is_not_made_again(
    people: Cast, programme: Programme, card: MeasureCard
) -> None:
    other = loose(people, programme)
    made(people, other)

    with pytest.raises(ValidationError, match="in the tariff already"):
        made(people, other)
    with pytest.raises(ValidationError, match="stands at a step"):
        made(people, card)


def test_prices_of_a_cards_own_step_can_rest_on_it_once_it_is_agreed(
    people: Cast, programme: Programme, card: MeasureCard
) -> None:
    services.measure_bases.rest(card=card, by=people.amina)

    for other, why in (
        (card, "already"),
        (loose(people, programme), "no step"),
        (measures.whole(programme, by=people.amina, name="New"), "not agreed"),
    ):
        with pytest.raises(ValidationError, match=why):
            services.measure_bases.rest(card=other, by=people.amina)
    assert marks(programme) == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"definition": "20 hours a week"}, "Definition"),
        ({"unit": "one household"}, "Unit"),
        ({"for_everyone": False, "target_population": "Adults"}, "For whom, Who counts"),
        ({"minimum_change": "Any"}, "Least change that counts"),
        ({"relapse_rule": ""}, "If it is lost again"),
        ({"verifier": "provider"}, "Who verifies"),
        ({"independence": "none"}, "What they gain or lose"),
        ({"data_source_for_outcome_validation": "Letters"}, "Evidence needed"),
        ({"outcome_validation_method": "A sample"}, "How a claim is checked"),
        ({"lag_months": 9}, "Months until it is known"),
        ({"own_outcomes": 1}, "Outcomes that each person defines"),
        ({"state": "dropped", "state_reason": "No records"}, "State"),
    ],
)
def test_a_change_of_what_counts_marks_every_price_of_the_step(
    changed: dict[str, Any], what: str, people: Cast, programme: Programme, card: MeasureCard
) -> None:
    services.measure_bases.rest(card=card, by=people.amina)

    says(card, **changed)

    found = marks(programme)
    assert {mark.what for mark in found} == {what}
    assert len(found) == PriceLine.objects.filter(milestone__key="job", tariff=programme.tariff).count() > 0


@pytest.mark.parametrize(
    "changed", [{"cost_of_claim": 40}, {"baseline": "10 in 100"}, {"gaming": "Another way"}, {"name": "Renamed"}]
)
def test_what_no_price_rests_on_marks_nothing(
    changed: dict[str, Any], people: Cast, programme: Programme, card: MeasureCard
) -> None:
    services.measure_bases.rest(card=card, by=people.amina)

    says(card, **changed)

    assert marks(programme) == []


def test_a_look_settles_one_price_until_the_measure_changes_again(
    people: Cast, programme: Programme, card: MeasureCard
) -> None:
    basis = services.measure_bases.rest(card=card, by=people.amina)
    says(card, unit="one household")
    first, *others = marks(programme)

    services.measure_bases.look(basis=basis, line=first.line, seen=first.seen, note="Same people", by=people.amina)

    assert [mark.line for mark in marks(programme)] == [mark.line for mark in others]
    row = PriceLook.objects.get()
    assert (row.how, row.note, row.looked_by) == ("looked", "Same people", people.amina)
    says(card, unit="one street")
    again = next(mark for mark in marks(programme) if mark.line == first.line)
    assert (again.differences[0].before, again.differences[0].after) == ("one household", "one street")
    assert again.since == row.looked_at


def test_a_new_price_settles_its_own_mark_and_no_other(people: Cast, programme: Programme, card: MeasureCard) -> None:
    services.measure_bases.rest(card=card, by=people.amina)
    says(card, unit="one household")
    before = marks(programme)
    line = PriceLine.objects.get(pk=before[0].line)

    services.price_lines.save_grid(
        tariff=programme.tariff,
        prices={Cell(line.price_band, line.milestone_id): line.price + Decimal(1)},
        revision=programme.tariff.revision,
        by=people.amina,
    )

    assert len(marks(programme)) == len(before) - 1
    assert PriceLook.objects.get().how == "changed"


def test_a_look_at_other_words_or_at_no_price_is_refused(people: Cast, programme: Programme, card: MeasureCard) -> None:
    basis = services.measure_bases.rest(card=card, by=people.amina)
    says(card, unit="one household")
    mark = marks(programme)[0]
    says(card, unit="one street")

    with pytest.raises(ValidationError, match="changed again since you read it"):
        services.measure_bases.look(basis=basis, line=mark.line, seen=mark.seen, note="", by=people.amina)
    with pytest.raises(ValidationError, match="no such price"):
        services.measure_bases.look(basis=basis, line=basis.pk, seen=mark.seen, note="", by=people.amina)
    assert not PriceLook.objects.exists()


def test_a_measure_that_was_removed_marks_its_prices_until_somebody_looked(
    people: Cast, programme: Programme, card: MeasureCard
) -> None:
    basis = services.measure_bases.rest(card=card, by=people.amina)
    says(card, state="dropped", state_reason="No records")
    commissioning_services.measures.remove(card=MeasureCard.objects.get(pk=card.pk), by=people.amina)

    found = marks(programme)
    for mark in found:
        services.measure_bases.look(basis=basis, line=mark.line, seen=mark.seen, note="", by=people.amina)

    assert {mark.what for mark in found} == {"The measure itself"}
    assert marks(programme) == []


def test_going_back_to_a_version_keeps_what_its_milestones_rest_on(people: Cast, programme: Programme) -> None:
    card = loose(people, programme)
    (milestone,) = made(people, card)
    was = milestone.pk
    whole = services.versions.freeze(programme=programme, note="With it", by=people.amina)
    services.milestones.remove(milestone=milestone, by=people.amina)
    assert queries.price_marks.of_card(MeasureCard.objects.get(pk=card.pk)).may_be_made

    services.versions.go_back(version=whole, by=people.amina)

    assert services.measure_bases.steps_of(card) == {was}


def test_everything_is_written_down_and_whoever_only_reads_does_nothing(
    people: Cast, programme: Programme, card: MeasureCard
) -> None:
    basis = services.measure_bases.rest(card=card, by=people.amina)

    assert AuditEntry.objects.filter(action="rested a milestone on a measure", by=people.amina).exists()
    with pytest.raises(PermissionDenied):
        services.measure_bases.rest(card=card, by=people.vera)
    with pytest.raises(PermissionDenied):
        services.measure_bases.look(basis=basis, line=basis.pk, seen="", note="", by=people.vera)


def test_all_marks_are_read_in_one_query(
    people: Cast, programme: Programme, card: MeasureCard, django_assert_num_queries: Any
) -> None:
    services.measure_bases.rest(card=card, by=people.amina)
    says(card, unit="one household")

    with django_assert_num_queries(1):
        assert marks(programme)
