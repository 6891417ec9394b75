"""Builds the demonstration's market: a made-up register, where the worked example looks for providers, and designs.

Nothing of it exists outside a demonstration. Its rows stand on a register of their own, whose numbers no import reads,
so that no real register touches them or is matched with them.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import numpy as np
from django.db import transaction

from commissioning import queries as commissioning_queries
from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services.demonstrations import Account
from markets import queries
from markets.core import design_terms
from markets.core.made_up_names import names
from markets.core.made_up_registers import made_up
from markets.core.parameters import PARAMETERS
from markets.core.registers import Provider as Row
from markets.models import FinancialYear, LocalMarket, Provider
from tariffs.services import consultation_demonstrations
from tariffs.services import demonstrations as tariff_demonstrations

from . import designs, local_markets, statement_demonstrations

SEED = 2014
#: The five authorities of West Yorkshire, in two lots; which is which is as made up as the providers.
NORTH, SOUTH = ("E08000032", "E08000035"), ("E08000033", "E08000034", "E08000036")
#: Whom the registers would say a provider helps that serves each group of the worked example.
SERVED = {"PG1": (201,), "PG2": (207,), "PG6": (203,), "PG7": (105,)}
#: What all of them work for, and how: employment, by services.
ALSO = (113, 306)
#: Lots of one group and one authority each: part of what the worked example's contract, about £4.3m a year, would be.
LOTS = (
    ("Young jobseekers", "PG1", NORTH[0]),
    ("Older jobseekers", "PG2", NORTH[1]),
    ("New ESA claimants", "PG6", SOUTH[0]),
    ("Formerly on incapacity benefit", "PG7", SOUTH[2]),
)
YEARLY, COUNT = Decimal("250000"), 2
#: On top of the prices: a third of what is then paid.
FEE_MONTHLY = Decimal("180000")
INTO, LIGHT_TEST = 4, 0.5
YEARS, YEAR_END = 3, (3, 31)


@transaction.atomic
def build() -> list[Account]:
    """Make the accounts, the worked example and its market, or find them again; give the ways to sign in."""
    accounts = tariff_demonstrations.build()
    editor = next(account for account in accounts if can(account.user, Ability.EDIT, account.organisation))
    if not queries.providers.has_made_up():
        _fill_register()
    mine = commissioning_queries.programmes.visible_to(editor.user)
    example = mine.filter(is_example=True, organisation=editor.organisation).earliest("created_at")
    if _is_untouched(example):
        _let(example, editor.user)
    consultation_demonstrations.put_to_providers(programme=example, accounts=accounts, by=editor.user)
    approver = next(each for each in accounts if can(each.user, Ability.APPROVE, editor.organisation))
    statement_demonstrations.publish(programme=example, by=editor.user, approver=approver.user)
    return accounts


def _is_untouched(programme: Programme) -> bool:
    """Tell whether the example has no market yet, and still the groups that ours would name."""
    known = set(programme.groups.values_list("key", flat=True))
    has_place = LocalMarket.objects.filter(programme=programme).exists()
    return not programme.market and not has_place and set(SERVED) <= known


def _fill_register() -> None:
    rng = np.random.default_rng(SEED)
    drawn = made_up(tuple(SERVED), (*NORTH, *SOUTH), PARAMETERS.made_up_year, rng)
    called = names([row.legal_form for row in drawn])
    rows = [_row(number, row, name, rng) for number, (row, name) in enumerate(zip(drawn, called, strict=True), 1)]
    Provider.objects.bulk_create(rows)
    FinancialYear.objects.bulk_create(year for row in rows if row.reserves is not None for year in _years(row, rng))


def _row(number: int, drawn: Row, name: str, rng: np.random.Generator) -> Provider:
    is_large = drawn.free_reserves is not None
    share = float(rng.uniform(0.0, 2 * PARAMETERS.made_up_government))
    return Provider(
        org_id=f"MADE-UP-{number:04}",
        register=Provider.Register.MADE_UP,
        register_key=f"{number:04}",
        name=name,
        legal_form=drawn.legal_form.value,
        status=Provider.Status.REGISTERED,
        registered_on=date(drawn.year_registered or PARAMETERS.made_up_year, 4, 1),
        year_end=date(PARAMETERS.made_up_year, *YEAR_END),
        income=_pounds(drawn.income),
        expenditure=_pounds(drawn.income),
        reserves=_pounds(drawn.free_reserves) if drawn.free_reserves is not None else None,
        government_income=_pounds(drawn.income * share) if is_large else None,
        served=sorted({*ALSO, *(code for group in drawn.groups for code in SERVED[group])}),
        areas=sorted(drawn.areas),
    )


def _years(row: Provider, rng: np.random.Generator) -> Iterator[FinancialYear]:
    """Give the newest year as it stands in the row, and years before it that differ by luck alone."""
    scale = 1.0
    for ago in range(YEARS):
        last = row.year_end.replace(year=row.year_end.year - ago)  # type: ignore[union-attr]
        income, reserves, government = (
            _pounds(float(value or 0) * scale) for value in (row.income, row.reserves, row.government_income)
        )
        yield FinancialYear(
            provider=row,
            year_end=last,
            income=income,
            expenditure=income,
            reserves=reserves,
            government_contracts=government,
            government_grants=Decimal(0),
        )
        scale *= float(np.exp(rng.normal(0.0, PARAMETERS.made_up_change)))


def _pounds(amount: float) -> Decimal:
    return Decimal(round(amount))


def _let(programme: Programme, by: User) -> None:
    """Say where the worked example looks for providers, in which lots it is let, and how else it could be."""
    local_markets.choose(programme=programme, areas=(*NORTH, *SOUTH), served=SERVED, by=by)
    for name, group, area in LOTS:
        lot = {"name": f"{name} (made up)", "annual_value": float(YEARLY), "groups": [group], "areas": [area]}
        designs.add_lot(programme=programme, values={**lot, "count": COUNT}, by=by)
    small = {design_terms.LOTS: INTO}
    light = {"market.selection.turnover_multiple": LIGHT_TEST, "tariff.service_fee_monthly": float(FEE_MONTHLY)}
    for name, changes in (
        ("Smaller contracts (made up)", small),
        ("Smaller contracts, a lighter test, a third as a fee (made up)", small | light),
    ):
        designs.add_design(programme=programme, name=name, changes=changes, by=by)
