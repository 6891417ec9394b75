"""Which evidence rests on least, and how that is said."""

import pytest

from commissioning.core.evidence_quality import in_words, strength, weakest
from commissioning.core.pathways import Evidence, Provenance, Quality


def evidence(*qualities: str | None) -> list[Evidence]:
    return [
        Evidence(f"g{place}", "job", 0.1, provenance=Provenance(quality=Quality(quality) if quality else None))
        for place, quality in enumerate(qualities)
    ]


def test_an_unknown_source_ranks_below_an_assumption_and_a_strong_one_highest() -> None:
    ranks = [strength(row) for row in evidence(None, "assumption", "weak", "moderate", "strong")]

    assert ranks == [0, 1, 2, 3, 4]


def test_the_weakest_are_all_that_share_the_lowest_quality() -> None:
    rows = evidence("strong", "weak", "moderate", "weak")

    assert weakest(rows) == (rows[1], rows[3])


@pytest.mark.parametrize("qualities", [[], ["strong"], ["strong", "strong"]])
def test_nothing_is_weakest_where_all_is_strong(qualities: list[str]) -> None:
    assert weakest(evidence(*qualities)) == ()


@pytest.mark.parametrize(
    ("qualities", "words"),
    [
        ([], "There is no evidence yet: every step is taken to happen by itself."),
        (["strong"], "The one figure names its source."),
        (["strong", "weak"], "All 2 figures name a source of known quality."),
        (["assumption"], "The one figure is assumed and has yet to be found in a source."),
        (["assumption", "weak"], "1 of 2 figures is assumed and has yet to be found in a source."),
        (["assumption", "assumption", "weak"], "2 of 3 figures are assumed and have yet to be found in a source."),
        (
            [None, "assumption", "weak"],
            "2 of 3 figures are assumed or of unknown quality and have yet to be found in a source.",
        ),
    ],
)
def test_how_well_the_evidence_is_founded_is_said_in_a_sentence(qualities: list[str], words: str) -> None:
    assert in_words(evidence(*qualities)) == words
