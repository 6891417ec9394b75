"""The designs of a programme file, each as a whole programme, and each with one changed term returned."""

from collections.abc import Iterator
from typing import Any

from markets.core.diversity.comparisons import Design, Returned
from tariffs.core.programmes import Programme
from tariffs.sources import programme_designs, programme_documents, programme_files
from tariffs.sources.programme_errors import FileError, ProgrammeFileError

Row = dict[str, Any]
#: The design of a programme that names none.
AS_DRAFTED: Row = {"id": "as-drafted", "name": "As drafted", "changes": {}}


def designs_of(programme: Programme) -> tuple[Design, ...]:
    """Give every design of a checked programme, the reference first.

    Raises ProgrammeFileError where there is no market, or a design has no lots.
    """
    document = programme_files.to_document(programme)
    if "market" not in document:
        raise ProgrammeFileError([FileError("/market", "nothing", "Allowed is a market section with lots.")])
    rows = document["market"].get("designs") or [AS_DRAFTED]
    return tuple(_design(document, row, rows[0]) for row in rows)


def _design(document: Row, row: Row, reference: Row) -> Design:
    changes = row.get("changes", {})
    programme = _programme(document, changes)
    if not (programme.market or {}).get("lots"):
        place = "/market/lots"
        raise ProgrammeFileError([FileError(place, f"no lot in design {row['id']}", "Allowed is one lot or more.")])
    return Design(
        id=row["id"],
        name=row.get("name", ""),
        programme=programme,
        changes=changes,
        returned=tuple(_returned(document, changes, reference.get("changes", {}))),
    )


def _programme(document: Row, changes: Row) -> Programme:
    return programme_documents.read(programme_designs.changed(document, changes))


def _returned(document: Row, changes: Row, reference: Row) -> Iterator[Returned]:
    """Return one term after another; a term that cannot change by itself is left out."""
    ours, theirs = programme_designs.changed(document, changes), programme_designs.changed(document, reference)
    for term in dict.fromkeys([*changes, *reference]):
        if (value := _value(ours, term)) == (other := _value(theirs, term)):
            continue
        back = {path: put for path, put in changes.items() if path != term}
        back |= {term: reference[term]} if term in reference else {}
        if _stands(document, back):
            yield Returned(term, value, other, _programme(document, back))


def _stands(document: Row, changes: Row) -> bool:
    """Tell whether a programme with these changes is still one, and has a lot to let."""
    row = {"id": "returned", "changes": changes}
    if programme_designs.faults({**document, "market": {**document["market"], "designs": [row]}}):
        return False
    return bool(programme_designs.changed(document, changes)["market"].get("lots"))


def _value(document: Any, term: str) -> Any:
    """Give what stands at a dotted path; nothing where there is nothing."""
    for key in term.split("."):
        if isinstance(document, dict):
            document = document.get(key)
        else:
            document = document[int(key)] if isinstance(document, list) else None
    return document
