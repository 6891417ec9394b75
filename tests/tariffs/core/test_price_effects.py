"""What a price grid means for each group, exactly."""

from dataclasses import replace
from pathlib import Path

import pytest

from tariffs.core.price_effects import GroupEffect, effects, in_words
from tariffs.core.programmes import Programme, Provider
from tariffs.sources import programme_files

EXAMPLE = Path(programme_files.__file__).parents[1] / "examples" / "work-programme.json"


@pytest.fixture(scope="module")
def example() -> Programme:
    return programme_files.loads(EXAMPLE.read_bytes())


def with_price(programme: Programme, factor: float) -> Programme:
    prices = tuple(
        replace(line, price=line.price * factor) if line.price_band == "PG7" else line
        for line in programme.tariff.prices
    )
    return replace(programme, tariff=replace(programme.tariff, prices=prices))


def test_each_group_is_reported_in_file_order_by_its_name(example: Programme) -> None:
    assert [row.name for row in effects(example)] == [group.name for group in example.groups]


def test_a_higher_price_for_a_group_raises_what_it_earns_and_gets_and_leaves_the_others_alone(
    example: Programme,
) -> None:
    before, after = effects(example), effects(with_price(example, 2))

    assert after[3].income > before[3].income
    assert after[3].support > before[3].support
    assert after[3].parity > before[3].parity
    assert [row.income for row in after[:3]] == [row.income for row in before[:3]]


def test_several_providers_are_averaged_by_share(example: Programme) -> None:
    one = replace(example.providers[0], share=0.75)
    two = replace(one, id="two", share=0.25, income_share=0.5)

    first, second = (effects(replace(example, providers=(provider,)))[0] for provider in (one, two))
    both = effects(replace(example, providers=(one, two)))[0]

    assert both.support == pytest.approx(0.75 * first.support + 0.25 * second.support)


def test_providers_without_shares_count_alike(example: Programme) -> None:
    providers = (Provider("one"), Provider("two", mission_weight=0.5))

    first, second = (effects(replace(example, providers=(provider,)))[0] for provider in providers)
    both = effects(replace(example, providers=providers))[0]

    assert both.income == pytest.approx((first.income + second.income) / 2)


def row(name: str, parity: float | None, parked: float = 0.0, head_value: float = 1.0) -> GroupEffect:
    return GroupEffect(name, name, 1.0, 1.0, head_value, parked, parity, head_value < 0)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            (row("Near", 1.0), row("Far", 0.2, 0.4)),
            "For each pound of support needed, Far earns 20% of what Near earns. "
            "Most parked: Far, where about 4 in 10 would get next to nothing.",
        ),
        (
            (row("Near", 1.0), row("Far", 0.2)),
            "For each pound of support needed, Far earns 20% of what Near earns.",
        ),
        (
            (row("Near", 1.0), row("Far", 0.95)),
            "For the support they need, every group earns its providers about the same.",
        ),
        ((row("Near", 1.0, head_value=-3),), "A provider earns more by turning people away from: Near."),
        (
            (row("Near", None, 0.5),),
            "Most parked: Near, where about 5 in 10 would get next to nothing.",
        ),
    ],
)
def test_where_the_money_leads_is_said_in_words(rows: tuple[GroupEffect, ...], words: str) -> None:
    assert in_words(rows) == words


def test_the_bar_is_as_long_as_the_parity() -> None:
    assert [row("x", parity).parity_width for parity in (None, 0.25, 1.0)] == ["0.0", "25.0", "100.0"]


@pytest.mark.parametrize("missing", ["groups", "milestones", "providers"])
def test_a_draft_that_lacks_a_part_has_no_effects_yet(example, missing):
    draft = replace(example, **{missing: ()})

    assert effects(draft) == ()
    assert in_words(()).startswith("Add groups")


def test_who_is_parked_is_said_in_words_and_nothing_where_nobody_is() -> None:
    assert row("Far", 0.5, 0.4).parked_words == "about 4 in 10 would get next to nothing"
    assert row("Near", 0.5).parked_words == ""
