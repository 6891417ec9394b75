"""Reads the figures of the market view that a statement can take in, with small numbers suppressed."""

from commissioning.core.suppression import IN_WORDS, suppressed, told
from commissioning.models import Programme
from markets.core.editions import Figure

from . import local_markets, profiles, providers

LOCAL = "local-market"
ON_MADE_UP = "Worked out on made-up providers"
UNKNOWN = "Income not known"
SAID_MADE_UP = " The providers are made up."


def local_market(programme: Programme) -> Figure:
    """Lay out how many providers of which size work here, so that nobody can be recognised by a count."""
    picture = local_markets.picture(programme)
    counts = suppressed({row.words: [row.count] for row in picture.bands} | {UNKNOWN: [picture.unknown_income]})
    (whole,) = counts.whole.cells
    many = "Too few" if whole is None else told(whole)
    sentence = f"{many} organisations on the public registers work here and give help that fits. {IN_WORDS}"
    return Figure(
        key=LOCAL,
        title="Who works here, by size",
        sentence=sentence + (SAID_MADE_UP if picture.made_up else ""),
        columns=("Income a year", "Organisations"),
        rows=tuple((words, *map(told, row.cells)) for words, row in counts.parts.items()),
        source=ON_MADE_UP if picture.made_up else registers_in_words(),
    )


def registers_in_words() -> str:
    """Name the public registers that stand here, each in the words that its licence asks for."""
    found = profiles.sources(providers.editions())
    return " ".join(f"{source.statement} Shown {source.stands_at}." for source in found)
