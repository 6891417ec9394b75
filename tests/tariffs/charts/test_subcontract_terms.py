"""What would make a subcontractor stand, in words."""

import pytest

from commissioning.core.figures import MINUS, Simulated
from tariffs.charts.subcontract_terms import answer, failed, table
from tariffs.core.subcontract_terms import Cost, Held, Lever, Terms
from tariffs.core.supply_chains import Passing

COST = Cost(1_000.0, Simulated(900.0, -5_000.0, 7_000.0), Simulated(3_000.0, 0.0, 8_000.0))
NEVER_KEEP, NEVER_GRANT = Terms(Lever.KEEP, None, Passing()), Terms(Lever.GRANT, None, Passing())


def found(lever: Lever, share: float, *, is_enough: bool = False) -> Terms:
    passing = Passing(grant_share=share) if lever is Lever.GRANT else Passing(risk_pass_through=share)
    return Terms(lever, share, passing, is_enough, COST, Simulated(0.1, 0.08, 0.12))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (
            (found(Lever.KEEP, 1.0, is_enough=True), found(Lever.GRANT, 0.0, is_enough=True)),
            "stands its contract as it is.",
        ),
        (
            (found(Lever.KEEP, 0.35), found(Lever.GRANT, 0.6)),
            "It would if no more than 35% of the rest is paid by results, or if 60% is paid as a grant at the start.",
        ),
        ((NEVER_KEEP, found(Lever.GRANT, 0.6)), "as it is. It would if 60% is paid as a grant at the start."),
        ((found(Lever.KEEP, 0.35), NEVER_GRANT), "It would if no more than 35% of the rest is paid by results."),
        ((NEVER_KEEP, NEVER_GRANT, found(Lever.FRONTIER, 0.3)), "Both together are: see the table."),
        ((NEVER_KEEP, NEVER_GRANT), "for a parcel of this size."),
    ],
)
def test_the_answer_is_one_sentence_whatever_was_found(terms: tuple[Terms, ...], words: str):
    said = answer(terms, "Charity")

    assert said.startswith("A subcontractor like “Charity” ")
    assert said.endswith(words)


def test_tests_that_are_failed_are_named_with_their_limits():
    assert failed(Held(no_riskier=True, lasts=True, carries=True)) == ()
    assert failed(Held(no_riskier=False, lasts=False, carries=False)) == (
        "More of its money depends on results than of the prime's.",
        "It runs out of money in more than 5% of draws.",
        "In 1 draw of 20 the contract ties up more than 50% of its reserves.",
    )


def test_the_table_says_what_each_way_costs_the_prime():
    rows = table((found(Lever.KEEP, 0.35), NEVER_GRANT)).rows

    assert rows[0] == (
        "Keeps more of the risk",
        "0%",
        "35%",
        "10% (8% to 12%)",
        f"£1,000 ({MINUS}£5,000 to £7,000)",
        "£3,000 (£0 to £8,000)",
    )
    assert rows[1] == ("Grants more at the start", "no share is enough", "no share is enough", "", "", "")
