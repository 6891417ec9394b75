"""What a provider may share of its bench: three bands, and of many providers' bands how often each came out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .outlooks import Outlook

#: How many providers have to share before anything is shown.
FEWEST = 5
LOSS_BANDS = {
    "rare": "Less than 1 in 20",
    "low": "1 in 20 to 1 in 5",
    "high": "1 in 5 to 1 in 2",
    "likely": "More than 1 in 2",
}
MARGIN_BANDS = {
    "loss": "A loss",
    "thin": "A gain of up to 5 in 100",
    "fair": "A gain of 5 to 10 in 100",
    "wide": "A gain of more than 10 in 100",
}
RESERVE_BANDS = {
    "little": "Less than a quarter",
    "some": "A quarter to a half",
    "most": "A half to all",
    "beyond": "More than all",
}


@dataclass(frozen=True, slots=True)
class Bands:
    """In which bands one provider's outlook falls; by key."""

    loss: str
    margin: str
    reserves: str


def bands_of(outlook: Outlook) -> Bands:
    """Put an outlook into bands. The reserves used are those that all but one draw in twenty stay within."""
    margin = outlook.margin.mean / outlook.income.mean if outlook.income.mean > 0 else -1.0
    used = outlook.trough.high / outlook.reserves if outlook.reserves > 0 else float("inf")
    used = 0.0 if outlook.trough.high <= 0 else used
    return Bands(
        loss=_band(outlook.loss, {"rare": 0.05, "low": 0.2, "high": 0.5}, "likely"),
        margin=_band(margin, {"loss": 0.0, "thin": 0.05, "fair": 0.1}, "wide"),
        reserves=_band(used, {"little": 0.25, "some": 0.5, "most": 1.0 + 1e-9}, "beyond"),
    )


def _band(value: float, ends: Mapping[str, float], last: str) -> str:
    return next((key for key, end in ends.items() if value < end), last)


@dataclass(frozen=True, slots=True)
class Line:
    """One band and how many providers fell into it."""

    words: str
    providers: int


@dataclass(frozen=True, slots=True)
class Read:
    """How often each band came out, of those who shared."""

    providers: int
    loss: tuple[Line, ...]
    margin: tuple[Line, ...]
    reserves: tuple[Line, ...]


def read(shared: Sequence[Bands]) -> Read | None:
    """Count bands; nothing while fewer shared than may be shown."""
    if len(shared) < FEWEST:
        return None
    return Read(
        len(shared),
        _counted([each.loss for each in shared], LOSS_BANDS),
        _counted([each.margin for each in shared], MARGIN_BANDS),
        _counted([each.reserves for each in shared], RESERVE_BANDS),
    )


def _counted(keys: Sequence[str], bands: Mapping[str, str]) -> tuple[Line, ...]:
    counts = Counter(keys)
    return tuple(Line(words, counts[key]) for key, words in bands.items())
