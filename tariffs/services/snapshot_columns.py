"""Writes the parts of a snapshot as the columns of their rows, who they are and where they stand left out."""

from typing import Any

from commissioning.core import pathways
from commissioning.services.pathways import pennies, pennies_or_none, sourced
from tariffs.core import programmes as core

Columns = dict[str, Any]


def of_programme(given: core.Programme) -> Columns:
    return {
        "name": given.name,
        "commissioner": given.commissioner,
        "summary": given.summary,
        "start": given.start,
        "referral_months": given.referral_months,
        "contract_months": given.contract_months,
        "budget": pennies(given.budget),
        "market": None if given.market is None else dict(given.market),
    }


def of_group(given: pathways.Group) -> Columns:
    return {
        "key": given.id,
        "name": given.name,
        "price_band": given.price_band,
        "referrals_per_month": given.referrals_per_month,
        "need_spread": given.need_spread,
        "social_value": pennies(given.social_value),
        "intended_support": pennies_or_none(given.intended_support),
        **sourced(given.provenance),
    }


def of_milestone(given: pathways.Milestone) -> Columns:
    return {
        "key": given.id,
        "name": given.name,
        "delay_months": given.delay_months,
        "is_final": given.final,
        "repeats": given.repeats,
        "repeat_every_months": given.repeat_every_months,
        **sourced(given.provenance),
    }


def of_evidence(given: pathways.Evidence) -> Columns:
    return {
        "baseline": given.baseline,
        "responsiveness": given.responsiveness,
        "observed_spending": pennies(given.observed.spending) if given.observed else None,
        "observed_rate": given.observed.rate if given.observed else None,
        "response_scale": pennies(given.response_scale),
        "sample_size": given.sample_size,
        **sourced(given.provenance),
    }


def of_provider(given: core.Provider) -> Columns:
    return {
        "key": given.id,
        "name": given.name,
        "legal_form": given.legal_form,
        "share": given.share,
        "spending_rule": given.spending_rule.value,
        "income_share": given.income_share,
        "budget_scope": given.budget_scope.value,
        "mission_weight": given.mission_weight,
        "unit_cost": given.unit_cost,
        "risk_discount": given.risk_discount,
        "cost_of_capital": given.cost_of_capital,
        "overhead_monthly": pennies(given.overhead_monthly),
        "reserves": pennies(given.reserves),
        "reserve_floor_months": given.reserve_floor_months,
        "overdraft": pennies(given.overdraft),
        **sourced(given.provenance),
    }


def of_tariff(given: core.Tariff) -> Columns:
    return {
        "version": given.version,
        "service_fee_monthly": pennies(given.service_fee_monthly),
        "upfront_payment": pennies(given.upfront_payment),
        "payment_lag_months": given.payment_lag_months,
        "minimum_service": pennies(given.minimum_service),
        "payment_cap": pennies_or_none(given.payment_cap),
        "person_cap": pennies_or_none(given.person_cap),
        "annual_price_change": given.annual_price_change,
        "volume_guarantee": given.volume_guarantee,
        "target_rule": given.target.rule.value,
        "target_rate": given.target.rate,
        "target_rate_from": given.target.rate_from,
        "target_window_months": given.target.window_months,
    }


def of_price_line(given: core.PriceLine) -> Columns:
    return {
        "price_band": given.price_band,
        "price": pennies(given.price),
        "payments": given.payments,
        **sourced(given.provenance),
    }


def of_uncertainty(given: core.Uncertainty) -> Columns:
    return {
        "outcome_shock": given.outcome_shock,
        "outcome_shock_monthly": given.outcome_shock_monthly,
        "season": list(given.season),
        "volume_spread": given.volume_spread,
        "volume_trend": given.volume_trend,
        "replacement_months": given.replacement_months,
        **sourced(given.provenance),
    }
