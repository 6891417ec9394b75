"""Imports whole programmes from files: all of it, or nothing with every reason why not."""

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from commissioning.models import Milestone, Organisation, Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from commissioning.services.pathways import pennies, pennies_or_none, sourced, store
from tariffs.core import programmes as core
from tariffs.models import Archetype, PriceLine, Tariff, Uncertainty
from tariffs.sources import programme_files, programme_pennies
from tariffs.sources.programme_files import FileError, ProgrammeFileError


@transaction.atomic
def import_file(
    *, organisation: Organisation, text: str | bytes, by: User, is_example: bool = False, key: UUID | None = None
) -> Programme:
    """Keep the programme that a file describes as a draft; raise ProgrammeFileError where it cannot be kept.

    With a key, the same person importing again gives the programme that is there, however often they press the button.
    """
    if organisation.kind != Organisation.Kind.AUTHORITY or not can(by, Ability.EDIT, organisation):
        raise PermissionDenied
    given = programme_files.loads(text)
    _refuse_what_cannot_be_kept(given)
    # One import at a time for each organisation, so that of two presses at once the second finds the first's work.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    taken = Programme.objects.filter(pk=key).first() if key else None
    if taken and (taken.organisation_id, taken.created_by_id) == (organisation.pk, by.pk):
        return taken
    return _store(given, organisation, by, is_example, uuid4() if taken or not key else key)


def _store(given: core.Programme, organisation: Organisation, by: User, is_example: bool, key: UUID) -> Programme:
    programme = _store_programme(given, organisation, by, is_example, key)
    milestones = store(programme=programme, groups=given.groups, milestones=given.milestones, evidence=given.evidence)
    _store_tariff(given.tariff, programme, milestones)
    _store_archetypes(given.providers, programme)
    _store_uncertainty(given.uncertainty, programme)
    detail = {"inputs_sha256": programme_files.inputs_sha256(given)}
    audit.record(by=by, action="imported a programme", target=programme, organisation=organisation, detail=detail)
    return programme


def _refuse_what_cannot_be_kept(given: core.Programme) -> None:
    faults = programme_pennies.faults(programme_files.to_document(given))
    if not given.name.strip():
        faults.insert(0, FileError("/name", "nothing", "A programme kept here needs a name."))
    if faults:
        raise ProgrammeFileError(faults)


def _store_programme(
    given: core.Programme, organisation: Organisation, by: User, is_example: bool, key: UUID
) -> Programme:
    programme = Programme(
        id=key,
        organisation=organisation,
        name=given.name,
        commissioner=given.commissioner,
        summary=given.summary,
        is_example=is_example,
        start=given.start,
        referral_months=given.referral_months,
        contract_months=given.contract_months,
        budget=pennies(given.budget),
        market=None if given.market is None else dict(given.market),
        created_by=by,
    )
    programme.full_clean()
    programme.save()
    return programme


def _store_tariff(given: core.Tariff, programme: Programme, milestones: dict[str, Milestone]) -> None:
    target = given.target
    tariff = Tariff(
        programme=programme,
        main_of=programme,
        version=given.version,
        service_fee_monthly=pennies(given.service_fee_monthly),
        upfront_payment=pennies(given.upfront_payment),
        payment_lag_months=given.payment_lag_months,
        minimum_service=pennies(given.minimum_service),
        payment_cap=pennies_or_none(given.payment_cap),
        person_cap=pennies_or_none(given.person_cap),
        annual_price_change=given.annual_price_change,
        volume_guarantee=given.volume_guarantee,
        target_milestone=milestones[target.milestone] if target.milestone else None,
        target_rule=target.rule.value,
        target_rate=target.rate,
        target_rate_from=target.rate_from,
        target_window_months=target.window_months,
    )
    tariff.full_clean()
    tariff.save()
    _store_prices(given.prices, tariff, milestones)


def _store_prices(given: tuple[core.PriceLine, ...], tariff: Tariff, milestones: dict[str, Milestone]) -> None:
    PriceLine.objects.bulk_create(
        PriceLine(
            tariff=tariff,
            place=place,
            price_band=line.price_band,
            milestone=milestones[line.milestone],
            price=pennies(line.price),
            price_at_import=pennies(line.price),
            payments=line.payments,
            **sourced(line.provenance),
        )
        for place, line in enumerate(given)
    )


def _store_archetypes(given: tuple[core.Provider, ...], programme: Programme) -> None:
    Archetype.objects.bulk_create(
        Archetype(
            programme=programme,
            place=place,
            key=provider.id,
            name=provider.name,
            legal_form=provider.legal_form,
            share=provider.share,
            spending_rule=provider.spending_rule.value,
            income_share=provider.income_share,
            budget_scope=provider.budget_scope.value,
            mission_weight=provider.mission_weight,
            unit_cost=provider.unit_cost,
            risk_discount=provider.risk_discount,
            cost_of_capital=provider.cost_of_capital,
            overhead_monthly=pennies(provider.overhead_monthly),
            reserves=pennies(provider.reserves),
            reserve_floor_months=provider.reserve_floor_months,
            overdraft=pennies(provider.overdraft),
            **sourced(provider.provenance),
        )
        for place, provider in enumerate(given)
    )


def _store_uncertainty(given: core.Uncertainty, programme: Programme) -> None:
    Uncertainty.objects.create(
        programme=programme,
        outcome_shock=given.outcome_shock,
        outcome_shock_monthly=given.outcome_shock_monthly,
        season=list(given.season),
        volume_spread=given.volume_spread,
        volume_trend=given.volume_trend,
        replacement_months=given.replacement_months,
        **sourced(given.provenance),
    )
