"""Snapshots as texts: the programme file as it is hashed, its scenarios, and the permanent ids; and back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from commissioning.core.canonical import canonical_json, sha256
from tariffs.core.programmes import Programme, Tariff
from tariffs.core.snapshots import Identities, LineIds, Snapshot, TariffIds

from . import programme_documents, programme_files


@dataclass(frozen=True, slots=True)
class Texts:
    """A snapshot as it is kept; each text is the one way to write what it says."""

    document: str
    scenarios: str
    identities: str

    @property
    def sha256(self) -> str:
        """Name the programme with the tariff it proposes, as runs and files name it."""
        return sha256(self.document)

    def says_the_same(self, other: "Texts") -> bool:
        """Tell whether two say the same, whoever their parts are."""
        return (self.document, self.scenarios) == (other.document, other.scenarios)


def write(snapshot: Snapshot) -> Texts:
    """Write a snapshot down."""
    _, *others = snapshot.tariffs
    return Texts(
        document=document(snapshot.programme),
        scenarios=scenarios(snapshot.programme, {identity: snapshot.tariffs[identity] for identity in others}),
        identities=canonical_json(json.loads(json.dumps(asdict(snapshot.identities), default=str))),
    )


def document(programme: Programme) -> str:
    """Write the programme with the tariff it proposes."""
    return programme_files.canonical(programme).decode()


def scenarios(programme: Programme, tariffs: Mapping[UUID, Tariff]) -> str:
    """Write the tariffs beside the proposed one, each with its id."""
    wholes = ((identity, replace(programme, tariff=tariff)) for identity, tariff in tariffs.items())
    return canonical_json(
        [{"id": str(identity), "tariff": programme_files.to_document(whole)["tariff"]} for identity, whole in wholes]
    )


def read(texts: Texts) -> Snapshot:
    """Build a snapshot again. What it says was checked when it was written, by the rules of a draft."""
    document = json.loads(texts.document)
    others = (
        programme_documents.read({**document, "tariff": row["tariff"]}).tariff for row in json.loads(texts.scenarios)
    )
    return Snapshot(programme_documents.read(document), tuple(others), _identities(json.loads(texts.identities)))


def _identities(given: dict[str, Any]) -> Identities:
    return Identities(
        **{kind: _ids(given[kind]) for kind in ("groups", "milestones", "evidence", "providers")},
        tariffs=tuple(
            TariffIds(
                id=UUID(row["id"]),
                made_at=row["made_at"],
                lines=tuple(LineIds(UUID(line["id"]), line["price_at_import"]) for line in row["lines"]),
            )
            for row in given["tariffs"]
        ),
    )


def _ids(given: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, given))
