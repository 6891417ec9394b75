"""The files of an import: kept where every worker reads them until the import has ended, then dropped."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File
from django.db import transaction

from markets.models import Import, ImportFile

_CHUNK = 1 << 20


def fingerprint(paths: Sequence[Path]) -> str:
    """Give the SHA-256 of files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while part := file.read(_CHUNK):
                digest.update(part)
    return digest.hexdigest()


@contextmanager
def kept(made: Import, contents: Sequence["File[bytes]"]) -> Iterator[list[ImportFile]]:
    """Store the files of an import, for rows to be saved with it; where they are not, no file stays behind."""
    rows: list[ImportFile] = []
    try:
        for place, (name, content) in enumerate(zip(made.file_names, contents, strict=True)):
            row = ImportFile(of=made, place=place)
            rows.append(row)
            row.file.save(f"{made.pk}-{place}.{name.rpartition('.')[2]}", content, save=False)
        yield rows
    except BaseException:
        for row in rows:
            if row.file:
                row.file.delete(save=False)
        raise


def paths(held: Import) -> list[tuple[Path, str]]:
    """Give where the files of an import are, each with the name that it came under."""
    return [(Path(row.file.path), held.file_names[row.place]) for row in held.files.all()]


def drop(held: Import) -> None:
    """Forget the files of an import, and delete them once that is certain."""
    stored = [row.file for row in held.files.all()]
    held.files.all().delete()
    for file in stored:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name or ""), robust=True)  # type: ignore[misc]
