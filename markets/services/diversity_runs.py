"""Comparisons of designs: what workers compute of them, and asking for one."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from commissioning.core.canonical import canonical_json
from commissioning.models import Programme, Run, User
from commissioning.services import runs, works
from markets.core import diversity
from markets.core.diversity import Comparison
from markets.core.registers import Register
from markets.queries.diversity_runs import DIVERSITY
from markets.sources import designs, register_rows
from markets.sources.designs import AS_DRAFTED
from tariffs import queries as tariff_queries
from tariffs.models import Tariff
from tariffs.sources import programme_documents, programme_drafts, programme_files

from .market_inputs import IncompleteError, gaps_of, register

#: Designs and tariffs of one comparison, so that pages and blocks stay small.
MOST_DESIGNS = 5
#: What a page shows narrowing while a comparison is drawn.
SO_FAR = ("small_providers_left", "unlet_lots")


class DiversityWork:
    """A comparison as workers take it: one block of futures of all its designs after another."""

    engine = diversity.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Return how many draws each block holds."""
        comparison = _comparison(canonical_json(inputs), 1)
        size = comparison.block_draws
        return [min(size, draws - size * index) for index in range(comparison.block_count(draws))]

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Draw one block."""
        return diversity.pack(_comparison(canonical_json(inputs), seed).block(draws, seed, index))

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Say who is left at the end of each design, so far."""
        comparison = _comparison(canonical_json(inputs), 1)
        ran = comparison.ran([diversity.unpack(payload) for payload in payloads])
        rows = [
            {"design": design.title, **{name: float(ran.figures[design.id][name][-1].mean()) for name in SO_FAR}}
            for design in ran.designs
        ]
        return {"designs": rows}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Report all blocks."""
        comparison = _comparison(canonical_json(inputs), seed)
        ran = comparison.ran([diversity.unpack(payload) for payload in payloads])
        result = diversity.document(ran, comparison.register, seed, draws, inputs["register"]["made_up"])
        return {**result, "sentences": diversity.headline(result)}


@lru_cache(maxsize=2)
def _comparison(text: str, seed: int) -> Comparison:
    """Make a comparison ready to be drawn, once for all its blocks; the seed draws what quality is not known."""
    inputs = json.loads(text)
    compared = designs.designs_of(programme_documents.read(inputs["programme"]))
    return Comparison(compared, Register.of(register_rows.from_rows(inputs["register"]["providers"]), seed))


def queue(*, programme: Programme, tariffs: Sequence[Tariff], is_made_up: bool, draws: int, seed: int, by: User) -> Run:
    """Ask for a comparison of the programme's designs, and of these tariffs beside the proposed one.

    Raises IncompleteError where the draft lacks what it needs.
    """
    whole = tariff_queries.programmes.to_core(programme)
    if gaps := gaps_of(programme):
        raise IncompleteError(gaps[0])
    document = programme_files.to_document(whole)
    rows = [*(document["market"].get("designs") or [AS_DRAFTED]), *map(_as_design, tariffs)]
    document["market"]["designs"] = rows
    if len(rows) > MOST_DESIGNS:
        raise IncompleteError(f"At most {MOST_DESIGNS} designs and tariffs can be compared at once")
    if faults := programme_drafts.faults(document):
        raise IncompleteError(f"A design does not fit the programme as it stands now. {faults[0].message}")
    inputs = {
        "programme": document,
        "programme_sha256": tariff_queries.programmes.fingerprint(whole),
        "register": register(programme, seed, is_made_up),
    }
    return runs.queue(kind=DIVERSITY, programme=programme, inputs=inputs, seed=seed, draws=draws, by=by)


def _as_design(tariff: Tariff) -> dict[str, Any]:
    """Make a design of a tariff that is not proposed, as it stands now."""
    whole = tariff_queries.programmes.to_core(tariff.programme, tariff)
    changes = {"tariff": programme_files.to_document(whole)["tariff"]}
    return {"id": f"tariff-{tariff.pk}", "name": str(tariff), "changes": changes}
