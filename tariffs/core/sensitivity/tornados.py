"""A whole analysis: the pieces that workers take one by one, and what they come to together."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from commissioning.core.pathways import Quality
from tariffs.core.programmes import Programme

from .figures import Case, Figure, Figures, exact
from .margins import Margin, Verdict, margin_of, responding
from .swings import Kind, Swing, swings, swung

#: Names the figures: raised whenever the same inputs give other figures.
ENGINE = "pbr-sensitivity-engine/1"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One input, and the figures with it at either end."""

    swing: Swing
    at_low: Figures
    at_high: Figures

    def ends(self, figure: Figure) -> tuple[float, float]:
        """Give a figure with the input at its low and at its high end."""
        return self.at_low.of(figure), self.at_high.of(figure)

    def moves(self, figure: Figure, base: Figures) -> float:
        """Give how far a figure is moved at most."""
        return max(abs(end - base.of(figure)) for end in self.ends(figure))


@dataclass(frozen=True, slots=True)
class Tornado:
    """What an analysis found: the figures as planned, a bar for each input, and how far evidence may be wrong."""

    base: Figures
    bars: tuple[Bar, ...]
    margins: tuple[Margin, ...]

    def ordered(self, figure: Figure) -> tuple[Bar, ...]:
        """Give the bars by how far they move one figure, the farthest first."""
        return tuple(sorted(self.bars, key=lambda bar: -bar.moves(figure, self.base)))


def base_of(programme: Programme) -> Figures:
    """Work the figures out as planned."""
    return exact(Case(programme))


def bar_of(programme: Programme, swing: Swing) -> Bar:
    """Work the figures out with one input at either end."""
    return Bar(swing, *(exact(swung(programme, swing, value)) for value in (swing.low, swing.high)))


@dataclass(frozen=True, slots=True)
class _Search:
    """A margin of safety to be found."""

    provider: int
    evidence: int
    kind: Kind


Piece = Swing | _Search | None


def pieces(programme: Programme) -> tuple[Piece, ...]:
    """Cut an analysis into what workers take: the figures as planned, each input, each margin of safety."""
    rows = responding(programme)
    searches = (
        _Search(provider, programme.evidence.index(row), kind)
        for provider in range(len(programme.providers))
        for row in rows
        for kind in (Kind.RESPONSIVENESS, Kind.BASELINE)
    )
    return (None, *swings(programme), *searches)


def work(programme: Programme, piece: Piece) -> bytes:
    """Work one piece out; the same piece gives the same bytes."""
    found: Figures | Bar | Margin
    if piece is None:
        found = base_of(programme)
    elif isinstance(piece, Swing):
        found = bar_of(programme, piece)
    else:
        row, provider = programme.evidence[piece.evidence], programme.providers[piece.provider]
        found = margin_of(programme, provider, row, piece.kind)
    return json.dumps(asdict(found)).encode()


def merge(payloads: Iterable[bytes]) -> Document:
    """Put the pieces, in their order, into one result."""
    base, *others = (json.loads(payload) for payload in payloads)
    bars = [found for found in others if "swing" in found]
    return {
        "format": "pbr-sensitivity/1",
        "engine": ENGINE,
        "base": base,
        "bars": bars,
        "margins": others[len(bars) :],
    }


def read(result: Document) -> Tornado:
    """Read a result back."""
    return Tornado(
        Figures(**result["base"]),
        tuple(Bar(_swing(row["swing"]), Figures(**row["at_low"]), Figures(**row["at_high"])) for row in result["bars"]),
        tuple(
            Margin(**{**row, "kind": Kind(row["kind"]), "verdict": Verdict(row["verdict"])})
            for row in result["margins"]
        ),
    )


def _swing(row: Document) -> Swing:
    quality = None if row["quality"] is None else Quality(row["quality"])
    return Swing(**{**row, "kind": Kind(row["kind"]), "quality": quality})
