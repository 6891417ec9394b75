"""How well a programme's figures are founded, and which rest on least."""

from collections.abc import Sequence

from .pathways import Evidence, Quality

#: From least to most to be relied on; a figure that says nothing of its source comes first.
ORDER: tuple[Quality | None, ...] = (None, Quality.ASSUMPTION, Quality.WEAK, Quality.MODERATE, Quality.STRONG)


def strength(evidence: Evidence) -> int:
    """Rank a piece of evidence by the quality of its source: 0 where it has none, 4 where it is strong."""
    return ORDER.index(evidence.provenance.quality)


def weakest(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Give the pieces of evidence that rest on least, in the order given; none where all are strong."""
    least = min(map(strength, evidence), default=len(ORDER) - 1)
    return () if least == len(ORDER) - 1 else tuple(row for row in evidence if strength(row) == least)


def in_words(evidence: Sequence[Evidence]) -> str:
    """Say in one sentence how well the evidence is founded."""
    if not evidence:
        return "There is no evidence yet: every step is taken to happen by itself."
    counts = [sum(strength(row) == rank for row in evidence) for rank in range(len(ORDER))]
    unsure = counts[0] + counts[1]
    total = len(evidence)
    if unsure == 0:
        return (
            f"All {total} figures name a source of known quality." if total > 1 else "The one figure names its source."
        )
    founded = f"{unsure} of {total} figures" if total > 1 else "The one figure"
    rest = " and has" if unsure == 1 or total == 1 else " and have"
    verb = "is" if unsure == 1 or total == 1 else "are"
    what = "assumed" if counts[0] == 0 else "assumed or of unknown quality"
    return f"{founded} {verb} {what}{rest} yet to be found in a source."
