"""Small markets and registers of every shape, for the engine and its twin."""

from typing import Any

from hypothesis import strategies as st

from markets.core.incentive_facts import Facts
from markets.core.markets import Entry, Lot, Market, Response, Selection, SocialFinance, SupplyChain
from markets.core.registers import FORMS, Provider

Draw = Any
NAMES = ("a", "b", "c")
shares = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0])


@st.composite
def lots(draw: Draw, number: int) -> Lot:
    return Lot(
        id=str(number),
        annual_value=draw(st.sampled_from([0.0, 20_000.0, 150_000.0, 900_000.0])),
        months=draw(st.sampled_from([12, 20, 36])),
        groups=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2))),
        areas=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2))),
        count=draw(st.integers(1, 2)),
    )


@st.composite
def markets(draw: Draw) -> Market:
    return Market(
        lots=tuple(draw(lots(number)) for number in range(draw(st.integers(1, 3)))),
        selection=Selection(draw(st.sampled_from([0.0, 0.5, 2.0])), draw(st.sampled_from([0.0, 2.0, 5.0]))),
        supply_chain=SupplyChain(
            draw(st.sampled_from([0.0, 0.3, 0.6])), draw(st.sampled_from([0.1, 0.3])), *draw_two(draw)
        ),
        social_finance=SocialFinance(draw(shares), draw(st.sampled_from([12.0, 30.0]))),
        entry=Entry(draw(st.sampled_from([0.0, 1.5, 4.0])), draw(st.booleans())),
        response=Response(base=draw(st.sampled_from([-1.0, 1.0, 5.0])), resignation=draw(shares)),
        rounds=draw(st.integers(1, 5)),
        first_year=2020.0,
    )


def draw_two(draw: Draw) -> tuple[float, float]:
    return draw(shares), draw(shares)


@st.composite
def facts(draw: Draw) -> tuple[Facts, ...]:
    def one(form: str) -> Facts:
        return Facts(
            archetype=form,
            annual_payments=1e6,
            capital=draw(st.sampled_from([0.0, 0.1, 0.6])),
            loss=draw(st.sampled_from([0.0, 0.05, 0.4])),
            margin_mean=draw(st.sampled_from([-0.2, 0.0, 0.1])),
            margin_deviation=draw(st.sampled_from([0.0, 0.1, 0.4])),
            loss_probability=draw(shares),
            parked_share=draw(shares),
            people=0.001,
        )

    return tuple(one(form.value) for form in FORMS)


@st.composite
def providers(draw: Draw) -> list[Provider]:
    unknown = st.none()
    return [
        Provider(
            id=f"p{number}",
            legal_form=draw(st.sampled_from(FORMS)),
            income=draw(st.sampled_from([5_000.0, 60_000.0, 400_000.0, 3_000_000.0])),
            expenditure=draw(unknown | st.just(300_000.0)),
            free_reserves=draw(unknown | st.sampled_from([0.0, 3_000.0, 80_000.0, 1_000_000.0])),
            year_registered=draw(unknown | st.sampled_from([1990, 2019, 2022])),
            groups=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True))),
            areas=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True))),
            quality=draw(unknown | shares),
            appetite=draw(unknown | shares),
            outcomes_experience=draw(st.booleans()),
            market_income_share=draw(shares),
        )
        for number in range(draw(st.integers(1, 8)))
    ]
